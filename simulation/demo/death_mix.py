"""The deaths of a demonstration: each kind in the households whose lives come to it."""

import random  # noqa: TID251 - only a seeded random.Random is used
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from models.declarations.case_ids import case_id_of_notice
from models.kernel.base import CaseId
from simulation.demo import invalid_deaths as death_spoiling
from simulation.demo.appointments import Appointments
from simulation.demo.claims import employers_claim
from simulation.demo.death_kinds import PROCEDURES, THREE, DeathKind, how_many
from simulation.demo.deaths import Death, declare_death
from simulation.demo.households import Household
from simulation.demo.lives import fits, kind_of_life
from simulation.demo.planned import DEATH, Planned
from simulation.demo.raw import Raw

_ELSEWHERE = 0.08
"""Share of declarations taken in by another commune than the competent one."""


@dataclass(frozen=True, kw_only=True)
class Deaths:
    """What is declared, and the households in which nobody dies in this demonstration."""

    planned: list[Planned]
    spared: list[Household]


def plan_deaths(
    households: Sequence[Household], *, count: int, seed: int, appointments: Appointments
) -> Deaths:
    """`count` declarations about some of the households, the same for the same seed.

    A kind for which no household is left gives way to whatever the next one's life comes to.
    """
    chance = random.Random(seed)  # noqa: S311 - invented, not secret
    left = {home.index: home for home in households}
    planner = _Planner(seed=seed, appointments=appointments)
    own = [
        planner.planned(turn, kind, home, _elsewhere(chance, households))
        for turn, (kind, home) in enumerate(_chosen(left, count))
    ]
    spared = list(left.values())
    return Deaths(planned=[*own, *_rivals(own, spared, how_many(count))], spared=spared)


def _chosen(left: dict[int, Household], count: int) -> Iterator[tuple[DeathKind, Household]]:
    """Kinds with their households, which are taken out of `left`: the rarest find theirs first."""
    numbers = how_many(count)
    due = count - numbers.pop(DeathKind.RIVAL)
    for kind, number in numbers.items():
        found = [home for home in left.values() if fits(kind, home)][:number]
        due -= len(found)
        yield from ((kind, left.pop(home.index)) for home in found)
    for home in list(left.values())[:due]:
        yield kind_of_life(home.life), left.pop(home.index)


def _elsewhere(chance: random.Random, households: Sequence[Household]) -> str | None:
    """A commune that takes the declaration in without being competent; mostly none."""
    return chance.choice(households).commune if chance.random() < _ELSEWHERE else None


@dataclass(frozen=True, kw_only=True)
class _Planner:
    """Declares the deaths of one seed, told from one moment."""

    seed: int
    appointments: Appointments

    def planned(
        self, turn: int, kind: DeathKind, home: Household, elsewhere: str | None
    ) -> Planned:
        declaration = self._declaration(kind, home, elsewhere)
        case_id = _case_id(declaration, self.seed, home)
        wrong: frozenset[str] = frozenset()
        match kind:
            case DeathKind.ILL_FILLED:
                declaration, wrong = death_spoiling.ill_filled(declaration, turn)
            case DeathKind.MISDATED:
                declaration = death_spoiling.with_other_birthday(declaration)
            case DeathKind.RETURNED:
                declaration = death_spoiling.with_other_account(declaration)
        is_claimed = kind is DeathKind.CLAIMED
        return Planned(
            group=DEATH,
            kind=kind,
            case_id=case_id,
            declaration=declaration,
            wrong_fields=wrong,
            claim=employers_claim(home, self.appointments.now) if is_claimed else None,
        )

    def _declaration(self, kind: DeathKind, home: Household, elsewhere: str | None) -> Raw:
        is_disputed = kind is DeathKind.DISPUTED
        death = Death(
            household=home,
            procedures=PROCEDURES.get(kind, THREE),
            elsewhere=elsewhere,
            at_home=kind is DeathKind.AT_HOME,
            in_cash=kind is DeathKind.CASH,
            received_at=self.appointments.before_confirmation(home) if is_disputed else None,
        )
        return declare_death(death, seed=self.seed, now=self.appointments.now)


def _rivals(
    own: Sequence[Planned], spared: Sequence[Household], numbers: dict[DeathKind, int]
) -> Iterator[Planned]:
    """An employer declares the first sound death again, with another paper."""
    if not numbers[DeathKind.RIVAL]:
        return
    original = next(each for each in own if each.kind in (DeathKind.FOUR, DeathKind.TWO))
    yield Planned(
        group=DEATH,
        kind=DeathKind.RIVAL,
        case_id=CaseId(original.case_id.replace("/", "/x-", 1)),
        declaration=death_spoiling.as_employer(original.declaration, spared[-1].organiser),
        after=original.case_id,
    )


def _case_id(declaration: Raw, seed: int, home: Household) -> CaseId:
    """By the notice; without one any unique id will do."""
    notice = declaration["notice"]
    if notice is None:
        return CaseId(f"death/x-demo-{seed}-{home.index}")
    parts = (notice["facility"], f"{notice['year']}", notice["book"], notice["number"])
    return case_id_of_notice(DEATH, parts)
