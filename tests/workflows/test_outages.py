"""Agencies that cannot be reached delay their own dossier and nothing else."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import pytest

from models.cases.status import CaseStatus

from harness.case_handle import CaseHandle, dossier_of
from harness.case_history import CaseHistory
from harness.system import SystemUnderTest, own_system


@dataclass(frozen=True, kw_only=True)
class Outage:
    """What one could see while the insurance was away for two days, and afterwards."""

    case: CaseHandle
    meanwhile: CaseStatus
    shown: dict[str, Any]  # Any: search attributes
    card: str
    back_at: datetime
    report: CaseStatus
    history: CaseHistory
    """What the server keeps of it."""


@pytest.fixture(scope="module")
async def outage() -> AsyncIterator[Outage]:
    async with own_system() as system:
        insurance = system.agencies["insurance"]
        insurance.unreachable, insurance.retry_after = True, timedelta(hours=1)
        case = await system.declare()
        await system.pass_time(days=2)
        insurance.retry_after = None
        await system.pass_time(hours=1.5)
        meanwhile, shown, card = await case.status(), await case.attributes(), await case.card()
        back_at = await system.now()
        insurance.unreachable = False
        yield Outage(
            case=case,
            meanwhile=meanwhile,
            shown=shown,
            card=card,
            back_at=back_at,
            report=await case.result(),
            history=await case.history(),
        )


async def test_an_agency_down_for_two_days_holds_up_no_other(outage: Outage) -> None:
    residence = dossier_of(outage.meanwhile, "register_residence")

    assert residence.state == "granted"
    assert residence.settled_at is not None
    assert residence.settled_at - outage.report.recorded_at < timedelta(seconds=60)


async def test_while_an_agency_is_down_the_outage_holds_the_clock_and_not_the_agency(
    outage: Outage,
) -> None:
    card = dossier_of(outage.meanwhile, "issue_card")

    assert (card.state, card.holder) == ("submitted", "outage")
    assert outage.meanwhile.state == "in_progress"


async def test_lists_and_card_say_who_is_waited_for_and_that_it_is_an_outage(
    outage: Outage,
) -> None:
    assert outage.shown["WaitingFor"] == ["insurance", "outage"]
    assert "chưa liên lạc được với cơ quan" in outage.card


async def test_a_case_goes_on_by_itself_within_a_minute_of_the_agency_being_back(
    outage: Outage,
) -> None:
    assert outage.report.state == "completed"
    assert outage.report.closed_at is not None
    assert outage.report.closed_at - outage.back_at < timedelta(seconds=60)


async def test_two_days_of_an_outage_cost_few_events(outage: Outage) -> None:
    assert outage.history.length <= 80


async def test_an_outage_is_on_record_from_its_beginning_to_its_end(outage: Outage) -> None:
    case = outage.case

    began = case.happened_at("agency.unreachable", "issue_card")
    ended = case.happened_at("agency.reached", "issue_card")

    assert began - outage.report.recorded_at < timedelta(seconds=30)
    assert timedelta(0) <= ended - outage.back_at < timedelta(seconds=60)
    assert case.events("register_residence") == ["dossier.filed", "dossier.granted"]


@pytest.mark.parametrize("failures", [1, 2])
async def test_a_hiccup_is_nobodys_news(system: SystemUnderTest, failures: int) -> None:
    system.agencies["residence"].outages = failures
    case = await system.declare()

    report = await case.result()

    assert report.state == "completed"
    assert "agency.unreachable" not in case.events()


async def test_each_agency_gets_a_dossier_once_however_often_it_is_tried(
    system: SystemUnderTest,
) -> None:
    for agency in system.agencies.values():
        agency.outages = 5
    case = await system.declare()

    await case.result()

    assert [len(agency.requests) for agency in system.agencies.values() if agency.requests] == [
        1,
        1,
        1,
    ]
