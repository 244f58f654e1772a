"""Agencies that accept a dossier and decide later: found by asking, at no cost."""

from datetime import timedelta

import pytest

from models.kernel.vocabulary import Outcome

from fakes.agencies import ScriptedAnswer
from harness.case_handle import CaseHandle, dossier_of
from harness.system import SystemUnderTest

ACCEPTED = ScriptedAnswer(outcome=Outcome.ACCEPTED)
VERIFYING = ScriptedAnswer(outcome=Outcome.VERIFY)


async def waiting_for_residence(system: SystemUnderTest) -> CaseHandle:
    """A case whose residence police has taken the dossier, and says no more."""
    system.agencies["residence"].answers["register_residence"] = [ACCEPTED]
    case = await system.declare()
    await case.until_dossier("register_residence", "accepted")
    await case.until_dossier("issue_card", "granted")
    return case


def decides(system: SystemUnderTest, outcome: Outcome = Outcome.GRANTED) -> None:
    """The residence police decides now, and tells nobody."""
    answer = ScriptedAnswer(outcome=outcome)
    system.agencies["residence"].answers["register_residence"] = [answer]


async def test_a_decision_made_later_is_found_by_asking(system: SystemUnderTest) -> None:
    case = await waiting_for_residence(system)
    await system.pass_time(hours=5)
    decided_at = await system.now()

    decides(system)
    report = await case.result()

    residence = dossier_of(report, "register_residence")
    assert report.state == "completed"
    assert residence.settled_at is not None
    assert residence.settled_at - decided_at <= timedelta(minutes=15, seconds=5)


async def test_while_an_agency_decides_it_holds_the_clock_and_lists_say_so(
    system: SystemUnderTest,
) -> None:
    case = await waiting_for_residence(system)

    residence = await case.dossier("register_residence")
    shown = await case.attributes()
    decides(system)
    await case.result()

    assert (residence.holder, residence.portal_state) == ("residence", 4)
    assert shown["WaitingFor"] == ["residence"]
    assert shown["CaseState"] == "in_progress"


async def test_asking_an_agency_again_costs_no_event(system: SystemUnderTest) -> None:
    case = await waiting_for_residence(system)
    await system.pass_time(minutes=1)
    before, calls = (await case.history()).length, system.agencies["residence"].calls

    await system.pass_time(hours=6)

    after, asked = (await case.history()).length, system.agencies["residence"].calls - calls
    decides(system)
    await case.result()
    assert asked >= 20
    assert after == before


async def test_a_birth_whose_agencies_all_answer_later_stays_within_its_budget(
    system: SystemUnderTest,
) -> None:
    for agency, procedure in (
        ("civil_status", "register_birth"),
        ("residence", "register_residence"),
        ("insurance", "issue_card"),
    ):
        system.agencies[agency].answers[procedure] = [ACCEPTED, ScriptedAnswer()]
    case = await system.declare()

    report = await case.result()

    history = await case.history()
    assert report.state == "completed"
    assert history.length <= 80
    assert history.size <= 200_000


async def test_the_record_shows_what_an_agency_did_in_between(system: SystemUnderTest) -> None:
    answers = [ACCEPTED, VERIFYING, ScriptedAnswer()]
    system.agencies["residence"].answers["register_residence"] = answers
    case = await system.declare()

    await case.result()

    assert case.events("register_residence") == [
        "dossier.filed",
        "dossier.accepted",
        "dossier.verifying",
        "due.moved",
        "dossier.granted",
    ]


async def test_what_an_agency_holds_is_on_record_before_it_decides(system: SystemUnderTest) -> None:
    case = await waiting_for_residence(system)
    await system.pass_time(seconds=5)

    written = case.events("register_residence")
    decides(system)
    await case.result()

    assert written == ["dossier.filed", "dossier.accepted"]


async def test_an_agency_that_lost_a_dossier_is_given_it_again(system: SystemUnderTest) -> None:
    case = await waiting_for_residence(system)

    system.agencies["residence"]._known.clear()
    decides(system)
    report = await case.result()

    first, again = system.agencies["residence"].requests
    assert report.state == "completed"
    assert first == again


@pytest.mark.parametrize("outage", [2, 40])
async def test_an_agency_that_is_away_while_it_decides_loses_nothing(
    system: SystemUnderTest, outage: int
) -> None:
    case = await waiting_for_residence(system)

    system.agencies["residence"].outages = outage
    decides(system)
    report = await case.result()

    assert report.state == "completed"
    assert len(system.agencies["residence"].requests) == 1
