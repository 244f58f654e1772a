"""What people say to a correction: each update is checked first, and taken once."""

from temporalio import workflow
from temporalio.common import RawValue

from codec.marks import CASES, audience_of, sealed_with
from models.corrections import transitions
from models.corrections.correction import Correction
from models.corrections.requests import (
    Approve,
    CorrectionAccepted,
    ResumeStep,
    SettleTask,
    is_same_person,
)
from models.corrections.states import CorrectionState, StepState
from models.corrections.status import CorrectionStatus, status_of
from workflows.runtime.updates import Inbox, read, refuse_field


class CorrectionUpdates:
    """The updates and the query of a correction; the same `request_id` again acts on nothing."""

    def __init__(self, correction: Correction) -> None:
        self._correction = correction
        self._inbox = Inbox(
            lambda: CorrectionAccepted(case_code=correction.case_code, state=correction.state)
        )

    @workflow.query
    def status(self) -> CorrectionStatus:
        """The correction as it stands."""
        return status_of(self._correction, workflow.now())

    @workflow.update
    async def approve(self, argument: RawValue) -> RawValue:
        """The second person's word: the correction goes on, or ends untouched."""
        said = read(Approve, argument)
        return self._inbox.take(
            said, lambda: transitions.hear_approver(self._correction, said, workflow.now())
        )

    @approve.validator
    def _may_approve(self, argument: RawValue) -> None:
        self._inbox.check(
            read(Approve, argument),
            lambda said: check_approve(self._correction, said, sealed_with(argument.payload)),
        )

    @workflow.update
    async def settle_task(self, argument: RawValue) -> RawValue:
        """A person has brought the claim of money to its end."""
        said = read(SettleTask, argument)
        return self._inbox.take(
            said, lambda: transitions.settle_task(self._correction, said, workflow.now())
        )

    @settle_task.validator
    def _may_settle(self, argument: RawValue) -> None:
        self._inbox.check(
            read(SettleTask, argument),
            lambda said: check_settle(self._correction, said, sealed_with(argument.payload)),
        )

    @workflow.update
    async def resume(self, argument: RawValue) -> RawValue:
        """Operations say that a parked step may be tried again."""
        said = read(ResumeStep, argument)
        return self._inbox.take(
            said,
            lambda: transitions.resume(self._correction, said.step, said.by, workflow.now()),
        )

    @resume.validator
    def _may_resume(self, argument: RawValue) -> None:
        self._inbox.check(
            read(ResumeStep, argument),
            lambda said: check_resume(self._correction, said),
        )


def check_approve(correction: Correction, said: Approve, key_id: str | None) -> None:
    """Only while it is awaited, and never the person who decided."""
    _check_speaker(correction, key_id)
    decision = correction.decision
    if decision is None or correction.state is not CorrectionState.AWAITING_APPROVAL:
        refuse_field("", "not_awaited", "Quyết định này không chờ phê duyệt.")
    if is_same_person(said.by, decision.decided_by):
        refuse_field("by", "same_person", "Người quyết định không được tự phê duyệt.")
    if not said.agrees and not said.reason.strip():
        refuse_field("reason", "required", "Không phê duyệt thì phải nêu lý do.")


def check_settle(correction: Correction, said: SettleTask, key_id: str | None) -> None:
    """Only an open task can be closed; anybody entitled may, and who did is on record."""
    _check_speaker(correction, key_id)
    task = correction.tasks.get(said.task)
    if task is None:
        known = ", ".join(correction.tasks) or "không có"
        refuse_field("task", "unknown", f"Không có việc này; các việc đang có: {known}.")
    if task.outcome is not None:
        refuse_field("task", "already_settled", "Việc này đã kết thúc.")


def check_resume(correction: Correction, said: ResumeStep) -> None:
    """Only what is parked can be resumed."""
    parked = {id for id, one in correction.steps.items() if one.state is StepState.PARKED}
    if said.step is None and not parked and correction.parked_because is None:
        refuse_field("step", "not_parked", "Không có bước nào bị tạm gác.")
    if said.step is not None and said.step not in parked:
        refuse_field("step", "not_parked", "Bước này không bị tạm gác.")


def _check_speaker(correction: Correction, key_id: str | None) -> None:
    """What is sealed with an agency's key is that agency's: only the act's own may speak here."""
    if key_id is not None and audience_of(key_id) not in {CASES, correction.first_agency}:
        refuse_field("", "not_yours", "Kết quả này thuộc cơ quan khác.")
