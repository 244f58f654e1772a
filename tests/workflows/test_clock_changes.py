"""What moves a due instant in a running case: an extension, a verification, another calendar."""

from datetime import datetime, time, timedelta
from itertools import count, islice
from typing import Any

import pytest
from temporalio.client import WorkflowUpdateFailedError
from temporalio.exceptions import ApplicationError

from models.kernel.base import VIETNAM
from models.law.terms import DelayRule
from models.working_time.calendars import ONE_DAY, Calendar
from models.working_time.terms import ClockPolicy

from harness.case_handle import CaseHandle
from harness.clock_scenes import (
    ACCEPTED,
    CARD,
    EVERY_STEP,
    RESIDENCE,
    ask_for_supplement,
    counted,
    days_from_now,
    finish,
    hand_in,
    held_by_residence,
)
from harness.system import SystemUnderTest


async def why_not(case: CaseHandle, **otherwise: Any) -> list[tuple[str, str]]:
    """Why an extension is refused."""
    with pytest.raises(WorkflowUpdateFailedError) as rejected:
        await case.extend(RESIDENCE, **otherwise)
    assert isinstance(rejected.value.cause, ApplicationError)
    return [(finding["field"], finding["rule"]) for finding in rejected.value.cause.details]


async def test_an_extension_names_one_new_date_and_keeps_the_old_one(
    system: SystemUnderTest,
) -> None:
    thursday, monday = await days_from_now(system, 2), await days_from_now(system, 6)
    case = await held_by_residence(system)

    await case.extend(RESIDENCE)
    residence = await case.dossier(RESIDENCE)
    await finish(case)

    assert (residence.original_due_at, residence.due_at) == (thursday, monday)
    assert case.moves(RESIDENCE) == [("extended", thursday, monday)]


async def test_an_extension_past_the_total_moves_the_case_and_not_its_promise(
    system: SystemUnderTest,
) -> None:
    friday, monday = await days_from_now(system, 3), await days_from_now(system, 6)
    case = await held_by_residence(system)

    await case.extend(RESIDENCE)
    status, shown = await case.status(), await case.attributes()
    await finish(case)

    assert (status.promised_at, status.due_at) == (friday, monday)
    assert shown["DueAt"] == monday
    assert case.moves(None) == [("extended", friday, monday)]


async def test_an_extended_dossier_is_late_only_after_its_new_date(system: SystemUnderTest) -> None:
    case = await held_by_residence(system)
    await case.extend(RESIDENCE)
    new = await case.due_at(RESIDENCE)

    await system.until_clock(new - timedelta(minutes=1))
    before = await case.attributes(), case.steps(RESIDENCE)
    await system.until_clock(new + timedelta(minutes=1))
    after = await case.attributes()
    await finish(case)

    assert before[0]["OverdueAt"] == []
    assert before[1] == ["early_warning-1", "one_day_before-1"]
    assert after["OverdueAt"] == ["residence"]


async def test_a_second_extension_is_refused(system: SystemUnderTest) -> None:
    case = await held_by_residence(system)
    await case.extend(RESIDENCE)
    due_at = await case.due_at(RESIDENCE)

    wrong = await why_not(case)
    still = await case.due_at(RESIDENCE)
    await finish(case)

    assert wrong == [("extension", "times")]
    assert still == due_at


async def test_the_same_extension_twice_is_one(system: SystemUnderTest) -> None:
    case = await held_by_residence(system)

    first = await case.extend(RESIDENCE, request_id="gh-1")
    again = await case.extend(RESIDENCE, request_id="gh-1")
    await finish(case)

    assert first == again
    assert len(case.moves(RESIDENCE)) == 1


async def test_an_extension_on_the_last_day_is_too_late(system: SystemUnderTest) -> None:
    case = await held_by_residence(system)

    await system.until_clock((await case.due_at(RESIDENCE)).replace(hour=8))
    wrong = await why_not(case)
    await finish(case)

    assert wrong == [("extension", "too_late")]


async def test_the_day_before_the_last_is_early_enough(system: SystemUnderTest) -> None:
    case = await held_by_residence(system)
    due_at = await case.due_at(RESIDENCE)

    await system.until_clock(due_at - timedelta(days=1) + timedelta(hours=6))
    said = await case.extend(RESIDENCE)
    await finish(case)

    assert said["accepted"] is True


async def test_an_extension_is_as_long_as_the_law_allows_and_no_longer(
    system: SystemUnderTest,
) -> None:
    system.change_rules(delay=DelayRule(at_most=2))
    case = await held_by_residence(system)

    wrong = await why_not(case, working_days=3)
    await case.extend(RESIDENCE, working_days=2)
    await finish(case)

    assert wrong == [("extension", "too_long")]


async def test_where_the_law_knows_no_extension_there_is_none(system: SystemUnderTest) -> None:
    system.change_rules(delay=None)
    case = await held_by_residence(system)

    wrong = await why_not(case)
    await finish(case)

    assert wrong == [("extension", "not_allowed")]


async def test_an_agency_cannot_extend_anothers_time(system: SystemUnderTest) -> None:
    case = await held_by_residence(system)

    wrong = await why_not(case, by=system.client_of("insurance"))
    await finish(case)

    assert wrong == [("procedure", "not_yours")]


async def test_what_the_citizen_holds_is_not_extended(system: SystemUnderTest) -> None:
    case = await held_by_residence(system)
    await ask_for_supplement(case)

    wrong = await why_not(case)
    await finish(case)

    assert wrong == [("procedure", "not_open")]


async def test_a_verification_gives_the_longer_limit_and_the_case_its_longer_total(
    system: SystemUnderTest,
) -> None:
    thursday, friday, tuesday = [await days_from_now(system, days) for days in (2, 3, 7)]
    case = await held_by_residence(system)

    await case.decide(RESIDENCE, "verify")
    await case.until_dossier(RESIDENCE, "verifying")
    status = await case.status()
    await finish(case)

    assert case.moves(RESIDENCE) == [("verifying", thursday, tuesday)]
    assert case.moves(None) == [("verifying", friday, tuesday)]
    assert (status.promised_at, status.due_at) == (friday, tuesday)


async def test_a_verification_told_twice_lengthens_once(system: SystemUnderTest) -> None:
    case = await held_by_residence(system)

    await case.decide(RESIDENCE, "verify")
    await case.decide(RESIDENCE, "verify")
    await finish(case)

    assert len(case.moves(RESIDENCE)) == 1


async def test_a_card_has_no_longer_limit_however_the_insurer_verifies(
    system: SystemUnderTest,
) -> None:
    system.agencies["insurance"].answers[CARD] = [ACCEPTED]
    case = await system.declare()
    await case.until_dossier(CARD, "accepted")
    await case.until_dossier(RESIDENCE, "granted")
    due_at = await case.due_at(CARD)

    await case.decide(CARD, "verify")
    still = await case.due_at(CARD)
    await system.pass_time(days=6)
    await finish(case, CARD)

    assert still == due_at
    assert case.moves(CARD) == []
    assert case.steps(CARD) == EVERY_STEP


async def test_a_new_day_off_moves_a_running_dossier_and_its_case(system: SystemUnderTest) -> None:
    thursday, friday, monday = [await days_from_now(system, days) for days in (2, 3, 6)]
    case = await held_by_residence(system)

    system.decree_day_off(thursday.date())
    await case.recalculate()
    status = await case.status()
    await finish(case)

    assert case.moves(RESIDENCE) == [("calendar", thursday, friday)]
    assert case.moves(None) == [("calendar", friday, monday)]
    assert (status.promised_at, status.due_at) == (friday, monday)


async def test_a_calendar_applied_again_changes_nothing(system: SystemUnderTest) -> None:
    case = await held_by_residence(system)
    system.decree_day_off((await days_from_now(system, 2)).date())
    await system.pass_time(hours=2)

    await case.recalculate()
    before = (counted(await case.clocks()), case.events())
    await case.recalculate()
    after = (counted(await case.clocks()), case.events())
    await finish(case)

    assert before == after


async def test_a_calendar_applied_to_a_late_dossier_tells_no_step_again(
    system: SystemUnderTest,
) -> None:
    case = await held_by_residence(system)
    await system.pass_time(days=6, hours=12)

    system.decree_day_off((await days_from_now(system, 2)).date())
    await case.recalculate()
    await case.recalculate()
    await system.pass_time(hours=1)
    shown = await case.attributes()
    await finish(case)

    assert case.steps(RESIDENCE) == EVERY_STEP
    assert case.steps(RESIDENCE, "step.missed") == []
    assert shown["OverdueAt"] == ["residence"]


async def test_a_late_dossier_may_be_in_time_again_by_another_calendar(
    system: SystemUnderTest,
) -> None:
    case = await held_by_residence(system)
    due_at = await case.due_at(RESIDENCE)
    await system.until_clock(due_at + timedelta(hours=1))

    system.decree_day_off(due_at.date())
    await case.recalculate()
    shown = await case.attributes()
    moved = await case.due_at(RESIDENCE)
    await system.until_clock(moved + timedelta(hours=1))
    await finish(case)

    assert moved == due_at + timedelta(days=1)
    assert shown["OverdueAt"] == []
    assert case.steps(RESIDENCE).count("late-1") == 2


async def test_a_calendar_change_while_the_clock_stands_still_counts_once_it_runs_again(
    system: SystemUnderTest,
) -> None:
    system.change_rules(after_supplement=ClockPolicy.PAUSE)
    thursday, friday = await days_from_now(system, 2), await days_from_now(system, 3)
    case = await held_by_residence(system)
    await ask_for_supplement(case)

    system.decree_day_off(thursday.date())
    await case.recalculate()
    paused, shown = await case.clock(RESIDENCE), await case.attributes()
    await system.pass_time(hours=1)
    await hand_in(case)
    resumed = await case.due_at(RESIDENCE)
    await finish(case)

    assert paused.clock is not None
    assert paused.clock.due_at == friday
    assert (paused.paused_at is not None, shown["SlaStatus"]) == (True, "paused")
    assert resumed.date() > friday.date()


async def test_a_verifying_dossier_moves_with_the_calendar_too(system: SystemUnderTest) -> None:
    friday, wednesday = await days_from_now(system, 3), await days_from_now(system, 8)
    case = await held_by_residence(system)
    await case.decide(RESIDENCE, "verify")
    await case.until_dossier(RESIDENCE, "verifying")

    system.decree_day_off(friday.date())
    await case.recalculate()
    status, due_at = await case.status(), await case.due_at(RESIDENCE)
    await finish(case)

    assert due_at == status.due_at == wednesday


async def test_a_calendar_moves_a_case_as_far_as_its_latest_dossier(
    system: SystemUnderTest,
) -> None:
    system.agencies["insurance"].answers[CARD] = [ACCEPTED]
    system.agencies["residence"].answers[RESIDENCE] = [ACCEPTED]
    case = await system.declare()
    await case.until_dossier(CARD, "accepted")
    await case.until_dossier(RESIDENCE, "accepted")
    await case.extend(RESIDENCE, working_days=3)

    system.decree_day_off((await days_from_now(system, 3)).date())
    await case.recalculate()
    status, due_at = await case.status(), await case.due_at(RESIDENCE)
    await case.decide(CARD)
    await finish(case)

    assert status.due_at == due_at


async def test_a_worker_that_counts_by_another_calendar_says_so_and_moves_nothing(
    system: SystemUnderTest,
) -> None:
    case = await held_by_residence(system)
    due_at = await case.due_at(RESIDENCE)
    before = system.decree_day_off(due_at.date())
    announced = system.use_calendar(before)

    with pytest.raises(WorkflowUpdateFailedError) as rejected:
        await case.recalculate(calendar=announced.digest)
    still = await case.due_at(RESIDENCE)
    await finish(case)

    assert isinstance(rejected.value.cause, ApplicationError)
    assert [one["rule"] for one in rejected.value.cause.details] == ["not_loaded"]
    assert still == due_at
    assert case.moves(RESIDENCE) == []


async def test_another_calendar_moves_no_open_case_by_itself(system: SystemUnderTest) -> None:
    case = await held_by_residence(system)
    due_at = await case.due_at(RESIDENCE)

    system.decree_day_off(due_at.date())
    await system.pass_time(hours=30)
    still = await case.due_at(RESIDENCE)
    await finish(case)

    assert still == due_at


def morning_before_tet(calendar: Calendar, now: datetime) -> datetime:
    """Eight on the last working day before the next Tết that no official calendar tells yet."""
    tet = next(
        special.day
        for special in sorted(calendar.days_off, key=lambda special: special.day)
        if special.name == "Tết Nguyên Đán"
        and special.day > now.date() + timedelta(days=20)
        and special.provisional
    )
    days = (tet - timedelta(days=back) for back in count(1))
    last = next(day for day in days if calendar.is_working_day(day))
    return datetime.combine(last, time(8), VIETNAM)


@pytest.mark.parametrize("policy", [ClockPolicy.PAUSE, ClockPolicy.RESTART])
async def test_across_tet_nobodys_time_runs_and_the_year_is_provisional(
    system: SystemUnderTest, policy: ClockPolicy
) -> None:
    system.change_rules(after_supplement=policy)
    calendar, now = system.context.calendar, await system.now()
    morning = morning_before_tet(calendar, now)
    first, _, third = islice(calendar.working_days_from(morning.date() + ONE_DAY), 3)
    await system.environment.sleep(morning - now)
    case = await held_by_residence(system)
    await ask_for_supplement(case)

    await system.until_clock(datetime.combine(first, time(7, 30), VIETNAM))
    told = case.steps(RESIDENCE)
    await hand_in(case)
    clock = (await case.clock(RESIDENCE)).clock
    await finish(case)

    assert (first - morning.date()).days > 5
    assert told == []
    assert clock is not None
    (move,) = clock.moves
    assert move.provisional
    assert move.due_at.date() == third
