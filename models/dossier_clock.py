"""The legal clock of one dossier: when it began, stood still, and what is due. Pure."""

from datetime import datetime

from models.base import Instant, Message, ProcedureId
from models.calendars import Calendar
from models.dossier_deadlines import dossier_due
from models.law import Agency, ClockPolicy, GroupRule
from models.law_procedures import ProcedureRule
from models.working_time import Pause, extended_due, resume_due, verification_due
from models.working_time_moves import Move, NewDue


class Stop(Message):
    """The clock stood still between two instants, while the citizen was asked for something."""

    paused_at: Instant
    resumed_at: Instant


class DossierClock(Message):
    """Everything a due instant follows from, so that anyone can work it out again."""

    started_at: Instant
    """From when the limit is counted; a supplement under RESTART moves it."""
    verification: bool = False
    stops: tuple[Stop, ...] = ()
    """Under PAUSE: every stop since the start."""
    extended_days: int = 0
    extensions: int = 0
    due_at: Instant
    original_due_at: Instant
    moves: tuple[NewDue, ...] = ()
    """Every change of the due instant, old and new with its reason, oldest first."""
    explanation: tuple[str, ...] = ()
    """Of the first due instant; each move explains itself."""
    calendar_id: str = ""
    calendar_digest: str = ""


class Bench(Message):
    """What a clock is read against: the rule, the procedure, its agency and the calendar."""

    rule: GroupRule
    procedure: ProcedureId
    agency: Agency
    calendar: Calendar

    @property
    def step(self) -> ProcedureRule:
        """The procedure's own rule."""
        return self.rule.procedure(self.procedure)

    def limit_days(self, *, verification: bool) -> int | None:
        """The step's own limit; None: only the case's total holds."""
        limit = self.step.limit
        may = verification and self.step.may_verify
        return limit.days(verification=may) if limit else None


def started(bench: Bench, at: datetime, case_due_at: datetime) -> DossierClock:
    """The clock of a dossier handed over now."""
    first = dossier_due(
        bench.rule, bench.procedure, at, bench.calendar, bench.agency, case_due_at=case_due_at
    )
    return DossierClock(
        started_at=at,
        due_at=first.due_at,
        original_due_at=first.due_at,
        explanation=first.explanation,
        calendar_id=bench.calendar.id,
        calendar_digest=bench.calendar.digest,
    )


def resumed(clock: DossierClock, bench: Bench, stop: Stop) -> DossierClock:
    """The clock runs again after a supplement, by the policy of the rule."""
    days = bench.limit_days(verification=clock.verification)
    policy = bench.rule.after_supplement
    if days is None:
        policy = ClockPolicy.PAUSE  # without a limit of its own there is none to begin anew
    move = resume_due(
        policy,
        clock.due_at,
        Pause(stop.paused_at, stop.resumed_at),
        limit_days=days or 0,
        calendar=bench.calendar,
        hours=bench.agency.office_hours,
        counting=bench.rule.counting,
        cut_off=bench.rule.cut_off if bench.rule.supplement_cut_off else None,
    )
    if policy is ClockPolicy.RESTART:
        clock = clock.model_copy(update={"started_at": stop.resumed_at, "stops": ()})
    elif policy is ClockPolicy.PAUSE:
        clock = clock.model_copy(update={"stops": (*clock.stops, stop)})
    return moved(clock, move)


def verified(clock: DossierClock, bench: Bench) -> DossierClock:
    """The agency verifies: the longer limit holds, from the same start."""
    days = bench.limit_days(verification=True)
    clock = clock.model_copy(update={"verification": True})
    if days is None or not bench.step.may_verify:
        return clock
    move = verification_due(
        clock.due_at,
        clock.started_at,
        days,
        calendar=bench.calendar,
        hours=bench.agency.office_hours,
        counting=bench.rule.counting,
        pauses=[Pause(stop.paused_at, stop.resumed_at) for stop in clock.stops],
    )
    return moved(clock, move)


def extended(clock: DossierClock, bench: Bench, working_days: int) -> DossierClock:
    """The one new date of an apology."""
    move = extended_due(
        clock.due_at, working_days, calendar=bench.calendar, hours=bench.agency.office_hours
    )
    update = {
        "extended_days": clock.extended_days + working_days,
        "extensions": clock.extensions + 1,
    }
    return moved(clock.model_copy(update=update), move)


def recounted(
    clock: DossierClock, bench: Bench, case_due_at: datetime, first_due_at: datetime | None
) -> DossierClock:
    """The same clock by another calendar: everything that happened to it is counted again.

    `first_due_at` is given where the first due instant was counted from the citizen's reception.
    """
    anew = started(bench, clock.started_at, case_due_at)
    if first_due_at is not None:
        anew = anew.model_copy(update={"due_at": first_due_at})
    if clock.verification:
        anew = verified(anew, bench)
    for stop in clock.stops:
        anew = resumed(anew, bench, stop)
    if clock.extended_days:
        anew = extended(anew, bench, clock.extended_days)
    move = NewDue(
        move=Move.CALENDAR,
        old_due_at=clock.due_at,
        due_at=anew.due_at,
        explanation=(f"tính lại theo lịch {bench.calendar.id}", *anew.explanation),
    )
    counted = clock.model_copy(
        update={"calendar_id": bench.calendar.id, "calendar_digest": bench.calendar.digest}
    )
    return moved(counted, move) if move.has_moved else counted


def moved(clock: DossierClock, move: NewDue) -> DossierClock:
    """Keep the old due instant and the reason beside the new one."""
    return clock.model_copy(update={"due_at": move.due_at, "moves": (*clock.moves, move)})
