"""Who comes onto a periodic list for the insurer: noted when a grant comes, once for ever."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from models.contracts.dossiers import Facts
from models.contracts.lists import ListKind
from models.kernel.base import CaseCode, Message, ProcedureId
from models.kernel.hashes import keyed_hash
from models.kernel.paths import value_at
from models.law.places import ListPlace
from models.law.terms import ListingRule


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
