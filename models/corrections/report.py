"""Saying to the outside how a correction stands. Holds no personal data."""

from datetime import datetime

from models.corrections.corrections import Correction, RunningStep, Task
from models.corrections.status import CorrectionStatus, StepStatus, TaskStatus


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
