"""What every story is told with: a household, what the funds know of its dead, and the day."""

import random  # noqa: TID251 - only a seeded random.Random is used
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from models.kernel.base import ProcedureId
from simulation.pilot.declarations import declare
from simulation.pilot.families import INSURANCE_FUNERAL, SOCIAL_FUNERAL, Family, Papers, Raw
from simulation.pilot.households import Household
from simulation.pilot.lives import Life
from simulation.pilot.records import InsurerEntry, Rival, SupportEntry, Written
from simulation.pilot.worlds import Story, World

_CHANNELS = {INSURANCE_FUNERAL: ("employer", "employer", "counter"), SOCIAL_FUNERAL: ("counter",)}
"""Where a rival's claim may come from; an employer knows of the insurer alone."""


@dataclass(frozen=True, kw_only=True)
class Scene:
    """One household on the day of its declaration; what is drawn is the same for the same seed."""

    chance: random.Random
    household: Household
    number: int
    agency_code: str
    received_at: datetime
    survivors_ask: float
    old_but_right: float

    @property
    def born(self) -> date:
        """When the deceased was born."""
        return self.household.deceased.date_of_birth

    def asks_for_survivors(self) -> bool:
        """Whether this family asks for the survivors' lump sum, too."""
        return self.chance.random() < self.survivors_ask

    def declared(self, *, survivors: bool = False) -> Raw:
        """The sound declaration."""
        return declare(
            self.chance,
            self.household,
            number=self.number,
            received_at=self.received_at,
            survivors=survivors,
        )

    def insurer(self, life: Life | None = None, **more: Any) -> Written:
        """The insurer's record of such a life; without one it has no record."""
        who = self.household.deceased
        known: dict[str, Any] = {
            "full_name": who.full_name,
            "date_of_birth": who.date_of_birth,
            "insurance_number": who.insurance_number,
            "as_of": self.as_of(),
            "missing": life is None,
        }
        return Written(who.personal_number, InsurerEntry(**known | (life or {}) | more))

    def support(self, life: Life | None = None, **more: Any) -> Written:
        """Social affairs' record of such a life; without one they have no record."""
        who = self.household.deceased
        known: dict[str, Any] = {
            "full_name": who.full_name,
            "date_of_birth": who.date_of_birth,
            "as_of": self.as_of(),
            "missing": life is None,
        }
        return Written(who.personal_number, SupportEntry(**known | (life or {}) | more))

    def as_of(self) -> datetime:
        """When a record was last brought up to date; some are old, and right all the same."""
        old = self.chance.random() < self.old_but_right
        return self.old() if old else self.received_at - timedelta(days=self.chance.randint(1, 25))

    def old(self) -> datetime:
        """An instant so long ago that a record of then calls itself old."""
        return self.received_at - timedelta(days=self.chance.randint(62, 150))

    def rival(self, kind: ProcedureId) -> tuple[Rival, ...]:
        """Somebody else's claim for the same funeral, received on the day of the declaration."""
        channel = self.chance.choice(_CHANNELS[kind])
        return (Rival(kind=kind, channel=channel, received_on=self.received_at.date()),)

    def story(
        self,
        guess: ProcedureId,
        *at_first: Written,
        declaration: Raw | None = None,
        papers: Papers | None = None,
        afterwards: tuple[Written, ...] = (),
        is_disputed: bool = False,
    ) -> Story:
        """A family that guesses so, in a world of such records."""
        family = Family(
            number=self.number,
            case_code=self._case_code(),
            declaration=declaration or self.declared(),
            guess=guess,
            papers=papers or Papers(),
        )
        world = World(at_first=at_first, afterwards=afterwards, is_disputed=is_disputed)
        return Story(family=family, world=world)

    def _case_code(self) -> str:
        return f"{self.agency_code}.05.13-{self.received_at:%y%m%d}-{self.number + 1:05}"
