"""What the legal clock makes of a case: a dossier filed, a due instant moved, a clock stopped."""

from datetime import datetime

from pydantic import JsonValue

from models.cases.cases import Case, written
from models.cases.dossiers import Dossier
from models.cases.events import Event
from models.cases.transitions.steps import arm, note_reached
from models.clock.deadline_query import ClockEvent, DeadlineResult
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
