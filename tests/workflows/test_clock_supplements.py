"""A supplement stops the legal clock by the policy of the rule, each time it is wanted."""

from datetime import datetime, timedelta

import pytest

from models.working_time.terms import CitizenLimit, ClockPolicy

from harness.case_handle import CaseHandle, dossier_of, states_of
from harness.clock_scenes import (
    BIRTH,
    CARD,
    RESIDENCE,
    ask_for_supplement,
    days_from_now,
    finish,
    hand_in,
    held_by_residence,
    waiting_for_the_citizen,
)
from harness.system import SystemUnderTest

A_MOMENT = timedelta(minutes=1)


async def asked_twice(system: SystemUnderTest) -> tuple[CaseHandle, list[datetime]]:
    """Wanted on Wednesday from 10:00 to 14:00, and from Thursday 9:00 to Friday 9:00."""
    case = await held_by_residence(system)
    due = [await case.due_at(RESIDENCE)]
    for wait, answer in ((26, 4), (19, 24)):
        await system.pass_time(hours=wait)
        await ask_for_supplement(case)
        await system.pass_time(hours=answer)
        await hand_in(case)
        due.append(await case.due_at(RESIDENCE))
    return case, due


async def test_restart_gives_the_whole_limit_anew_each_time(system: SystemUnderTest) -> None:
    thursday, friday, tuesday = [await days_from_now(system, days) for days in (2, 3, 7)]

    case, due = await asked_twice(system)
    await finish(case)

    assert due == [thursday, friday, tuesday]
    assert case.moves(RESIDENCE) == [("resumed", thursday, friday), ("resumed", friday, tuesday)]


async def test_a_restart_past_the_total_takes_the_due_instant_of_the_case_along(
    system: SystemUnderTest,
) -> None:
    friday, tuesday = [await days_from_now(system, days) for days in (3, 7)]

    case, _ = await asked_twice(system)
    status = await case.status()
    await finish(case)

    assert (status.promised_at, status.due_at) == (friday, tuesday)
    assert case.moves(None) == [("resumed", friday, tuesday)]


async def test_pause_gives_back_the_working_time_that_was_left_each_time(
    system: SystemUnderTest,
) -> None:
    system.change_rules(after_supplement=ClockPolicy.PAUSE)
    thursday, monday = [await days_from_now(system, days) for days in (2, 6)]
    friday_at_ten = await days_from_now(system, 3) - timedelta(hours=7)

    case, due = await asked_twice(system)
    await finish(case)

    assert due[0] == thursday
    assert abs(due[1] - friday_at_ten) < A_MOMENT
    assert abs(due[2] - (monday - timedelta(hours=7))) < A_MOMENT


async def test_continue_changes_nothing_however_often(system: SystemUnderTest) -> None:
    system.change_rules(after_supplement=ClockPolicy.CONTINUE)
    thursday = await days_from_now(system, 2)

    case, due = await asked_twice(system)
    await finish(case)

    assert due == [thursday] * 3
    assert case.moves(RESIDENCE) == case.moves(None) == []


async def test_a_clock_that_goes_on_tells_each_step_once(system: SystemUnderTest) -> None:
    system.change_rules(after_supplement=ClockPolicy.CONTINUE)

    case, _ = await asked_twice(system)
    await system.pass_time(days=5)
    await finish(case)

    told = case.steps(RESIDENCE)
    assert set(told) == {"early_warning-1", "one_day_before-1", "due-1", "late-1", "escalation-1"}
    assert len(told) == len(set(told))


async def test_a_supplement_on_the_same_day_tells_no_step_again(system: SystemUnderTest) -> None:
    """The clock starts anew with the same due instant: whoever was warned, was warned."""
    case = await held_by_residence(system)
    await system.pass_time(minutes=30)

    await ask_for_supplement(case)
    await hand_in(case)
    await system.pass_time(days=4)
    await finish(case)

    told = case.steps(RESIDENCE)
    assert len(told) == len(set(told))


@pytest.mark.parametrize("policy", [ClockPolicy.RESTART, ClockPolicy.PAUSE])
async def test_while_only_the_citizen_holds_the_case_its_clock_stands_still(
    system: SystemUnderTest, policy: ClockPolicy
) -> None:
    system.change_rules(after_supplement=policy)
    case = await waiting_for_the_citizen(system)

    await system.pass_time(days=5)
    shown, told = await case.attributes(), case.steps(RESIDENCE) + case.steps(None)
    await hand_in(case)
    after = await case.attributes()
    await finish(case)

    assert (shown["SlaStatus"], shown["OverdueAt"]) == ("paused", [])
    assert shown["WaitingFor"] == ["citizen"]
    assert told == []
    assert after["SlaStatus"] != "paused"


async def test_while_another_agency_works_the_case_is_not_paused(system: SystemUnderTest) -> None:
    system.agencies["insurance"].unreachable = True
    system.agencies["residence"].answers[RESIDENCE] = []
    case = await system.declare()
    await case.until_dossier(RESIDENCE, "granted")
    system.agencies["insurance"].unreachable = False
    await case.result()

    assert "paused" not in {str(e.facts.get("sla")) for e in case.entries()}


async def test_a_citizen_who_never_supplements_stops_one_dossier_and_no_other(
    system: SystemUnderTest,
) -> None:
    system.change_rules(supplement_limit=CitizenLimit(days=5))
    case = await waiting_for_the_citizen(system)

    report = await case.result()

    assert states_of(report) == {BIRTH: "granted", RESIDENCE: "stopped", CARD: "granted"}
    assert report.state == "partly_completed"
    (stopped,) = [e for e in case.entries() if e.event == "dossier.stopped"]
    assert stopped.facts["because"] == "supplement_not_given"


async def test_the_citizens_last_day_is_whole(system: SystemUnderTest) -> None:
    system.change_rules(supplement_limit=CitizenLimit(days=3))
    day_after = (await days_from_now(system, 4)).replace(hour=0)
    case = await waiting_for_the_citizen(system)

    report = await case.result()

    stopped_at = dossier_of(report, RESIDENCE).settled_at
    assert stopped_at is not None
    assert timedelta(0) <= stopped_at - day_after < A_MOMENT


async def test_an_agency_is_told_that_a_dossier_was_stopped(system: SystemUnderTest) -> None:
    system.change_rules(supplement_limit=CitizenLimit(days=5))
    case = await waiting_for_the_citizen(system)

    report = await case.result()

    (told,) = system.agencies["residence"].withdrawals.items()
    key, withdrawal = told
    assert key == f"{report.case_code}-{RESIDENCE}-1"
    assert withdrawal.request_id == "supplement_not_given"


async def test_a_first_step_never_supplemented_stops_the_case_and_files_nothing_else(
    system: SystemUnderTest,
) -> None:
    system.change_rules(supplement_limit=CitizenLimit(days=5))
    system.agencies["civil_status"].unreachable = True
    case = await system.declare()
    await case.until_dossier(BIRTH, "submitted")
    system.agencies["civil_status"].unreachable = False

    await case.decide(BIRTH, "supplement")
    report = await case.result()

    assert report.state == "stopped"
    assert states_of(report) == {BIRTH: "stopped", RESIDENCE: "not_filed", CARD: "not_filed"}
    assert system.agencies["residence"].requests == system.agencies["insurance"].requests == []


async def test_a_supplement_a_moment_before_the_limit_is_in_time(system: SystemUnderTest) -> None:
    system.change_rules(supplement_limit=CitizenLimit(days=3))
    last_moment = (await days_from_now(system, 4)).replace(hour=0) - A_MOMENT
    case = await waiting_for_the_citizen(system)

    await system.until_clock(last_moment)
    await hand_in(case)
    await system.pass_time(hours=1)
    dossier = await case.dossier(RESIDENCE)
    await finish(case)

    assert dossier.state == "accepted"


@pytest.mark.parametrize("policy", ClockPolicy)
async def test_where_the_rule_names_no_limit_the_citizen_may_take_long_and_the_clock_goes_on(
    system: SystemUnderTest, policy: ClockPolicy
) -> None:
    system.change_rules(supplement_limit=None, after_supplement=policy)
    case = await waiting_for_the_citizen(system)

    await system.pass_time(days=9)
    await hand_in(case)
    clock = await case.clock(RESIDENCE)
    await finish(case)

    assert clock.paused_at is None
    assert clock.clock is not None
    assert bool(clock.clock.changes) is (policy is not ClockPolicy.CONTINUE)


async def test_an_agency_may_decide_while_the_citizen_still_looks_for_papers(
    system: SystemUnderTest,
) -> None:
    case = await waiting_for_the_citizen(system)

    await case.decide(RESIDENCE)
    report = await case.result()

    assert report.state == "completed"
    assert system.agencies["residence"].withdrawals == {}
