"""What the legal clock makes of a case: a dossier filed, a due instant moved, a clock stopped."""

from datetime import datetime

from pydantic import JsonValue

from models.cases.cases import Case, written
from models.cases.dossiers import Dossier
from models.cases.events import Event
from models.cases.transitions.steps import arm, tell
from models.clock.deadline_query import Occasion, Reckoning
from models.kernel.vocabulary import DossierState


def file(case: Case, dossier: Dossier, at: datetime, reckoning: Reckoning | None) -> None:
    """Hand a dossier to its agency: from this instant the agency holds the clock.

    None: its clock has run since the citizen's file was received.
    """
    dossier.state = DossierState.SUBMITTED
    dossier.filed_at = at
    dossier.clock = reckoning.clock if reckoning else dossier.plan.clock
    case.note(at, Event.DOSSIER_FILED, dossier, due_at=written(dossier.due_at))
    arm(case, dossier, reckoning.steps if reckoning else dossier.plan.steps, at)
    if reckoning is not None:
        _move_case(case, reckoning, at)


def reckon(case: Case, dossier: Dossier, reckoning: Reckoning, at: datetime) -> None:
    """Take over what the legal clock answered, and keep the old due instant and the reason."""
    if reckoning.clock is None:
        _stand_still(dossier, reckoning)
        return
    before, dossier.clock = dossier.due_at, reckoning.clock
    if reckoning.occasion is Occasion.RESUMED:
        dossier.paused_at = dossier.citizen_due_at = None
    arm(case, dossier, reckoning.steps, at)
    if before is not None and before != dossier.due_at:
        moved = _move(reckoning.occasion, before, reckoning.clock.due_at)
        case.note(at, Event.DUE_MOVED, dossier, **moved)
    _move_case(case, reckoning, at)


def extend(case: Case, dossier: Dossier, reckoning: Reckoning, at: datetime, reason: str) -> None:
    """An agency has named the one new date of its apology."""
    dossier.apologies = (*dossier.apologies, reason)
    reckon(case, dossier, reckoning, at)


def _stand_still(dossier: Dossier, reckoning: Reckoning) -> None:
    """Wanted again, it stands still since the first time, and the citizen has a new limit."""
    dossier.paused_at = (dossier.paused_at or reckoning.at) if reckoning.pauses else None
    dossier.citizen_due_at = reckoning.citizen_due_at
    dossier.reckoned_wants = len(dossier.wants)
    if dossier.wants and reckoning.citizen_due_at:
        dossier.answer_by[dossier.wants[-1].at] = reckoning.citizen_due_at


def _move_case(case: Case, reckoning: Reckoning, at: datetime) -> None:
    if case.clock is None or case.clock.due_at == reckoning.case_due_at:
        return
    before, missed = case.clock.due_at, case.clock.move(reckoning, at)
    case.note(at, Event.DUE_MOVED, None, **_move(reckoning.occasion, before, case.clock.due_at))
    tell(case, missed, at)


def _move(because: Occasion, old: datetime, new: datetime) -> dict[str, JsonValue]:
    return {"because": because, "old": written(old), "new": written(new)}
