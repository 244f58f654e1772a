"""A whole demonstration's declarations: a plausible mix, the same for the same seed."""

import random  # noqa: TID251 - only a seeded random.Random is used
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from models.base import CaseId
from models.case_ids import case_id_of_notice
from workers.demo import spoiling
from workers.demo.appointments import BIRTH, Appointments
from workers.demo.births import Birth, Raw, declare
from workers.demo.families import Family
from workers.demo.kinds import (
    ALL_PROCEDURES,
    PAIR,
    PROCEDURES,
    Kind,
    families_needed,
    how_many,
    own_kinds,
)

_ELSEWHERE = 0.08
"""Share of declarations taken in by another commune than the competent one."""


@dataclass(frozen=True, kw_only=True)
class PlannedBirth:
    """One declaration to hand in, and what is meant by it."""

    kind: Kind
    case_id: CaseId
    declaration: Raw
    wrong_fields: frozenset[str] = frozenset()
    """What the intake must find wrong with it."""
    after: CaseId | None = None
    """The case that must be open before this one is handed in."""


def plan_births(
    families: Sequence[Family], *, count: int, seed: int, appointments: Appointments
) -> list[PlannedBirth]:
    """`count` declarations about `families_needed(count)` families, well shuffled.

    Raises:
        ValueError: not as many families as are needed.
    """
    if len(families) != families_needed(count):
        raise ValueError("one family for each birth, twins share one")
    chance = random.Random(seed)  # noqa: S311 - invented, not secret
    own = [
        planned
        for turn, (kind, family) in enumerate(zip(own_kinds(count), families, strict=True))
        for planned in _of_family(
            kind,
            _appointed(_birth(chance, kind, family, families), kind, appointments),
            turn,
            seed=seed,
            now=appointments.now,
        )
    ]
    planned = [*own, *_echoes(own, count)]
    chance.shuffle(planned)
    return planned


def _birth(chance: random.Random, kind: Kind, family: Family, families: Sequence[Family]) -> Birth:
    is_elsewhere = chance.random() < _ELSEWHERE
    return Birth(
        family=family,
        procedures=PROCEDURES.get(kind, ALL_PROCEDURES),
        elsewhere=chance.choice(families).commune if is_elsewhere else None,
        births=PAIR if kind is Kind.TWINS else 1,
    )


def _appointed(birth: Birth, kind: Kind, appointments: Appointments) -> Birth:
    return replace(birth, received_at=appointments.received_at(kind, birth))


def _of_family(
    kind: Kind, birth: Birth, turn: int, *, seed: int, now: datetime
) -> Iterator[PlannedBirth]:
    for order in range(1, birth.births + 1):
        child = replace(birth, order=order)
        yield _planned(kind, declare(child, seed=seed, now=now), turn)


def _planned(kind: Kind, declaration: Raw, turn: int) -> PlannedBirth:
    case_id = _case_id(declaration)
    match kind:
        case Kind.INVALID:
            recipe = turn % len(spoiling.RECIPES)
            return PlannedBirth(
                kind=kind,
                case_id=case_id,
                declaration=spoiling.with_mistakes(declaration, spoiling.RECIPES[recipe]),
                wrong_fields=spoiling.WRONG_FIELDS[recipe],
            )
        case Kind.MISMATCH:
            declaration = spoiling.with_other_birthday(declaration)
        case Kind.WRONG_HOUSEHOLDER:
            declaration = spoiling.with_other_householder(declaration)
    return PlannedBirth(kind=kind, case_id=case_id, declaration=declaration)


def _echoes(own: Sequence[PlannedBirth], count: int) -> Iterator[PlannedBirth]:
    """Each repeats the first sound declaration; a contradiction comes under an id of its own."""
    original = next(planned for planned in own if planned.kind is Kind.ALL_THREE)
    numbers = how_many(count)
    for _ in range(numbers[Kind.REPEATED]):
        yield PlannedBirth(
            kind=Kind.REPEATED,
            case_id=original.case_id,
            declaration=original.declaration,
            after=original.case_id,
        )
    for _ in range(numbers[Kind.CONTRADICTED]):
        yield PlannedBirth(
            kind=Kind.CONTRADICTED,
            case_id=CaseId(original.case_id.replace("/", "/x-", 1)),
            declaration=spoiling.with_other_child(original.declaration),
            after=original.case_id,
        )


def _case_id(declaration: Raw) -> CaseId:
    return case_id_of_notice(BIRTH, (declaration["notice"]["number"],))
