"""Our own database away: nobody is held up, little is added, and nothing is missing after."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import timedelta

import pytest

from models.cases.status import CaseStatus
from models.kernel.vocabulary import Outcome

from fakes.agencies import ScriptedAnswer
from harness.case_handle import CaseHandle
from harness.case_history import CaseHistory
from harness.system import own_system

ACCEPTED = ScriptedAnswer(outcome=Outcome.ACCEPTED)


@dataclass(frozen=True, kw_only=True)
class Days:
    """Two days of the same case, with the database there or away."""

    case: CaseHandle
    meanwhile: CaseStatus
    written_meanwhile: int
    report: CaseStatus
    history: CaseHistory


async def two_days(*, away: bool) -> AsyncIterator[Days]:
    async with own_system() as system:
        system.agencies["residence"].answers["register_residence"] = [ACCEPTED]
        system.ledger.away, system.ledger.retry_after = away, timedelta(hours=1)
        case = await system.declare("register_birth", "register_residence")
        await system.pass_time(days=2)
        meanwhile, written = await case.status(), len(case.entries())
        await case.decide("register_residence", "granted")
        system.ledger.away = False
        yield Days(
            case=case,
            meanwhile=meanwhile,
            written_meanwhile=written,
            report=await case.result(),
            history=await case.history(),
        )


@pytest.fixture(scope="module")
async def usual() -> AsyncIterator[Days]:
    async for days in two_days(away=False):
        yield days


@pytest.fixture(scope="module")
async def away() -> AsyncIterator[Days]:
    async for days in two_days(away=True):
        yield days


async def test_agencies_are_served_while_the_ledger_is_away(away: Days) -> None:
    states = {d.procedure: d.state for d in away.meanwhile.dossiers}

    assert away.written_meanwhile == 0
    assert states == {"register_birth": "granted", "register_residence": "accepted"}


async def test_two_days_without_a_ledger_add_few_events(usual: Days, away: Days) -> None:
    assert away.history.length - usual.history.length <= 20


async def test_nothing_is_missing_once_the_ledger_is_back(usual: Days, away: Days) -> None:
    entries = away.case.entries()

    assert away.report.state == "completed"
    assert [entry.seq for entry in entries] == list(range(1, len(entries) + 1))
    assert away.case.events() == usual.case.events()
