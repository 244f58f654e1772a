"""The legal clock of a case, on a quiet Tuesday at eight and the days after."""

from datetime import date, datetime, time, timedelta

from models.kernel.base import VIETNAM, vietnam_time
from models.kernel.vocabulary import Outcome

from fakes.agencies import ScriptedAnswer
from harness.case_handle import CaseHandle, dossier_of
from harness.system import SystemUnderTest

RESIDENCE = "register_residence"
ACCEPTED = ScriptedAnswer(outcome=Outcome.ACCEPTED)
WANTED = ScriptedAnswer(outcome=Outcome.SUPPLEMENT)


def end_of(day: date) -> datetime:
    return datetime.combine(day, time(17), VIETNAM)


async def undecided(system: SystemUnderTest) -> CaseHandle:
    """A case received on Tuesday morning whose residence police says nothing more."""
    system.agencies["residence"].answers[RESIDENCE] = [ACCEPTED]
    case = await system.declare()
    await case.until_dossier(RESIDENCE, "accepted")
    await case.until_dossier("issue_card", "granted")
    return case


async def until_clock(system: SystemUnderTest, instant: datetime) -> None:
    await system.pass_time(seconds=(instant - await system.now()).total_seconds())


def steps(case: CaseHandle, procedure: str | None) -> list[str]:
    """The steps told of one dossier, or of the case itself, in order."""
    told = [e for e in case.entries() if e.event == "step.reached" and e.procedure == procedure]
    return [str(entry.facts["step"]) for entry in told]


async def finish(case: CaseHandle) -> None:
    await case.decide(RESIDENCE)
    await case.result()


async def test_the_receipt_promises_the_third_working_day_and_keeps_it(
    system: SystemUnderTest,
) -> None:
    report = await (await system.declare()).result()

    day = vietnam_time(report.recorded_at).date()
    assert report.promised_at == report.due_at == end_of(day + timedelta(days=3))


async def test_registration_is_due_on_the_day_of_reception(system: SystemUnderTest) -> None:
    report = await (await system.declare()).result()

    day = vietnam_time(report.recorded_at).date()
    assert dossier_of(report, "register_birth").due_at == end_of(day)


async def test_a_branch_is_due_two_working_days_after_its_own_hand_over(
    system: SystemUnderTest,
) -> None:
    report = await (await system.declare()).result()

    for procedure in (RESIDENCE, "issue_card"):
        branch = dossier_of(report, procedure)
        assert branch.filed_at is not None
        assert branch.due_at == end_of(vietnam_time(branch.filed_at).date() + timedelta(days=2))


async def test_a_branch_handed_over_late_is_due_with_the_case_and_no_later(
    system: SystemUnderTest,
) -> None:
    system.agencies["civil_status"].unreachable = True
    case = await system.declare()
    system.agencies["civil_status"].retry_after = timedelta(hours=1)
    await system.pass_time(days=2)
    system.agencies["civil_status"].unreachable = False

    report = await case.result()

    branch = dossier_of(report, RESIDENCE)
    assert branch.filed_at is not None
    assert branch.filed_at - report.recorded_at >= timedelta(days=2)
    assert branch.due_at == report.promised_at


async def test_an_agency_is_told_when_its_answer_is_due(system: SystemUnderTest) -> None:
    report = await (await system.declare()).result()

    (request,) = system.agencies["residence"].requests
    assert request.due_at == dossier_of(report, RESIDENCE).due_at


async def test_before_its_due_instant_nobody_is_called_late(system: SystemUnderTest) -> None:
    case = await undecided(system)
    due_at = (await case.dossier(RESIDENCE)).due_at
    assert due_at is not None

    await until_clock(system, due_at - timedelta(minutes=1))
    shown = await case.attributes()
    await finish(case)

    assert shown["OverdueAt"] == []
    assert "late-1" not in steps(case, RESIDENCE)


async def test_an_agency_past_its_due_instant_is_named_at_once(system: SystemUnderTest) -> None:
    case = await undecided(system)
    due_at = (await case.dossier(RESIDENCE)).due_at
    assert due_at is not None

    await until_clock(system, due_at + timedelta(minutes=1))
    shown = await case.attributes()
    await finish(case)

    assert shown["OverdueAt"] == ["residence"]
    (late,) = [e for e in case.entries() if e.procedure and e.facts.get("step") == "late-1"]
    assert timedelta(0) < late.at - due_at < timedelta(minutes=1)


async def test_a_case_becomes_due_soon_and_then_overdue(system: SystemUnderTest) -> None:
    case = await undecided(system)
    promised_at = (await case.status()).promised_at
    assert promised_at is not None
    seen = {}

    for name, instant in (
        ("early", promised_at - timedelta(days=1, minutes=1)),
        ("a working day before", promised_at - timedelta(days=1) + timedelta(minutes=1)),
        ("at the last minute", promised_at - timedelta(minutes=1)),
        ("afterwards", promised_at + timedelta(minutes=1)),
    ):
        await until_clock(system, instant)
        seen[name] = (await case.attributes())["SlaStatus"]
    await finish(case)

    assert seen == {
        "early": "on_time",
        "a working day before": "due_soon",
        "at the last minute": "due_soon",
        "afterwards": "overdue",
    }


async def test_each_threshold_is_passed_once_however_long_it_takes(system: SystemUnderTest) -> None:
    case = await undecided(system)

    await system.pass_time(days=6, hours=12)
    await finish(case)

    every = ["early_warning-1", "one_day_before-1", "due-1", "late-1", "escalation-1"]
    assert steps(case, RESIDENCE) == every
    assert steps(case, None) == every
    assert len(system.ledger.outbox) == 2 * len(every)


async def test_a_case_that_waits_holds_one_timer_at_a_time(system: SystemUnderTest) -> None:
    case = await undecided(system)

    await system.pass_time(minutes=10)
    history = await case.history()
    await finish(case)

    assert history.timers - history.count("EVENT_TYPE_TIMER_FIRED") == 1
    assert history.count("EVENT_TYPE_TIMER_CANCELED") == 0


async def test_a_case_decided_too_late_is_closed_late(system: SystemUnderTest) -> None:
    case = await undecided(system)
    await system.pass_time(days=6)

    await case.decide(RESIDENCE)
    report = await case.result()

    assert (report.state, report.sla) == ("completed", "closed_late")
    assert (await case.attributes())["OverdueAt"] == []


async def test_each_threshold_a_late_case_passes_costs_at_most_eight_events(
    system: SystemUnderTest,
) -> None:
    case = await undecided(system)

    await system.pass_time(days=6, hours=12)
    await finish(case)

    reminders = case.events().count("step.reached")
    assert reminders == 10
    assert (await case.history()).length <= 80 + 8 * reminders
