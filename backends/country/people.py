"""The invented country: families that are always the same for the same seed and index."""

import random  # noqa: TID251 - only a seeded random.Random is used
from datetime import date, timedelta
from typing import Final

from backends.country.names import full_name
from backends.population.numbers import FIRST_INVENTED, number_of, prefix_of
from backends.shared.places import Commune, communes
from models.kernel.base import Message

SEED: Final = 301
MOST: Final = 200_000
"""How many families there can be: their numbers stay below a million under any prefix."""
_PROVINCES = ("01", "01", "79", "79", "08", "37", "31", "38", "40", "48", "92", "96", "66", "20")
_STREETS = ("Trần Phú", "Lê Lợi", "Hùng Vương", "Nguyễn Trãi", "Quang Trung", "Lý Thái Tổ")


class Person(Message):
    """An adult as every register knows them."""

    personal_number: str
    full_name: str
    sex: str
    date_of_birth: date
    insurance_number: str


class Family(Message):
    """A household that may have a child: whom the parents are, where they live, who heads it."""

    index: int
    mother: Person
    father: Person | None
    householder: Person
    province: str
    commune: str
    commune_name: str
    address: str
    household_code: str

    def people(self) -> tuple[Person, ...]:
        """Everyone in it, each once."""
        everyone = [self.mother, self.father, self.householder]
        known = {person.personal_number: person for person in everyone if person}
        return tuple(known.values())


def couples(seed: int, count: int, *, start: int = 0) -> list[Family]:
    """`count` families from index `start` on; fewer where the country ends."""
    return [family(seed, index) for index in range(start, min(start + count, MOST))]


def family(seed: int, index: int) -> Family:
    """The family of an index: the same today, tomorrow and on another machine."""
    chance = random.Random(f"{seed}:{index}")  # noqa: S311 - invented people, not secrets
    commune = commune_by(chance)
    mother = _person(chance, index * 3, "female", commune, born=(1984, 2006))
    father = _person(chance, index * 3 + 1, "male", commune, born=(1980, 2004))
    known_father = father if chance.random() < 0.93 else None  # noqa: PLR2004 - a plausible share
    elder = _person(
        chance, index * 3 + 2, chance.choice(("male", "female")), commune, born=(1945, 1968)
    )
    return Family(
        index=index,
        mother=mother,
        father=known_father,
        householder=chance.choice((elder, known_father or mother)),
        province=commune.province,
        commune=commune.code,
        commune_name=commune.name,
        address=street_in(chance, commune),
        household_code=f"HK{index:08}",
    )


def commune_by(chance: random.Random) -> Commune:
    """A commune, in the provinces that declare most."""
    return chance.choice(_communes_of(chance.choice(_PROVINCES)))


def street_in(chance: random.Random, commune: Commune) -> str:
    """An address."""
    return f"Số {chance.randint(1, 399)} đường {chance.choice(_STREETS)}, {commune.name}"


def person_by(  # noqa: PLR0913 - what makes a person
    chance: random.Random,
    sex: str,
    commune: Commune,
    *,
    born: tuple[int, int],
    series: int,
    insurance: int,
) -> Person:
    """Somebody born in these years, under the numbers given."""
    years, first = born[1] - born[0], date(born[0], 1, 1)
    birthday = first + timedelta(days=chance.randrange(years * 365))
    prefix = prefix_of(commune.province, sex, birthday)
    return Person(
        personal_number=number_of(prefix, series),
        full_name=full_name(chance, sex),
        sex=sex,
        date_of_birth=birthday,
        insurance_number=f"{commune.province}{insurance}",
    )


def _person(
    chance: random.Random, member: int, sex: str, commune: Commune, *, born: tuple[int, int]
) -> Person:
    return person_by(
        chance,
        sex,
        commune,
        born=born,
        series=FIRST_INVENTED + member,
        insurance=50_000_000 + member,
    )


_by_province: dict[str, list[Commune]] = {}


def _communes_of(province: str) -> list[Commune]:
    if not _by_province:
        for commune in communes().values():
            _by_province.setdefault(commune.province, []).append(commune)
    return _by_province[province]
