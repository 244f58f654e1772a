"""An agency lost after it took a dossier in is lost as openly as one never reached at all."""

from datetime import datetime, timedelta

import pytest

from models.cases.holdings import Holding

from harness.case_handle import CaseHandle
from harness.clock_scenes import (
    ACCEPTED,
    CARD,
    RESIDENCE,
    finish,
    held_by_residence,
    waiting_for_the_citizen,
)
from harness.system import SystemUnderTest

LATEST_NEWS = timedelta(minutes=16)
"""So long at most after an agency is away does a case that asks by itself find out."""


async def lost(system: SystemUnderTest) -> datetime:
    """The residence police goes away now, and the case finds out."""
    await system.pass_time(minutes=20)
    since = await system.now()
    system.agencies["residence"].unreachable = True
    await system.pass_time(hours=1)
    return since


async def found(system: SystemUnderTest) -> None:
    """It is back, still has not decided, and the case has noticed."""
    system.agencies["residence"].answers[RESIDENCE] = [ACCEPTED, ACCEPTED]
    system.agencies["residence"].unreachable = False
    await system.pass_time(minutes=2)


async def holdings(case: CaseHandle) -> tuple[Holding, ...]:
    return (await case.clock(RESIDENCE)).holdings


def outage_of(held: tuple[Holding, ...]) -> Holding:
    (outage,) = [one for one in held if one.holder == "outage"]
    return outage


async def test_an_agency_lost_while_it_is_asked_is_booked_from_the_first_failed_call(
    system: SystemUnderTest,
) -> None:
    case = await held_by_residence(system)
    due_at = await case.due_at(RESIDENCE)

    since = await lost(system)
    shown, card = await case.attributes(), await case.card()
    back = await system.now()
    await found(system)
    held = await holdings(case)
    still_due_at = await case.due_at(RESIDENCE)
    await finish(case)

    outage = outage_of(held)
    assert shown["WaitingFor"] == ["outage", "residence"]
    assert "chưa liên lạc được với cơ quan" in card
    assert [one.holder for one in held] == ["residence", "outage", "residence"]
    assert since <= outage.since <= since + LATEST_NEWS
    assert outage.until is not None
    assert timedelta(0) <= outage.until - back <= timedelta(minutes=1)
    assert still_due_at == due_at


async def test_two_failed_askings_in_a_row_are_nobodys_news(system: SystemUnderTest) -> None:
    case = await held_by_residence(system)
    await system.pass_time(minutes=20)
    before = (await case.history()).length

    system.agencies["residence"].outages = 2
    await system.pass_time(hours=2)
    after = (await case.history()).length
    await finish(case)

    assert "agency.unreachable" not in case.events(RESIDENCE)
    assert after == before


async def test_failed_askings_with_answers_between_them_are_nobodys_news(
    system: SystemUnderTest,
) -> None:
    case = await held_by_residence(system)
    await system.pass_time(minutes=20)

    for _ in range(3):
        system.agencies["residence"].outages = 2
        await system.pass_time(minutes=40)
    await finish(case)

    assert "agency.unreachable" not in case.events(RESIDENCE)


async def test_an_agency_that_asks_us_to_come_back_much_later_is_away_at_once(
    system: SystemUnderTest,
) -> None:
    case = await held_by_residence(system)
    residence = system.agencies["residence"]
    residence.retry_after = timedelta(hours=3)

    await lost(system)
    residence.retry_after = None
    shown = await case.attributes()
    await system.pass_time(hours=3)
    await found(system)
    await finish(case)

    assert shown["WaitingFor"] == ["outage", "residence"]
    assert case.events(RESIDENCE).count("agency.reached") == 1


async def test_a_supplement_that_cannot_be_passed_on_is_the_outages_time(
    system: SystemUnderTest,
) -> None:
    case = await waiting_for_the_citizen(system)
    await system.pass_time(hours=3)
    system.agencies["residence"].unreachable = True

    await case.supplement(RESIDENCE)
    await system.pass_time(hours=4)
    dossier = await case.dossier(RESIDENCE)
    await found(system)
    held = await holdings(case)
    await finish(case)

    handed_in = case.happened_at("dossier.supplemented", RESIDENCE)
    assert dossier.holder == "outage"
    assert [one.holder for one in held][-2:] == ["outage", "residence"]
    assert outage_of(held).since - handed_in <= timedelta(seconds=1)
    assert len(system.agencies["residence"].supplements) == 1


async def test_a_withdrawal_that_cannot_be_told_is_the_outages_time(
    system: SystemUnderTest,
) -> None:
    case = await held_by_residence(system)
    system.agencies["residence"].unreachable = True

    await case.withdraw(RESIDENCE)
    await system.pass_time(hours=2)
    shown = await case.attributes()
    system.agencies["residence"].unreachable = False
    report = await case.result()

    assert shown["WaitingFor"] == ["outage", "residence"]
    assert report.state == "partly_completed"
    assert case.events(RESIDENCE)[-3:] == [
        "agency.unreachable",
        "agency.reached",
        "dossier.withdrawn",
    ]


async def test_an_agency_lost_while_the_citizen_holds_the_dossier_is_nobodys_news(
    system: SystemUnderTest,
) -> None:
    case = await waiting_for_the_citizen(system)

    system.agencies["residence"].unreachable = True
    await system.pass_time(days=3)
    dossier = await case.dossier(RESIDENCE)
    system.agencies["residence"].unreachable = False
    await finish(case)

    assert dossier.holder == "citizen"
    assert "agency.unreachable" not in case.events(RESIDENCE)


@pytest.mark.parametrize("times", [1, 2])
async def test_an_outage_while_asking_costs_few_events_however_often_it_comes(
    system: SystemUnderTest, times: int
) -> None:
    case = await held_by_residence(system)
    await system.pass_time(minutes=20)
    before = (await case.history()).length

    for _ in range(times):
        await lost(system)
        await found(system)
    after = (await case.history()).length
    await finish(case)

    assert case.events(RESIDENCE).count("agency.unreachable") == times
    assert after - before <= 24 * times


async def test_a_decision_called_in_during_an_outage_ends_it(system: SystemUnderTest) -> None:
    case = await held_by_residence(system)
    await lost(system)

    await case.decide(RESIDENCE)
    report = await case.result()

    (closing,) = [entry for entry in case.entries() if entry.event == "case.closed"]
    assert report.state == "completed"
    assert closing.facts["clock_is_whole"] is True
    assert case.events(CARD)[-1] == "dossier.granted"
