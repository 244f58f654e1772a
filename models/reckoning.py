"""One question to the legal clock, and its answer: recorded in history, never asked on replay."""

from datetime import datetime
from enum import StrEnum

from models import dossier_clock
from models.base import Instant, Message, ProcedureId
from models.deadlines import CaseDeadlines
from models.deadlines import recounted as recounted_case
from models.dossier_clock import Bench, DossierClock, Stop
from models.law import ClockPolicy, GroupRule
from models.office import Office
from models.steps import Step, steps_for
from models.wire import Facts
from models.working_time import one_working_day_before
from models.working_time_citizen import citizen_due


class Occasion(StrEnum):
    """What has happened to a dossier's clock."""

    HANDED_OVER = "handed_over"
    STOPPED = "stopped"
    RESUMED = "resumed"
    VERIFYING = "verifying"
    EXTENDED = "extended"
    CALENDAR = "calendar"


class Reckon(Message):
    """The question, with everything the answer follows from but the calendar."""

    occasion: Occasion
    law: Facts
    procedure: ProcedureId
    at: Instant
    dates: CaseDeadlines
    case_due_at: Instant
    case_was_moved: bool = False
    """True: a dossier has moved the case's due instant: its total alone does not give it."""
    clock: DossierClock | None = None
    paused_at: Instant | None = None
    working_days: int = 0


class Reckoning(Message):
    """The answer."""

    occasion: Occasion
    at: Instant
    clock: DossierClock | None = None
    """None: nothing was counted, the clock was only asked about the citizen's time."""
    pauses: bool = False
    """True: from this instant on the clock stands still."""
    steps: tuple[Step, ...] = ()
    citizen_due_at: Instant | None = None
    """Where the clock stands still: by when the citizen has to answer."""
    case_due_at: Instant
    case_due_soon_at: Instant
    case_steps: tuple[Step, ...] = ()


def reckon(question: Reckon, office: Office) -> Reckoning:
    """Answer by the pinned rule and the calendar in force now.

    Raises:
        KeyError: the rule has no such procedure, or the law files no such agency.
        LawError: the calendar does not know a year on the way.
    """
    rule = GroupRule.model_validate(question.law)
    step = rule.procedure(question.procedure)
    bench = Bench(
        rule=rule,
        procedure=step.id,
        agency=office.law.agency(step.agency),
        calendar=office.calendar,
    )
    if question.occasion is Occasion.STOPPED:
        return _answer(question, bench, office, None, question.case_due_at)
    dates = _dates(question, bench, office)
    case_due_at = _case_due(question, dates)
    first = dates.dossiers.get(bench.procedure) if _began_with_case(question) else None
    clock = _clock(question, bench, case_due_at, first.due_at if first else None)
    return _answer(question, bench, office, clock, max(case_due_at, _reach(question, clock)))


def _began_with_case(question: Reckon) -> bool:
    return question.clock is not None and question.clock.started_at == question.dates.received_at


def _clock(
    question: Reckon, bench: Bench, case_due_at: datetime, first_due_at: datetime | None
) -> DossierClock:
    clock = question.clock
    if clock is None:
        return dossier_clock.started(bench, question.at, case_due_at)
    match question.occasion:
        case Occasion.RESUMED:
            stop = Stop(paused_at=question.paused_at or question.at, resumed_at=question.at)
            return dossier_clock.resumed(clock, bench, stop)
        case Occasion.VERIFYING:
            return dossier_clock.verified(clock, bench)
        case Occasion.EXTENDED:
            return dossier_clock.extended(clock, bench, question.working_days)
        case Occasion.CALENDAR:
            return dossier_clock.recounted(clock, bench, case_due_at, first_due_at)
    return clock


def _dates(question: Reckon, bench: Bench, office: Office) -> CaseDeadlines:
    """The case's own dates; a verification lengthens its total, another calendar moves it."""
    if question.occasion not in {Occasion.VERIFYING, Occasion.CALENDAR}:
        return question.dates
    verification = question.occasion is Occasion.VERIFYING or None
    return recounted_case(
        bench.rule, question.dates, office.calendar, office.law.agencies, verification=verification
    )


def _case_due(question: Reckon, dates: CaseDeadlines) -> datetime:
    if question.occasion is Occasion.CALENDAR and not question.case_was_moved:
        return dates.due_at
    return max(question.case_due_at, dates.due_at)


def _reach(question: Reckon, clock: DossierClock) -> datetime:
    """A dossier that was moved takes the case with it; a first due instant never does."""
    return question.case_due_at if question.clock is None else clock.due_at


def _answer(
    question: Reckon,
    bench: Bench,
    office: Office,
    clock: DossierClock | None,
    case_due_at: datetime,
) -> Reckoning:
    calendar, hours = bench.calendar, bench.agency.office_hours
    first = office.law.agency(bench.rule.procedures[0].agency)
    limit = bench.rule.supplement_limit
    return Reckoning(
        occasion=question.occasion,
        at=question.at,
        clock=clock,
        pauses=clock is None and bench.rule.after_supplement is not ClockPolicy.CONTINUE,
        steps=steps_for(
            bench.rule, bench.procedure, clock.due_at, calendar, hours, since=clock.started_at
        )
        if clock
        else (),
        citizen_due_at=citizen_due(question.at, limit, calendar=calendar).due_at
        if limit and clock is None
        else None,
        case_due_at=case_due_at,
        case_due_soon_at=one_working_day_before(case_due_at, calendar=calendar),
        case_steps=steps_for(
            bench.rule,
            None,
            case_due_at,
            calendar,
            first.office_hours,
            since=question.dates.received_at,
        )
        if case_due_at != question.case_due_at
        else (),
    )
