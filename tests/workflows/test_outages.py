"""Agencies that cannot be reached delay their own dossier and nothing else."""

from datetime import timedelta

import pytest
from case_desk import Desk
from case_in_hand import CaseInHand

TWO_DAYS = timedelta(days=2)


async def waiting_for_insurance(desk: Desk) -> CaseInHand:
    """A case whose insurance has been away for two days."""
    desk.agencies["insurance"].unreachable = True
    case = await desk.declare()
    await case.until_dossier("register_residence", "granted")
    await desk.pass_time(days=2)
    return case


async def test_an_agency_down_for_two_days_holds_up_no_other(desk: Desk) -> None:
    case = await waiting_for_insurance(desk)

    residence = await case.dossier("register_residence")
    card = await case.dossier("issue_card")
    desk.agencies["insurance"].unreachable = False
    await case.result()

    assert residence.settled_at is not None
    assert residence.filed_at is not None
    assert residence.settled_at - residence.filed_at < timedelta(seconds=10)
    assert (card.state, card.holder) == ("submitted", "outage")


async def test_lists_say_meanwhile_who_is_waited_for_and_that_it_is_an_outage(desk: Desk) -> None:
    case = await waiting_for_insurance(desk)

    shown = await case.attributes()
    card = await case.card()
    desk.agencies["insurance"].unreachable = False
    await case.result()

    assert shown["WaitingFor"] == ["insurance", "outage"]
    assert "chưa liên lạc được với cơ quan" in card


async def test_a_case_goes_on_by_itself_within_a_minute_of_the_agency_being_back(
    desk: Desk,
) -> None:
    case = await waiting_for_insurance(desk)

    back_at = await desk.now()
    desk.agencies["insurance"].unreachable = False
    report = await case.result()

    assert report.state == "completed"
    assert report.closed_at is not None
    assert report.closed_at - back_at < timedelta(seconds=60)


async def test_two_days_of_an_outage_cost_few_events(desk: Desk) -> None:
    case = await waiting_for_insurance(desk)
    desk.agencies["insurance"].unreachable = False
    await case.result()

    assert (await case.history()).length <= 80


async def test_an_outage_is_on_record_from_beginning_to_end(desk: Desk) -> None:
    case = await waiting_for_insurance(desk)
    desk.agencies["insurance"].unreachable = False
    await case.result()

    away = case.happened_at("agency.unreachable", "issue_card")
    back = case.happened_at("agency.reached", "issue_card")
    assert case.events("issue_card") == [
        "dossier.filed",
        "agency.unreachable",
        "dossier.overdue",
        "agency.reached",
        "dossier.granted",
    ] or back - away > timedelta(days=1.9)
    assert case.events("register_residence") == ["dossier.filed", "dossier.granted"]


@pytest.mark.parametrize("failures", [1, 2])
async def test_a_hiccup_is_nobodys_news(desk: Desk, failures: int) -> None:
    desk.agencies["residence"].outages = failures
    case = await desk.declare()

    report = await case.result()

    assert report.state == "completed"
    assert "agency.unreachable" not in case.events()


async def test_each_agency_gets_a_dossier_once_however_often_it_is_tried(desk: Desk) -> None:
    for agency in desk.agencies.values():
        agency.outages = 5
    case = await desk.declare()

    await case.result()

    assert [len(agency.requests) for agency in desk.agencies.values()] == [1, 1, 1]
