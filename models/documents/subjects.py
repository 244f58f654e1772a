"""Whose case a form is about, and who writes it: read once from opening and declaration."""

from collections.abc import Mapping
from datetime import date
from typing import Any, Self

from pydantic import ValidationError

from models.intake.intake import Opening, PlannedDossier
from models.kernel.base import AgencyId, CaseCode, GroupId, Instant, Message

Stated = Mapping[str, Any]
"""A declaration as the intake recorded it; Any: JSON values."""

ADDRESSES = ("declarant.address", "delivery.address", "residence.address")
"""Where a declaration may name the declarant's address, the likeliest first."""
ENCLOSED = ("notice", "substitute_evidence", "residence.consent")
"""What counts as a paper of the file where it is given; its title is dated data."""


class Applicant(Message):
    """Who handed the file in. Personal data: it stands in the sealed document alone."""

    full_name: str
    address: str | None = None
    phone: str | None = None
    email: str | None = None


class Enclosure(Message):
    """One paper of the file."""

    field: str
    """Where the declaration states it; the forms' texts give it a title."""
    number: str | None = None
    issued_on: date | None = None


class Subject(Message):
    """The case as every form names it."""

    case_code: CaseCode
    group: GroupId
    group_title: str
    commune: str
    commune_name: str
    received_at: Instant
    promised_at: Instant
    backdated: bool = False
    channel: str = "portal"
    """Where the file came in."""
    applicant: Applicant | None = None

    @classmethod
    def of(cls, opening: Opening, declaration: Stated) -> Self:
        """The case of an opening, and whoever declared it."""
        return cls(
            case_code=opening.case_code,
            group=GroupId(str(opening.law.get("group", ""))),
            group_title=opening.group_title,
            commune=opening.commune,
            commune_name=opening.commune_name,
            received_at=opening.received_at,
            promised_at=opening.promised_at,
            backdated=opening.backdated,
            channel=str(_at(declaration, "reception.channel") or "portal"),
            applicant=applicant_of(declaration),
        )


class Issuer(Message):
    """The agency in whose name a form is written, and which unit of it."""

    agency: AgencyId
    name: str
    unit: str
    """A commune's 5-digit code."""

    @classmethod
    def of(cls, plan: PlannedDossier) -> Self:
        """The agency that takes a dossier."""
        return cls(agency=plan.agency, name=plan.agency_name, unit=plan.unit)


def applicant_of(declaration: Stated) -> Applicant | None:
    """The declarant as stated; None where no name is given."""
    name = _at(declaration, "declarant.full_name")
    if not name:
        return None
    address = next((found for path in ADDRESSES if (found := _at(declaration, path))), None)
    return Applicant(
        full_name=str(name),
        address=address and str(address),
        phone=_at(declaration, "declarant.phone"),
        email=_at(declaration, "declarant.email"),
    )


def enclosures_of(declaration: Stated) -> tuple[Enclosure, ...]:
    """The papers of the file, in a fixed order."""
    return tuple(
        _enclosure(field, found) for field in ENCLOSED if (found := _at(declaration, field))
    )


def _enclosure(field: str, found: object) -> Enclosure:
    stated = found if isinstance(found, Mapping) else {}
    try:
        return Enclosure(
            field=field, number=stated.get("number"), issued_on=stated.get("issued_on")
        )
    except ValidationError:
        return Enclosure(field=field)


def _at(declaration: Stated, path: str) -> Any:  # Any: JSON values
    found: Any = declaration
    for step in path.split("."):
        found = found.get(step) if isinstance(found, Mapping) else None
    return found
