"""Older households of the invented country, asked from the reference agencies' switchboard."""

from collections.abc import Sequence
from datetime import date

from models.kernel.base import Message
from simulation.demo.families import fetch_pages


class Person(Message):
    """Somebody as every register knows them."""

    personal_number: str
    full_name: str
    sex: str
    date_of_birth: date
    insurance_number: str


class Account(Message):
    """A bank account, its holder's name spelled as banks do."""

    bank: str
    account_number: str
    account_name: str


class Life(Message):
    """What the funds' records say of a person."""

    compulsory_months: int = 0
    voluntary_months: int = 0
    pensioner: bool = False
    work_accident: bool = False
    lump_sum_on: date | None = None
    social_groups: tuple[str, ...] = ()
    social_pension: bool = False


class Household(Message):
    """A household in which somebody may die."""

    index: int
    deceased: Person
    spouse: Person | None
    children: tuple[Person, ...]
    """At least one; the eldest arranges the funeral, and holds the account."""
    province: str
    commune: str
    commune_name: str
    address: str
    account: Account
    life: Life

    @property
    def organiser(self) -> Person:
        """Who arranges the funeral, declares, and is to represent the others."""
        return self.children[0]

    @property
    def relatives(self) -> tuple[tuple[Person, str], ...]:
        """Who is left behind, and what each is to the deceased; the organiser first."""
        spouse = ((self.spouse, "spouse"),) if self.spouse else ()
        return (*((child, "child") for child in self.children), *spouse)


class _Elders(Message):
    elders: tuple[Household, ...]


async def fetch_households(switchboard: str, *, offset: int, count: int) -> Sequence[Household]:
    """`count` households from an index on, all known to every agency.

    Raises:
        BackendUnavailableError: no switchboard answers there.
        NoFamiliesError: the country ends before.
    """
    pages = await fetch_pages(switchboard, "elders", _Elders, offset=offset, count=count)
    return [household for page in pages for household in page.elders]
