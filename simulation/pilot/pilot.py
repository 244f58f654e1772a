"""A whole run: the set is drawn, played twice in two countries alike, and scored by its labels."""

import asyncio
from collections.abc import Callable, Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass

from models.law.context import LegalContext
from simulation.pilot.arms import as_filed, followed
from simulation.pilot.asking import PreCheck
from simulation.pilot.country import Country
from simulation.pilot.households import fetch_households
from simulation.pilot.labels import Label, labels_of
from simulation.pilot.mix import Mix, Seed
from simulation.pilot.scores import Score
from simulation.pilot.scoring import score
from simulation.pilot.stage import stage
from simulation.pilot.stories import households_needed, stories_of
from simulation.pilot.worlds import Story

Say = Callable[[str], None]


@dataclass(frozen=True, kw_only=True)
class Draw:
    """One draw of the set, and what its pre-checks go by."""

    mix: Mix
    seed: Seed
    labels: Sequence[Label]
    context: LegalContext

    @classmethod
    def of(cls, mix: Mix, seed: str, *, files: int, context: LegalContext) -> "Draw":
        """So many files, by the seed of that name."""
        chosen = mix.seeds[seed]
        labels = labels_of(mix, files=files, seed=chosen.seed)
        return cls(mix=mix, seed=chosen, labels=labels, context=context)

    async def play(self, asis: Country, advised: Country) -> Score:
        """Let every family file as it would, and in the other country after the pre-check."""
        stories, _ = await asyncio.gather(self._stories(asis), self._stories(advised))
        filed, told = await asyncio.gather(
            as_filed(asis, stories), followed(PreCheck(advised, self.context), stories)
        )
        return score(self.mix, self.seed.seed, self.labels, stories, (filed, told))

    async def _stories(self, country: Country) -> list[Story]:
        """The set, once its households live in a country; every country is told of the same."""
        households = await fetch_households(
            country.switchboard,
            households_needed(self.labels),
            first=self.seed.first_household,
        )
        return stories_of(self.mix, self.labels, households, seed=self.seed.seed)


async def run_pilot(draw: Draw, *, say: Say) -> Score:
    """Play a draw on agencies of its own; a minute or two for the whole set.

    Raises:
        LocalRunError: PostgreSQL or the agencies do not come up.
        BackendUnavailableError: an agency did not answer, so there is nothing to score.
    """
    async with stage() as here, AsyncExitStack() as stack:
        asis, advised = await asyncio.gather(
            stack.enter_async_context(here.country("as_filed")),
            stack.enter_async_context(here.country("followed")),
        )
        say(f"– {len(draw.labels)} tờ khai giả lập, hai lượt…")
        return await draw.play(asis, advised)
