"""What the legal clock makes of a case: a dossier filed, a due instant moved, a clock stopped."""

from collections.abc import Iterable
from datetime import datetime

from pydantic import JsonValue

from models.cases.case import Case, written
from models.cases.clock import ReachedMilestone, armed
from models.cases.dossier import Dossier, Proposal
from models.cases.events import Event
from models.cases.notices import reminder_of
from models.clock.deadline_query import ClockEvent, DeadlineResult
from models.clock.steps import Milestone
from models.kernel.vocabulary import DossierState


def file(case: Case, dossier: Dossier, at: datetime, deadline: DeadlineResult | None) -> None:
    """Hand a dossier to its agency: from this instant the agency holds the clock.

    None: its clock has run since the citizen's file was received.
    """
    dossier.state = DossierState.SUBMITTED
    dossier.filed_at = at
    dossier.clock = deadline.clock if deadline else dossier.plan.clock
    case.note(at, Event.DOSSIER_FILED, dossier, due_at=written(dossier.due_at))
    arm(case, dossier, deadline.steps if deadline else dossier.plan.steps, at)
    if deadline is not None:
        _move_case(case, deadline, at)


def apply_deadline(case: Case, dossier: Dossier, deadline: DeadlineResult, at: datetime) -> None:
    """Take over what the legal clock answered, and keep the old due instant and the reason."""
    if deadline.clock is None:
        _stand_still(dossier, deadline)
        return
    before, dossier.clock = dossier.due_at, deadline.clock
    if deadline.occasion is ClockEvent.RESUMED:
        dossier.paused_at = dossier.citizen_due_at = None
    arm(case, dossier, deadline.steps, at)
    if before is not None and before != dossier.due_at:
        moved = _move(deadline.occasion, before, deadline.clock.due_at)
        case.note(at, Event.DUE_MOVED, dossier, **moved)
    _move_case(case, deadline, at)


def extend(
    case: Case, dossier: Dossier, deadline: DeadlineResult, at: datetime, reason: str
) -> None:
    """An agency has named the one new date of its apology."""
    dossier.apologies = (*dossier.apologies, reason)
    apply_deadline(case, dossier, deadline, at)


def _stand_still(dossier: Dossier, deadline: DeadlineResult) -> None:
    """Wanted again, it stands still since the first time, and the citizen has a new limit."""
    dossier.paused_at = (dossier.paused_at or deadline.at) if deadline.pauses else None
    dossier.citizen_due_at = deadline.citizen_due_at
    dossier.computed_wants = len(dossier.wants)
    if dossier.wants and deadline.citizen_due_at:
        dossier.answer_by[dossier.wants[-1].at] = deadline.citizen_due_at


def _move_case(case: Case, deadline: DeadlineResult, at: datetime) -> None:
    if case.clock is None or case.clock.due_at == deadline.case_due_at:
        return
    before, missed = case.clock.due_at, case.clock.move(deadline, at)
    case.note(at, Event.DUE_MOVED, None, **_move(deadline.occasion, before, case.clock.due_at))
    note_reached(case, missed, at)


def _move(because: ClockEvent, old: datetime, new: datetime) -> dict[str, JsonValue]:
    return {"because": because, "old": written(old), "new": written(new)}


def reach_steps(case: Case, at: datetime) -> None:
    """Tell of every step whose instant has come: each is told once."""
    if case.clock is not None:
        note_reached(case, case.clock.take(case.dossiers.values(), at), at)


def arm(case: Case, dossier: Dossier, steps: Iterable[Milestone], at: datetime) -> None:
    """Wait for the steps of a dossier's due instant; of those already past only the newest."""
    dossier.steps, missed = armed(tuple(steps), at, dossier.told, dossier)
    note_reached(case, missed, at)


def note_reached(case: Case, reached: Iterable[ReachedMilestone], at: datetime) -> None:
    """Put steps on record, and remind of those that were not missed."""
    for one in reached:
        event = Event.STEP_MISSED if one.missed else Event.STEP_REACHED
        step = one.step
        facts = {"step": step.key, "due_at": written(step.due_at), "level": step.level}
        facts["new_due_at"] = written(_prepare_apology(one, at))
        _told(case, one).add(step.mark)
        case.note(at, event, one.dossier, **facts)
        if case.opening is not None and not one.missed:
            case.reminders.append(reminder_of(case.opening, one))


def _prepare_apology(reached: ReachedMilestone, at: datetime) -> datetime | None:
    """Form 04 with its one new date, for the agency to send where it will not be in time."""
    step, dossier = reached.step, reached.dossier
    if dossier is None or step.new_due_at is None or reached.missed:
        return None
    proposal = Proposal(at, step.due_at, step.new_due_at, dossier.state, dossier.holder)
    dossier.proposals = (*dossier.proposals, proposal)
    return step.new_due_at


def _told(case: Case, reached: ReachedMilestone) -> set[str]:
    about = reached.dossier or case.clock
    return about.told if about else set()
