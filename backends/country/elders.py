"""The older households of the invented country: somebody who may die, and who is left behind."""

import random  # noqa: TID251 - only a seeded random.Random is used
from typing import Final

from backends.country.lives import Life, life
from backends.country.people import Person, commune_by, person_by, street_in
from backends.shared.places import Commune
from backends.shared.spelling import bank_spelling
from models.kernel.base import Message

MOST_ELDERS: Final = 75_000
"""How many older households there can be: their numbers stay below those of the couples."""
_SEATS = 4
_FIRST_NUMBER = 100_000
_FIRST_INSURANCE = 60_000_000
_BANKS = ("Vietcombank", "VietinBank", "BIDV", "Agribank")


class Account(Message):
    """A bank account, its holder's name spelled as banks do."""

    bank: str
    account_number: str
    account_name: str


class ElderHousehold(Message):
    """A household in which somebody may die: that person, the relatives, where they live."""

    index: int
    deceased: Person
    """Alive, until somebody declares otherwise."""
    spouse: Person | None
    children: tuple[Person, ...]
    """At least one; the eldest, who holds the account, arranges the funeral."""
    householder: Person
    province: str
    commune: str
    commune_name: str
    address: str
    household_code: str
    account: Account
    life: Life
    """What the funds' records say of the deceased, until a clerk alters them."""

    def people(self) -> tuple[Person, ...]:
        """Everyone in it, each once."""
        spouse = (self.spouse,) if self.spouse else ()
        return (self.deceased, *spouse, *self.children)


def elders(seed: int, count: int, *, start: int = 0) -> list[ElderHousehold]:
    """`count` households from index `start` on; fewer where the country ends."""
    return [elder(seed, index) for index in range(start, min(start + count, MOST_ELDERS))]


def elder(seed: int, index: int) -> ElderHousehold:
    """The household of an index: the same today, tomorrow and on another machine."""
    chance = random.Random(f"{seed}:elder:{index}")  # noqa: S311 - invented people, not secrets
    commune = commune_by(chance)
    generation, lived = life(chance)
    sex = chance.choice(("male", "female"))
    deceased = _member(chance, index, 0, sex, commune, born=generation)
    other = "female" if sex == "male" else "male"
    spouse = _member(chance, index, 1, other, commune, born=generation)
    children = tuple(
        _member(
            chance, index, seat, chance.choice(("male", "female")), commune, born=_after(deceased)
        )
        for seat in range(2, 2 + chance.choice((1, 2)))
    )
    known_spouse = spouse if chance.random() < 0.6 else None  # noqa: PLR2004 - a plausible share
    return ElderHousehold(
        index=index,
        deceased=deceased,
        spouse=known_spouse,
        children=children,
        householder=chance.choice((deceased, known_spouse or children[0])),
        province=commune.province,
        commune=commune.code,
        commune_name=commune.name,
        address=street_in(chance, commune),
        household_code=f"HKE{index:07}",
        account=_account(chance, index, children[0]),
        life=lived,
    )


def _member(  # noqa: PLR0913 - what makes a person
    chance: random.Random,
    index: int,
    seat: int,
    sex: str,
    commune: Commune,
    *,
    born: tuple[int, int],
) -> Person:
    member = index * _SEATS + seat
    return person_by(
        chance,
        sex,
        commune,
        born=born,
        series=_FIRST_NUMBER + member,
        insurance=_FIRST_INSURANCE + member,
    )


def _after(parent: Person) -> tuple[int, int]:
    """Between which years a child was born who is of age now."""
    first = parent.date_of_birth.year + 20
    return first, min(first + 15, 2007)


def _account(chance: random.Random, index: int, holder: Person) -> Account:
    return Account(
        bank=chance.choice(_BANKS),
        account_number=f"10{index:08}",
        account_name=bank_spelling(holder.full_name),
    )
