"""What can happen to a correction; each act leaves an entry in its record."""

from datetime import datetime

from models.cases.case import written
from models.cases.events import Event
from models.contracts.corrections import CorrectionReceipt
from models.contracts.payments import PaymentState
from models.corrections.correction import Correction, RunningStep, Task
from models.corrections.notices import approval_notice, claim_notice
from models.corrections.orders import CaseHeard, CorrectionIntake, CorrectionOutcome, MoneyStopped
from models.corrections.plan import CorrectionPlan, CorrectionStep
from models.corrections.requests import Approve, SettleTask
from models.corrections.states import CorrectionState, StepState
from models.kernel.findings import Finding


def take_in(correction: Correction, outcome: CorrectionOutcome, at: datetime) -> None:
    """Begin as the intake decided; a duplicate says only what became of it before."""
    correction.decision, correction.case = outcome.decision, outcome.case
    if outcome.intake is CorrectionIntake.REFUSED:
        refuse(correction, outcome.findings, at)
    if outcome.before is not None:
        correction.state = outcome.before.state
        correction.note(at, Event.CORRECTION_DUPLICATED)
    decision = outcome.decision
    if outcome.intake is not CorrectionIntake.TAKEN or decision is None:
        return
    correction.note(
        at,
        Event.CORRECTION_TAKEN,
        correction_id=decision.correction_id,
        kind=decision.kind,
        decided_by=decision.decided_by,
        legal_basis=decision.legal_basis,
    )
    if decision.approved_by is None:
        correction.state = CorrectionState.AWAITING_APPROVAL
    else:
        _approve(correction, decision.approved_by, at)


def refuse(correction: Correction, findings: tuple[Finding, ...], at: datetime) -> None:
    """It cannot be carried out: nothing was touched."""
    correction.state, correction.findings = CorrectionState.REFUSED, findings
    rules = sorted({finding.rule for finding in findings})
    correction.note(at, Event.CORRECTION_REFUSED, rules=list(rules))


def hear_approver(correction: Correction, said: Approve, at: datetime) -> None:
    """The second person has spoken."""
    if said.agrees:
        _approve(correction, said.by, at)
        return
    correction.state = CorrectionState.DISAGREED
    correction.note(at, Event.CORRECTION_DISAGREED, by=said.by, reason=said.reason or None)


def queue(correction: Correction, held_by: str, at: datetime) -> None:
    """Another correction of the case is at work: this one follows it."""
    correction.state, correction.held_by = CorrectionState.QUEUED, held_by
    correction.note(at, Event.CORRECTION_QUEUED, behind=held_by)


def tell_case(correction: Correction, heard: CaseHeard) -> None:
    """The case has been told, or the book was read in its place."""
    correction.state, correction.held_by = CorrectionState.IN_PROGRESS, None
    correction.case_was_open = correction.case_was_told = heard.was_open
    if correction.case is not None:
        update = {"dossiers": heard.dossiers, "is_open": heard.was_open}
        correction.case = correction.case.model_copy(update=update)


def plan(correction: Correction, made: CorrectionPlan, at: datetime) -> None:
    """From here on something is done: these are the steps."""
    correction.steps = {one.id: RunningStep(one) for one in made.steps}
    correction.note(
        at,
        Event.CORRECTION_BEGUN,
        case_was_open=correction.case_was_open,
        steps=list(correction.steps),
    )


def add_step(correction: Correction, step: CorrectionStep) -> RunningStep:
    """What turned out to be needed only on the way."""
    return correction.steps.setdefault(step.id, RunningStep(step))


def lose_contact(correction: Correction, step: RunningStep, at: datetime) -> None:
    """An agency cannot be reached: it delays its own step and no other."""
    step.state = StepState.UNREACHABLE
    correction.note(at, Event.AGENCY_UNREACHABLE, step.plan, step=step.plan.id)


def regain_contact(correction: Correction, step: RunningStep, at: datetime) -> None:
    """The agency answers again."""
    if step.state is StepState.UNREACHABLE:
        step.state = StepState.TELLING
        correction.note(at, Event.AGENCY_REACHED, step.plan, step=step.plan.id)


def acknowledge(
    correction: Correction, step: RunningStep, receipt: CorrectionReceipt, at: datetime
) -> None:
    """An agency has done what the correction asks of it."""
    step.state, step.receipt, step.settled_at = StepState.ACKNOWLEDGED, receipt, at
    step.parked_because = step.reason_code = None
    correction.note(
        at,
        Event.CORRECTION_ACKNOWLEDGED,
        step.plan,
        step=step.plan.id,
        effect=receipt.effect or None,
        acknowledged_at=written(receipt.at),
    )


def give_back(correction: Correction, step: RunningStep, at: datetime) -> None:
    """The dossier was still open and came to nothing: there is nothing to undo."""
    step.state, step.settled_at = StepState.GIVEN_BACK, at
    correction.note(at, Event.CORRECTION_GIVEN_BACK, step.plan, step=step.plan.id)


def stop_money(
    correction: Correction, step: RunningStep, stopped: MoneyStopped, at: datetime
) -> None:
    """Stopped in time; or paid already, and then a named person owes the claim."""
    answer = stopped.answer
    receipt = CorrectionReceipt(acknowledged=True, at=answer.at, effect=answer.state)
    acknowledge(correction, step, receipt, at)
    if answer.state is not PaymentState.PAID or correction.decision is None:
        return
    decision = correction.decision
    task = Task(
        id=f"claim_back.{step.plan.procedure}",
        step=step.plan,
        assignee=decision.assignee or decision.decided_by,
        opened_at=at,
        reminders=stopped.claim,
        reference=answer.reference,
    )
    correction.tasks[task.id] = task
    correction.note(
        at,
        Event.CLAIM_OPENED,
        step.plan,
        task=task.id,
        assignee=task.assignee,
        amount=step.plan.amount,
        due_at=written(stopped.claim.due_at),
    )
    correction.reminders.append(claim_notice(correction, task, at))


def park(correction: Correction, step: RunningStep, because: str, at: datetime) -> None:
    """A coded refusal, or nonsense, needs a person; `because` names its kind, nothing personal."""
    step.state, step.parked_because = StepState.PARKED, because
    correction.note(at, Event.STEP_PARKED, step.plan, step=step.plan.id, because=because)


def park_all(correction: Correction, because: str, at: datetime) -> None:
    """A step of our own needs a person."""
    correction.parked_because = because
    correction.note(at, Event.STEP_PARKED, because=because)


def resume(correction: Correction, step: str | None, by: str, at: datetime) -> None:
    """A person says that one parked step, or all, may be tried again."""
    for id, one in correction.steps.items():
        if one.state is StepState.PARKED and step in (None, id):
            one.state, one.parked_because, one.reason_code = StepState.TELLING, None, None
            correction.note(at, Event.STEP_RESUMED, one.plan, step=id, by=by)
    if step is None and correction.parked_because is not None:
        correction.parked_because = None
        correction.note(at, Event.STEP_RESUMED, by=by)


def settle_task(correction: Correction, said: SettleTask, at: datetime) -> None:
    """A person has brought a claim to its end."""
    task = correction.tasks[said.task]
    task.outcome, task.settled_by, task.settled_at = said.outcome, said.by, at
    task.reason = said.reason
    correction.note(
        at,
        Event.CLAIM_SETTLED,
        task.step,
        task=task.id,
        outcome=said.outcome,
        by=said.by,
        reason=said.reason,
    )


def finish_telling(correction: Correction, at: datetime) -> None:
    """Every agency has acknowledged; what is left are persons' tasks."""
    correction.state = CorrectionState.CLAIMING_BACK
    correction.note(at, Event.CORRECTION_TOLD)


def close(correction: Correction, at: datetime) -> None:
    """Nothing is left to do."""
    if not correction.is_ended:
        correction.state = CorrectionState.COMPLETED
    correction.closed_at = at
    correction.note(at, Event.CORRECTION_CLOSED, state=correction.state)


def remind_approver(correction: Correction, level: int, at: datetime) -> None:
    """The second person is told again that their word is awaited; then their superior too."""
    correction.note(at, Event.APPROVAL_REMINDED, level=level)
    correction.reminders.append(approval_notice(correction, at, level=level))


def remind_claimant(correction: Correction, task: Task, level: int, at: datetime) -> None:
    """Who owes the claim is told again."""
    overdue = task.is_overdue(at)
    correction.note(at, Event.CLAIM_REMINDED, task.step, task=task.id, level=level, overdue=overdue)
    correction.reminders.append(claim_notice(correction, task, at, level=level))


def cancel(correction: Correction, at: datetime) -> None:
    """Operations have cancelled the workflow: what was told stays told."""
    correction.state = CorrectionState.CANCELLED
    correction.note(at, Event.CORRECTION_CANCELLED)


def _approve(correction: Correction, by: str, at: datetime) -> None:
    correction.approved_by, correction.approved_at = by, at
    correction.state = CorrectionState.IN_PROGRESS
    correction.note(at, Event.CORRECTION_APPROVED, by=by)
