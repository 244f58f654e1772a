"""Scenes the tests of the legal clock begin with, on a quiet Tuesday at eight."""

import asyncio
from datetime import date, datetime, time, timedelta

from models.cases.views import CaseClocks
from models.contracts.dossiers import WantedItem
from models.kernel.base import VIETNAM, vietnam_time
from models.kernel.vocabulary import Outcome

from fakes.agencies import ScriptedAnswer
from harness.case_handle import PATIENCE, PAUSE, CaseHandle
from harness.system import SystemUnderTest

BIRTH, RESIDENCE, CARD = "register_birth", "register_residence", "issue_card"
ACCEPTED = ScriptedAnswer(outcome=Outcome.ACCEPTED)
WANTED = ScriptedAnswer(outcome=Outcome.SUPPLEMENT, items=(WantedItem(code="CT07"),))
EVERY_STEP = ["early_warning-1", "one_day_before-1", "due-1", "late-1", "escalation-1"]


def end_of(day: date) -> datetime:
    """The end of office hours."""
    return datetime.combine(day, time(17), VIETNAM)


def counted(clocks: CaseClocks) -> CaseClocks:
    """All of it but the time used and left, which goes on."""
    still = {"working_time": None}
    dossiers = tuple(one.model_copy(update=still) for one in clocks.dossiers)
    return clocks.model_copy(update={"dossiers": dossiers})


async def days_from_now(system: SystemUnderTest, days: int) -> datetime:
    """The end of office hours, so many calendar days from today."""
    return end_of(vietnam_time(await system.now()).date() + timedelta(days=days))


async def held_by_residence(system: SystemUnderTest) -> CaseHandle:
    """A case received on Tuesday morning of which only the residence police owes a decision."""
    system.agencies["residence"].answers[RESIDENCE] = [ACCEPTED]
    case = await system.declare()
    await case.until_dossier(RESIDENCE, "accepted")
    await case.until_dossier(CARD, "granted")
    return case


async def waiting_for_the_citizen(system: SystemUnderTest) -> CaseHandle:
    """The same, but that police has asked for a supplement at once."""
    case = await held_by_residence(system)
    await ask_for_supplement(case)
    return case


async def ask_for_supplement(case: CaseHandle) -> None:
    """The residence police wants something, and the clock has heard of it.

    Lists are told only once the clock has answered, so they are looked at and not the status: who
    hands in before that finds a clock that was never stopped.
    """
    await case.decide(RESIDENCE, "supplement")
    async with asyncio.timeout(PATIENCE.total_seconds()):
        while not await _is_shown_waiting(case):  # noqa: ASYNC110 -- lists have no event
            await asyncio.sleep(PAUSE)


async def _is_shown_waiting(case: CaseHandle) -> bool:
    shown: str = (await case.attributes())["CaseState"]
    return shown == "supplement_wanted"


async def hand_in(case: CaseHandle) -> None:
    """The citizen supplements, and the police goes on without deciding."""
    case.system.agencies["residence"].undecided = True
    await case.supplement(RESIDENCE)
    await case.until_dossier(RESIDENCE, "accepted")
    async with asyncio.timeout(PATIENCE.total_seconds()):
        while (await case.clock(RESIDENCE)).paused_at:  # noqa: ASYNC110 -- a query has no event
            await asyncio.sleep(PAUSE)


async def finish(case: CaseHandle, procedure: str = RESIDENCE) -> None:
    """The last agency grants, and the case ends."""
    await case.decide(procedure)
    await case.result()
