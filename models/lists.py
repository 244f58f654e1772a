"""Who comes onto a periodic list for the insurer: noted when a grant comes, once for ever."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, Protocol, Self

from models.base import CaseCode, Message, ProcedureId
from models.hashes import keyed_hash
from models.law_terms import ListingRule
from models.paths import value_at
from models.wire import Facts
from models.wire_lists import ListKind


class PlacesOfLists(Protocol):
    """What lists need to know of places, which change with the days."""

    def name_of(self, commune: str, day: date) -> str | None:
        """The commune's Vietnamese name."""
        ...

    def province_of(self, commune: str, day: date) -> str | None:
        """The 2-digit code of the province the commune belongs to."""
        ...

    def district_of(self, commune: str, day: date) -> str | None:
        """The 3-digit code of the commune's district; None: there is none, or it is not known."""
        ...

    def district_name(self, district: str, day: date) -> str | None:
        """The district's Vietnamese name."""
        ...


class ListPlace(Message):
    """Whose list a person comes onto: the district where there was one we know, else the commune.

    Taken from the administrative division of the reception day, and kept with the case.
    """

    code: str
    name: str
    commune: str
    district: str | None = None
    province: str | None = None

    @classmethod
    def on(cls, day: date, commune: str, places: PlacesOfLists) -> Self:
        """Where a commune's persons are listed on a day."""
        district = places.district_of(commune, day)
        name = places.district_name(district, day) if district else places.name_of(commune, day)
        code = district or commune
        return cls(
            code=code,
            name=name or code,
            commune=commune,
            district=district,
            province=places.province_of(commune, day),
        )


class ListEntry(Message):
    """One person who is to be listed. Personal: it travels encrypted and is kept sealed."""

    kind: ListKind
    place: ListPlace
    case_code: CaseCode
    procedure: ProcedureId
    person: str
    """What identifies the person for ever; kept only as a keyed hash."""
    occurred_on: date
    """The day of the grant."""
    facts: Facts
    """What the law names, nested as in the evidence of a dossier."""


class Grant(Message):
    """What was granted to whom, for the line it gives rise to."""

    case_code: CaseCode
    procedure: ProcedureId
    day: date
    told: Facts
    """The declaration, with `issued` as the law's paths name it."""


def entry_of(grant: Grant, rule: ListingRule, place: ListPlace) -> ListEntry:
    """The line of a grant.

    A person without a number is known by the case: one life event has one case for ever.
    """
    return ListEntry(
        kind=ListKind(rule.kind),
        place=place,
        case_code=grant.case_code,
        procedure=grant.procedure,
        person=str(value_at(rule.person, grant.told) or f"case {grant.case_code}"),
        occurred_on=grant.day,
        facts=_picked(rule.facts, grant.told),
    )


def person_hash(kind: ListKind, person: str, secret: bytes) -> str:
    """The same for one person and kind for ever; without the key it tells nothing."""
    return keyed_hash(f"list:{kind}", person, secret=secret)


def _picked(paths: Iterable[str], told: Mapping[str, Any]) -> Facts:  # Any: JSON
    """The parts at these paths, each where it stood; null where nothing stood."""
    picked: Facts = {}
    for path in paths:
        *steps, last = path.split(".")
        part: dict[str, Any] = picked  # Any: JSON
        for step in steps:
            part = part.setdefault(step, {})
        part[last] = value_at(path, told)
    return picked
