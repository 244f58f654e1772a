"""Telling of the steps around a due instant: each of them once."""

from collections.abc import Iterable
from datetime import datetime

from models.cases.case_clock import ReachedMilestone, armed
from models.cases.cases import Case, written
from models.cases.dossiers import Dossier, Proposal
from models.cases.events import Event
from models.cases.reminders import reminder_of
from models.clock.steps import Milestone


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
