"""Mistakes people make, put into a sound declaration of a birth."""

from collections.abc import Mapping, Sequence
from copy import deepcopy
from datetime import date

from simulation.demo.raw import Raw

Mistakes = Mapping[str, object]
"""What stands in which field instead; the intake must name every one of these fields."""

RECIPES: Sequence[Mistakes] = (
    {"declarant.phone": "0123", "child.nickname": "Bé Na", "residence.consent": False},
    {
        "notice.number": "Số 12, quyển 3",
        "reception.commune": "00000",
        "child.born_at": "hôm kia",
    },
    {
        "mother.full_name": "12",
        "delivery": {"method": "post", "address": None, "commune": "00000"},
        "card.first_care_facility": "Trạm y tế",
    },
)
"""Three forms filled in badly."""
WRONG_FIELDS: Sequence[frozenset[str]] = (
    frozenset(RECIPES[0]),
    frozenset(RECIPES[1]),
    frozenset(
        {
            "mother.full_name",
            "delivery.address",
            "delivery.commune",
            "card.first_care_facility",
        }
    ),
)
"""What the intake must find in each."""


def with_mistakes(declaration: Raw, mistakes: Mistakes) -> Raw:
    """The declaration with other values in these fields."""
    spoilt = deepcopy(declaration)
    for path, value in mistakes.items():
        *steps, last = path.split(".")
        part = spoilt
        for step in steps:
            part = part[step]
        part[last] = value
    return spoilt


def with_other_birthday(declaration: Raw) -> Raw:
    """The mother's date of birth, one digit off."""
    other = day_off(declaration["mother"]["date_of_birth"])
    return with_mistakes(declaration, {"mother.date_of_birth": other})


def day_off(day: str) -> str:
    """Another day of the same month."""
    said = date.fromisoformat(day)
    return said.replace(day=2 if said.day == 1 else said.day - 1).isoformat()


def with_other_householder(declaration: Raw) -> Raw:
    """The householder's number, one digit off: nobody bears it."""
    number: str = declaration["residence"]["householder_personal_number"]
    wrong = f"{number[:6]}9{number[7:]}"
    return with_mistakes(declaration, {"residence.householder_personal_number": wrong})


def with_other_child(declaration: Raw) -> Raw:
    """The same notice, but the child is called and weighed otherwise."""
    child = declaration["child"]
    return with_mistakes(
        declaration,
        {
            "child.full_name": f"{child['full_name']} Khác",
            "child.weight_g": child["weight_g"] + 100,
        },
    )
