"""What people say to a correction: each update is checked first, and taken once."""

from collections.abc import Callable

from temporalio import workflow
from temporalio.common import RawValue

from codec.marks import open_answer, sealed_with
from models.cases.requests import Request
from models.corrections import correcting
from models.corrections.corrections import Correction
from models.corrections.report import status_of
from models.corrections.requests import Approve, CorrectionAccepted, ResumeStep, SettleTask
from models.corrections.status import CorrectionStatus
from workflows.correction.checks import check_approve, check_resume, check_settle
from workflows.runtime.requests import read


class CorrectionUpdates:
    """The updates and the query of a correction; the same `request_id` again acts on nothing."""

    def __init__(self, correction: Correction) -> None:
        self._correction = correction
        self._answered: dict[str, CorrectionAccepted] = {}

    @workflow.query
    def status(self) -> CorrectionStatus:
        """The correction as it stands."""
        return status_of(self._correction, workflow.now())

    @workflow.update
    async def approve(self, argument: RawValue) -> RawValue:
        """The second person's word: the correction goes on, or ends untouched."""
        said = read(Approve, argument)
        return self._take(
            said, lambda: correcting.hear_approver(self._correction, said, workflow.now())
        )

    @approve.validator
    def _may_approve(self, argument: RawValue) -> None:
        said = read(Approve, argument)
        if said.request_id not in self._answered:
            check_approve(self._correction, said, sealed_with(argument.payload))

    @workflow.update
    async def settle_task(self, argument: RawValue) -> RawValue:
        """A person has brought the claim of money to its end."""
        said = read(SettleTask, argument)
        return self._take(
            said, lambda: correcting.settle_task(self._correction, said, workflow.now())
        )

    @settle_task.validator
    def _may_settle(self, argument: RawValue) -> None:
        said = read(SettleTask, argument)
        if said.request_id not in self._answered:
            check_settle(self._correction, said, sealed_with(argument.payload))

    @workflow.update
    async def resume(self, argument: RawValue) -> RawValue:
        """Operations say that a parked step may be tried again."""
        said = read(ResumeStep, argument)
        return self._take(
            said,
            lambda: correcting.resume(self._correction, said.step, said.by, workflow.now()),
        )

    @resume.validator
    def _may_resume(self, argument: RawValue) -> None:
        said = read(ResumeStep, argument)
        if said.request_id not in self._answered:
            check_resume(self._correction, said)

    def _take(self, said: Request, act: Callable[[], None]) -> RawValue:
        if said.request_id not in self._answered:
            act()
        correction = self._correction
        answer = CorrectionAccepted(case_code=correction.case_code, state=correction.state)
        return open_answer(self._answered.setdefault(said.request_id, answer))
