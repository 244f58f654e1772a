"""A case without a workflow around it, and the legal clock asked as the workflow asks it."""

from collections.abc import Iterable
from datetime import datetime

from models.cases.case import Case
from models.cases.dossier import Dossier
from models.cases.transitions import clock, lifecycle
from models.clock.deadline_query import ClockEvent, DeadlineQuery, DeadlineResult, compute_deadline
from models.intake.admission import Admission
from models.kernel.base import CaseCode
from models.law.context import LegalContext

from harness import families
from harness.admissions import CONTEXT, MORNING, admission, admission_of

CODE = CaseCode("H26.05.13-261117-0001")


def opened(context: LegalContext = CONTEXT, *, procedures: Iterable[str] = families.ALL) -> Case:
    """A case taken in this morning, its receipt sent, and nothing filed yet."""
    return _taken_in(admission(1, "run-1", context=context, procedures=procedures))


def opened_death(context: LegalContext = CONTEXT, *, procedures: Iterable[str]) -> Case:
    """The case of a death, likewise."""
    raw = families.death(1, MORNING, procedures)
    return _taken_in(admission_of(raw, "run-1", "death/x-1", context))


def _taken_in(admitted: Admission) -> Case:
    outcome = admitted.with_code(CODE).model_copy(update={"receipt_sent": True})
    submission = admitted.submission
    case = Case(submission.case_id, submission.group, MORNING)
    lifecycle.take_in(case, outcome, MORNING)
    return case


def deadline_of(  # noqa: PLR0913 - what the workflow knows when it asks
    case: Case,
    dossier: Dossier,
    occasion: ClockEvent,
    now: datetime,
    working_days: int = 0,
    *,
    context: LegalContext = CONTEXT,
) -> DeadlineResult:
    """What the legal clock answers."""
    if case.opening is None or case.clock is None:
        raise ValueError("the case is not open")
    question = DeadlineQuery(
        occasion=occasion,
        law=case.opening.law,
        procedure=dossier.procedure,
        at=now,
        dates=case.opening.deadlines,
        case_due_at=case.clock.due_at,
        case_was_moved=case.clock.was_moved,
        clock=dossier.clock,
        paused_at=dossier.paused_at,
        working_days=working_days,
    )
    return compute_deadline(question, context)


def file(case: Case, dossier: Dossier, now: datetime, *, context: LegalContext = CONTEXT) -> None:
    """Hand a dossier to its agency, whatever it relies on."""
    begun = dossier.plan.clock is not None
    answer = (
        None if begun else deadline_of(case, dossier, ClockEvent.HANDED_OVER, now, context=context)
    )
    clock.file(case, dossier, now, answer)
