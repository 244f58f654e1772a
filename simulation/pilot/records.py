"""What the funds' clerks enter: `PUT /v1/desk/records/{personal_number}` of either fund."""

from datetime import date
from typing import NamedTuple

from models.kernel.base import AgencyId, Instant, Message

INSURANCE, SOCIAL_AFFAIRS = AgencyId("insurance"), AgencyId("social_affairs")


class Rival(Message):
    """A claim of somebody else for the same funeral."""

    kind: str
    channel: str
    received_on: date
    paid: bool = False


class InsurerEntry(Message):
    """The insurer's whole record of a person from now on."""

    full_name: str
    date_of_birth: date
    insurance_number: str
    compulsory_months: int = 0
    voluntary_months: int = 0
    pensioner: bool = False
    work_accident: bool = False
    lump_sum_on: date | None = None
    missing: bool = False
    as_of: Instant
    claims: tuple[Rival, ...] = ()


class SupportEntry(Message):
    """Social affairs' whole record of a person from now on."""

    full_name: str
    date_of_birth: date
    social_groups: tuple[str, ...] = ()
    social_pension: bool = False
    missing: bool = False
    as_of: Instant
    claims: tuple[Rival, ...] = ()


Entry = InsurerEntry | SupportEntry


class Written(NamedTuple):
    """An entry, and about whom."""

    person: str
    entry: Entry

    @property
    def fund(self) -> AgencyId:
        """At whose desk it is written."""
        return INSURANCE if isinstance(self.entry, InsurerEntry) else SOCIAL_AFFAIRS
