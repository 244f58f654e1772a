"""Mistakes families make, and what others declare, put into a sound declaration of a death."""

from collections.abc import Sequence

from simulation.demo.households import Person
from simulation.demo.invalid_births import Mistakes, day_off, with_mistakes
from simulation.demo.raw import Raw

RECIPES: Sequence[Mistakes] = (
    {
        "deceased.died_at": "tối qua",
        "declarant.phone": "0123",
        "funeral.payment.account_number": None,
    },
    {
        "notice.facility": "Trạm y tế",
        "deceased.last_residence_commune": "00000",
        "deceased.nickname": "Ba",
    },
)
"""Two forms filled in badly; the intake must name every one of these fields."""


def ill_filled(declaration: Raw, turn: int) -> tuple[Raw, frozenset[str]]:
    """The declaration with one of the recipes, and the fields that are wrong then."""
    mistakes = RECIPES[turn % len(RECIPES)]
    return with_mistakes(declaration, mistakes), frozenset(mistakes)


def with_other_birthday(declaration: Raw) -> Raw:
    """The date of birth of the deceased, one day off."""
    other = day_off(declaration["deceased"]["date_of_birth"])
    return with_mistakes(declaration, {"deceased.date_of_birth": other})


def with_other_account(declaration: Raw) -> Raw:
    """The number of the account, one digit off: no bank knows it."""
    number: str = declaration["funeral"]["payment"]["account_number"]
    return with_mistakes(declaration, {"funeral.payment.account_number": f"9{number[1:]}"})


def as_employer(declaration: Raw, clerk: Person) -> Raw:
    """The same death, declared by an employer's clerk who holds no hospital's paper."""
    evidence = {
        "kind": "witness",
        "description": "Văn bản xác nhận của cơ quan nơi người chết làm việc",
        "issued_on": declaration["notice"]["issued_on"],
    }
    said = {"personal_number": clerk.personal_number, "full_name": clerk.full_name}
    changes = {"notice": None, "substitute_evidence": evidence, "representative": None}
    declarant = declaration["declarant"] | said | {"relation": "representative"}
    return declaration | changes | {"declarant": declarant}
