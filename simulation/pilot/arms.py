"""The two arms, each in a country of its own: filed as they are, and after the pre-check."""

from collections.abc import Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass

from models.entitlements.advice import Advice
from models.kernel.base import ProcedureId
from simulation.demo.switch import officers_decide
from simulation.pilot.asking import PreCheck
from simulation.pilot.country import Country
from simulation.pilot.crowds import each
from simulation.pilot.families import SURVIVOR_LUMP_SUM, Family
from simulation.pilot.filing import Filed, file
from simulation.pilot.following import follow
from simulation.pilot.records import INSURANCE, SOCIAL_AFFAIRS
from simulation.pilot.worlds import Story


@dataclass(frozen=True, kw_only=True)
class Followed:
    """What a family was told, and what became of what it filed after that."""

    advice: Advice
    filed: Filed


async def as_filed(country: Country, stories: Sequence[Story]) -> list[Filed]:
    """Every family files where it guesses, whatever the records say."""

    async def one(story: Story) -> Filed:
        family = story.family
        return await file(country, family, story.world, _guessed(family))

    async with AsyncExitStack() as desks:
        await _open(country, stories, desks)
        return await each(stories, one)


async def followed(precheck: PreCheck, stories: Sequence[Story]) -> list[Followed]:
    """Every family asks first, mends what it can, and files only what nothing stands against."""
    country = precheck.country

    async def one(story: Story) -> Followed:
        told = await follow(precheck, story.family)
        if not told.money:
            return Followed(advice=told.first, filed=Filed())
        filed = await file(country, told.family, story.world, told.money)
        return Followed(advice=told.first, filed=filed)

    async with AsyncExitStack() as desks:
        await _open(country, stories, desks)
        return await each(stories, one)


async def _open(country: Country, stories: Sequence[Story], desks: AsyncExitStack) -> None:
    """Have the clerks write every record, and officers decide at both funds while it lasts."""
    await each((one for story in stories for one in story.world.at_first), country.enter)
    for fund in (INSURANCE, SOCIAL_AFFAIRS):
        await desks.enter_async_context(officers_decide(country.switchboard, fund))


def _guessed(family: Family) -> tuple[ProcedureId, ...]:
    asks_more = SURVIVOR_LUMP_SUM in family.declaration["procedures"]
    return (family.guess, SURVIVOR_LUMP_SUM) if asks_more else (family.guess,)
