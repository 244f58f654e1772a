"""Who held a dossier when, who was told, and what a case with its clock costs."""

from datetime import datetime, time, timedelta

import pytest

from models.cases.views import DossierClocks
from models.kernel.base import VIETNAM
from models.kernel.errors import BackendContractError

from harness import families
from harness.case_handle import CaseHandle
from harness.clock_scenes import (
    ACCEPTED,
    BIRTH,
    CARD,
    EVERY_STEP,
    RESIDENCE,
    ask_for_supplement,
    finish,
    hand_in,
    held_by_residence,
)
from harness.system import SystemUnderTest

A_MOMENT = timedelta(minutes=1)


def holders(dossier: DossierClocks) -> list[str]:
    return [one.holder for one in dossier.holdings]


async def test_each_minute_of_a_dossier_has_one_holder_and_the_sum_is_the_whole(
    system: SystemUnderTest,
) -> None:
    case = await held_by_residence(system)
    await system.pass_time(hours=3)
    await ask_for_supplement(case)
    await system.pass_time(hours=20)
    await hand_in(case)
    await system.pass_time(hours=5)
    await finish(case)

    clock = await case.clock(RESIDENCE)
    held = clock.holdings
    filed_at = case.happened_at("dossier.filed", RESIDENCE)
    settled_at = case.happened_at("dossier.granted", RESIDENCE)
    assert holders(clock) == ["residence", "citizen", "residence"]
    assert [one.until for one in held[:-1]] == [one.since for one in held[1:]]
    assert sum((one.until - one.since for one in held if one.until), timedelta(0)) == (
        settled_at - filed_at
    )


async def test_the_whole_case_is_covered_from_start_to_close(system: SystemUnderTest) -> None:
    case = await held_by_residence(system)
    await system.pass_time(hours=3)
    await finish(case)

    clocks, report = await case.clocks(), await case.status()
    reached = report.recorded_at
    for one in clocks.holdings:
        assert one.since <= reached
        assert one.until is not None
        reached = max(reached, one.until)
    assert reached == report.closed_at


async def test_an_outage_is_booked_to_no_agency(system: SystemUnderTest) -> None:
    system.agencies["residence"].unreachable = True
    case = await system.declare()
    await case.until_dossier(RESIDENCE, "submitted")
    await case.until_dossier(CARD, "granted")
    await system.pass_time(hours=6)
    system.agencies["residence"].answers[RESIDENCE] = [ACCEPTED]
    system.agencies["residence"].unreachable = False
    await system.pass_time(hours=1)
    await case.until_dossier(RESIDENCE, "accepted")
    await finish(case)

    clock = await case.clock(RESIDENCE)
    outage = clock.holdings[0]
    assert holders(clock) == ["outage", "residence"]
    assert outage.since == case.happened_at("dossier.filed", RESIDENCE)
    assert outage.until is not None
    assert outage.until - outage.since >= timedelta(hours=6)


async def test_what_is_parked_is_booked_to_us(system: SystemUnderTest) -> None:
    system.agencies["residence"].fault = BackendContractError("residence: no DossierAnswer")
    case = await system.declare()
    await case.until_dossier(RESIDENCE, "parked")
    await system.pass_time(hours=2)
    system.agencies["residence"].fault = None
    await case.resume(RESIDENCE)
    await case.result()

    held = (await case.clock(RESIDENCE)).holdings
    us = next(one for one in held if one.holder == "us")
    assert us.until is not None
    assert us.until - us.since >= timedelta(hours=2)


@pytest.mark.parametrize("ending", ["granted", "refused"])
async def test_the_closing_entry_says_that_the_clock_is_whole(
    system: SystemUnderTest, ending: str
) -> None:
    case = await held_by_residence(system)
    await ask_for_supplement(case)
    await system.pass_time(hours=20)
    await hand_in(case)
    await case.decide(RESIDENCE, ending)
    await case.result()

    (closing,) = [entry for entry in case.entries() if entry.event == "case.closed"]
    assert closing.facts["clock_is_whole"] is True


async def test_a_hand_over_inside_an_agency_is_an_entry_and_moves_no_clock(
    system: SystemUnderTest,
) -> None:
    case = await held_by_residence(system)
    before = await case.dossier(RESIDENCE)
    unit = f"{before.unit}-doi-2"

    await case.decide(RESIDENCE, "verify", unit=unit)
    after = await case.dossier(RESIDENCE)
    await system.pass_time(days=1)
    await finish(case)

    (passed_on,) = [e for e in case.entries() if e.event == "dossier.handed_over"]
    assert (passed_on.facts["old"], passed_on.facts["new"]) == (before.unit, unit)
    assert after.unit == unit
    assert holders(await case.clock(RESIDENCE)) == ["residence"]


async def test_a_hand_over_that_is_only_told_when_asked_is_recorded_too(
    system: SystemUnderTest,
) -> None:
    case = await held_by_residence(system)
    agency = system.agencies["residence"]
    ((key, (request, answer)),) = agency._known.items()

    agency._known[key] = (request, answer.model_copy(update={"unit": "doi-2", "version": 2}))
    await system.pass_time(minutes=20)
    residence = await case.dossier(RESIDENCE)
    await finish(case)

    assert (residence.unit, residence.state) == ("doi-2", "accepted")
    assert case.events(RESIDENCE).count("dossier.handed_over") == 1


async def test_a_reminder_goes_to_the_unit_that_holds_the_dossier(system: SystemUnderTest) -> None:
    case = await held_by_residence(system)
    await case.decide(RESIDENCE, "verify", unit="doi-2")
    await system.pass_time(days=9)
    await finish(case)

    about_residence = [one for one in case.reminders() if one.to["agency"]]
    assert {(one.to["agency"], one.to["unit"]) for one in about_residence} == {
        ("residence", "doi-2")
    }
    assert [one.kind for one in about_residence].count("escalation") == 1


async def test_reminders_go_to_no_citizen_and_name_none(system: SystemUnderTest) -> None:
    case = await held_by_residence(system)
    await system.pass_time(days=6, hours=12)
    await finish(case)

    reminders = case.reminders()
    assert len(reminders) == 2 * len(EVERY_STEP)
    for reminder in reminders:
        assert set(reminder.to) == {"agency", "unit", "level", "addressee"}
        assert not any(secret in reminder.model_dump_json() for secret in families.SECRETS)


async def test_each_reminder_has_a_key_of_its_own_per_due_instant(system: SystemUnderTest) -> None:
    case = await held_by_residence(system)
    await system.pass_time(hours=30)
    await case.extend(RESIDENCE)
    await system.pass_time(days=8)
    await finish(case)

    warnings = [one for one in case.reminders() if one.kind == "early_warning" and one.to["agency"]]
    told = case.steps(RESIDENCE) + case.steps(None)
    assert len(warnings) == 2
    assert len({one.key for one in warnings}) == 2
    assert len(case.reminders()) == len(told)


async def test_of_steps_that_are_past_at_the_start_only_the_newest_is_told(
    system: SystemUnderTest,
) -> None:
    system.permit(allow_backdating=True)
    system.agencies["civil_status"].answers[BIRTH] = [ACCEPTED]
    now = await system.now()
    received = datetime.combine(now.date() - timedelta(days=1), time(8), VIETNAM)
    case = await system.declare(
        change=lambda raw: families.changed(raw, "reception.received_at", received.isoformat())
    )
    await case.until_dossier(BIRTH, "accepted")

    await system.pass_time(minutes=1)
    told, missed = case.steps(BIRTH), case.steps(BIRTH, "step.missed")
    await system.pass_time(days=1)
    await finish(case, BIRTH)

    assert (await case.status()).backdated is True
    assert missed == ["early_warning-1", "due-1"]
    assert told == ["late-1"]
    assert case.steps(BIRTH) == ["late-1", "escalation-1"]


async def test_a_case_asks_at_night_only_for_the_first_minutes(system: SystemUnderTest) -> None:
    case = await held_by_residence(system)
    evening = (await system.now()).replace(hour=17, minute=20)
    await system.until_clock(evening)
    calls = system.agencies["residence"].calls

    await system.until_clock(evening + timedelta(hours=14))
    asked_at_night = system.agencies["residence"].calls - calls
    await system.pass_time(hours=1)
    asked_in_the_morning = system.agencies["residence"].calls - calls
    await finish(case)

    assert asked_at_night == 0
    assert asked_in_the_morning >= 3


async def test_what_is_handed_in_at_night_is_asked_about_eagerly_and_then_rests(
    system: SystemUnderTest,
) -> None:
    case = await held_by_residence(system)
    await ask_for_supplement(case)
    await system.until_clock((await system.now()).replace(hour=20))
    calls = system.agencies["residence"].calls

    await hand_in(case)
    await system.pass_time(minutes=10)
    eagerly = system.agencies["residence"].calls - calls
    await system.pass_time(hours=9)
    by_night = system.agencies["residence"].calls - calls
    await finish(case)

    assert len(system.agencies["residence"].supplements) == 1
    assert eagerly >= 5
    assert by_night == eagerly


async def test_a_running_case_holds_one_timer_through_every_change(system: SystemUnderTest) -> None:
    case = await held_by_residence(system)
    open_timers = []
    for change in (
        lambda: system.pass_time(hours=4),
        lambda: case.extend(RESIDENCE),
        lambda: case.decide(RESIDENCE, "verify"),
        case.recalculate,
        lambda: system.pass_time(days=3),
    ):
        await change()
        await case.status()
        open_timers.append(await armed(case))
    await finish(case)

    assert open_timers == [1] * 5


async def armed(case: CaseHandle) -> int:
    history = await case.history()
    return (
        history.timers
        - history.count("EVENT_TYPE_TIMER_FIRED")
        - history.count("EVENT_TYPE_TIMER_CANCELED")
    )


async def test_two_supplements_and_every_reminder_stay_within_the_budget(
    system: SystemUnderTest,
) -> None:
    case = await held_by_residence(system)
    for _ in range(2):
        await system.pass_time(hours=5)
        await ask_for_supplement(case)
        await system.pass_time(hours=30)
        await hand_in(case)
    await system.pass_time(days=6)
    await finish(case)

    events = case.events()
    history = await case.history()
    asked_anew = history.activities.count("dossier.ask") - 1
    changes = events.count("step.reached") + events.count("dossier.supplemented") + asked_anew
    assert asked_anew == 4
    assert changes >= 14
    bundles = events.count("results.returned") - 1
    assert history.length <= 80 + 8 * (changes + bundles)
