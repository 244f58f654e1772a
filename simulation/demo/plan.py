"""A whole demonstration: the births and the deaths of one run, well shuffled."""

import random  # noqa: TID251 - only a seeded random.Random is used
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from simulation.demo import birth_kinds, death_kinds
from simulation.demo.appointments import Appointments
from simulation.demo.birth_mix import plan_births
from simulation.demo.death_mix import plan_deaths
from simulation.demo.families import Family
from simulation.demo.households import Household
from simulation.demo.planned import Planned

_DEATHS_AMONG = 3
"""One declaration in so many is of a death, as in the country as a whole."""


class Groups(StrEnum):
    """Which groups of procedures a demonstration is about."""

    BIRTH = "birth"
    DEATH = "death"
    BOTH = "both"


@dataclass(frozen=True, kw_only=True)
class Size:
    """How many declarations of each group, and how many households they are about."""

    births: int
    deaths: int

    @classmethod
    def of(cls, cases: int, groups: Groups) -> "Size":
        """So many declarations in all."""
        share = {Groups.BIRTH: 0, Groups.DEATH: cases, Groups.BOTH: cases // _DEATHS_AMONG}
        return cls(births=cases - share[groups], deaths=share[groups])

    @property
    def families(self) -> int:
        """Families in which somebody is born."""
        return birth_kinds.families_needed(self.births)

    @property
    def households(self) -> int:
        """Households in which somebody may die."""
        return death_kinds.households_needed(self.deaths)


@dataclass(frozen=True, kw_only=True)
class Plan:
    """What is handed in, in this order, and the households in which nobody dies."""

    planned: Sequence[Planned]
    spared: Sequence[Household]


def plan(
    size: Size,
    families: Sequence[Family],
    households: Sequence[Household],
    *,
    seed: int,
    appointments: Appointments,
) -> Plan:
    """All declarations, the same for the same seed and people.

    Raises:
        ValueError: not as many families as are needed.
    """
    births = plan_births(families, count=size.births, seed=seed, appointments=appointments)
    deaths = plan_deaths(households, count=size.deaths, seed=seed, appointments=appointments)
    planned = [*births, *deaths.planned]
    random.Random(seed).shuffle(planned)  # noqa: S311 - invented, not secret
    return Plan(planned=planned, spared=deaths.spared)
