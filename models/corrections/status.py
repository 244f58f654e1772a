"""What a correction tells the outside: the answer of `status` and the result of its workflow."""

from datetime import datetime

from models.contracts.corrections import CorrectionKind
from models.corrections.correction import Correction, RunningStep, Task
from models.corrections.plan import StepKind
from models.corrections.states import CorrectionState, StepState, TaskOutcome
from models.kernel.base import AgencyId, CaseCode, CorrectionId, Instant, Message, ProcedureId
from models.kernel.findings import Finding
from models.kernel.vocabulary import Attention


class StepStatus(Message):
    """One agency that must act, and what it answered. Holds nothing it issued."""

    id: str
    kind: StepKind
    agency: AgencyId
    title: str
    key: str
    procedure: ProcedureId
    state: StepState
    acknowledged_at: Instant | None = None
    """When the agency says it acknowledged."""
    settled_at: Instant | None = None
    """When we heard of it."""
    effect: str | None = None
    reason_code: str | None = None
    parked_because: str | None = None


class TaskStatus(Message):
    """Money a named person must claim back."""

    id: str
    assignee: str
    amount: int | None
    """Whole đồng; None: only the payer knows."""
    payment_key: str
    reference: str | None = None
    """The payer's own number of what was paid."""
    opened_at: Instant
    due_at: Instant | None = None
    due_is_verified: bool = False
    overdue: bool = False
    outcome: TaskOutcome | None = None
    settled_by: str | None = None
    settled_at: Instant | None = None
    reason: str | None = None


class CorrectionStatus(Message):
    """The whole correction. Holds no personal data: officers are ids, facts are left out."""

    correction_id: CorrectionId | None = None
    workflow_id: str
    case_code: CaseCode | None = None
    case_id: str | None = None
    kind: CorrectionKind | None = None
    act: ProcedureId | None = None
    state: CorrectionState
    attention: Attention = Attention.NONE
    is_duplicate: bool = False
    """The decision was carried out before: this is what became of it then."""
    case_was_open: bool | None = None
    decided_by: str | None = None
    approved_by: str | None = None
    approved_at: Instant | None = None
    legal_basis: str | None = None
    recorded_at: Instant
    closed_at: Instant | None = None
    steps: tuple[StepStatus, ...] = ()
    tasks: tuple[TaskStatus, ...] = ()
    errors: tuple[Finding, ...] = ()


def status_of(correction: Correction, now: datetime) -> CorrectionStatus:
    """The answer of the `status` query, and the result of the workflow."""
    decision = correction.decision
    told = (
        {
            "correction_id": decision.correction_id,
            "case_code": decision.case_code,
            "kind": decision.kind,
            "act": decision.act,
            "decided_by": decision.decided_by,
            "legal_basis": decision.legal_basis,
        }
        if decision
        else {}
    )
    return CorrectionStatus.model_validate(
        {
            "workflow_id": correction.workflow_id,
            "case_id": correction.case.ref.case_id if correction.case else None,
            "state": correction.state,
            "attention": correction.attention,
            "case_was_open": correction.case_was_open,
            "approved_by": correction.approved_by,
            "approved_at": correction.approved_at,
            "recorded_at": correction.recorded_at,
            "closed_at": correction.closed_at,
            "steps": tuple(map(_step, correction.steps.values())),
            "tasks": tuple(_task(task, now) for task in correction.tasks.values()),
            "errors": correction.findings,
            **told,
        }
    )


def _step(step: RunningStep) -> StepStatus:
    plan, receipt = step.plan, step.receipt
    return StepStatus(
        id=plan.id,
        kind=plan.kind,
        agency=plan.agency,
        title=plan.title,
        key=plan.key,
        procedure=plan.procedure,
        state=step.state,
        acknowledged_at=receipt.at if receipt else None,
        settled_at=step.settled_at,
        effect=receipt.effect if receipt else None,
        reason_code=step.reason_code,
        parked_because=step.parked_because,
    )


def _task(task: Task, now: datetime) -> TaskStatus:
    return TaskStatus.model_validate(
        {
            "id": task.id,
            "assignee": task.assignee,
            "amount": task.step.amount,
            "payment_key": task.step.key,
            "reference": task.reference,
            "opened_at": task.opened_at,
            "due_at": task.reminders.due_at,
            "due_is_verified": task.reminders.verified,
            "overdue": task.is_overdue(now),
            "outcome": task.outcome,
            "settled_by": task.settled_by,
            "settled_at": task.settled_at,
            "reason": task.reason,
        }
    )
