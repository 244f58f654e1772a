"""The births of a demonstration: a plausible mix, the same for the same seed."""

import random  # noqa: TID251 - only a seeded random.Random is used
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime

from models.declarations.case_ids import case_id_of_notice
from models.kernel.base import CaseId
from simulation.demo import invalid_births as spoiling
from simulation.demo.appointments import Appointments
from simulation.demo.birth_kinds import (
    ALL_PROCEDURES,
    ECHOES,
    PAIR,
    PROCEDURES,
    BirthKind,
    families_needed,
    how_many,
    own_kinds,
)
from simulation.demo.births import Birth, declare
from simulation.demo.families import Family
from simulation.demo.planned import BIRTH, Planned
from simulation.demo.raw import Raw

_ELSEWHERE = 0.08
"""Share of declarations taken in by another commune than the competent one."""


def plan_births(
    families: Sequence[Family], *, count: int, seed: int, appointments: Appointments
) -> list[Planned]:
    """`count` declarations about `families_needed(count)` families, the same for the same seed.

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
    return [*own, *_echoes(own, count)]


def _birth(
    chance: random.Random, kind: BirthKind, family: Family, families: Sequence[Family]
) -> Birth:
    is_elsewhere = chance.random() < _ELSEWHERE
    return Birth(
        family=family,
        procedures=PROCEDURES.get(kind, ALL_PROCEDURES),
        elsewhere=chance.choice(families).commune if is_elsewhere else None,
        births=PAIR if kind is BirthKind.TWINS else 1,
    )


def _appointed(birth: Birth, kind: BirthKind, appointments: Appointments) -> Birth:
    return replace(birth, received_at=appointments.received_at(kind, birth))


def _of_family(
    kind: BirthKind, birth: Birth, turn: int, *, seed: int, now: datetime
) -> Iterator[Planned]:
    for order in range(1, birth.births + 1):
        child = replace(birth, order=order)
        yield _planned(kind, declare(child, seed=seed, now=now), turn)


def _planned(kind: BirthKind, declaration: Raw, turn: int) -> Planned:
    case_id = _case_id(declaration)
    match kind:
        case BirthKind.INVALID:
            recipe = turn % len(spoiling.RECIPES)
            return Planned(
                group=BIRTH,
                kind=kind,
                case_id=case_id,
                declaration=spoiling.with_mistakes(declaration, spoiling.RECIPES[recipe]),
                wrong_fields=spoiling.WRONG_FIELDS[recipe],
            )
        case BirthKind.MISMATCH:
            declaration = spoiling.with_other_birthday(declaration)
        case BirthKind.WRONG_HOUSEHOLDER:
            declaration = spoiling.with_other_householder(declaration)
    return Planned(group=BIRTH, kind=kind, case_id=case_id, declaration=declaration)


def _echoes(own: Sequence[Planned], count: int) -> Iterator[Planned]:
    """Each repeats the first sound declaration; a contradiction comes under an id of its own."""
    numbers = how_many(count)
    if not any(numbers[kind] for kind in ECHOES):
        return
    original = next(planned for planned in own if planned.kind is BirthKind.ALL_THREE)
    for _ in range(numbers[BirthKind.REPEATED]):
        yield Planned(
            group=BIRTH,
            kind=BirthKind.REPEATED,
            case_id=original.case_id,
            declaration=original.declaration,
            after=original.case_id,
        )
    for _ in range(numbers[BirthKind.CONTRADICTED]):
        yield Planned(
            group=BIRTH,
            kind=BirthKind.CONTRADICTED,
            case_id=CaseId(original.case_id.replace("/", "/x-", 1)),
            declaration=spoiling.with_other_child(original.declaration),
            after=original.case_id,
        )


def _case_id(declaration: Raw) -> CaseId:
    return case_id_of_notice(BIRTH, (declaration["notice"]["number"],))
