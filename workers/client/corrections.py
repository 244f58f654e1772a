"""The desk for corrections in code: start one, speak to one, ask how one stands."""

from dataclasses import dataclass

from temporalio.client import (
    Client,
    RPCTimeoutOrCancelledError,
    WorkflowExecutionStatus,
    WorkflowUpdateFailedError,
)
from temporalio.common import WorkflowIDConflictPolicy, WorkflowIDReusePolicy
from temporalio.service import RPCError, RPCStatusCode

from models.cases.requests import Request
from models.corrections.requests import CorrectionAccepted, correction_workflow_id
from models.corrections.status import CorrectionStatus
from models.kernel.base import CaseId
from workers.client.cases import CASES_QUEUE, QUERY_PATIENCE, NoAnswerError, UnknownCaseError
from workers.client.updates import ANSWER_PATIENCE, CaseEndedError, rejection_of

SUMMARY = "Cải chính, thu hồi kết quả"
_NOBODY = "Chưa có tiến trình nào trả lời cho {}: chạy `lienthong up` hoặc `lienthong worker`."


@dataclass(frozen=True)
class CorrectionClient:
    """Starts corrections and speaks to them, through the Temporal SDK alone."""

    client: Client

    async def start(self, raw: object, correction_id: str) -> CaseId:
        """Start the correction of a decision, or join the one of that number that is running."""
        workflow_id = correction_workflow_id(correction_id)
        await self.client.start_workflow(
            "Correction",
            raw,
            id=workflow_id,
            task_queue=CASES_QUEUE,
            id_reuse_policy=WorkflowIDReusePolicy.ALLOW_DUPLICATE,
            id_conflict_policy=WorkflowIDConflictPolicy.USE_EXISTING,
            static_summary=SUMMARY,
        )
        return workflow_id

    async def status(self, workflow_id: str) -> CorrectionStatus:
        """How a correction stands now, open or ended.

        Raises:
            UnknownCaseError: the server has no correction of that number (any more).
            NoAnswerError: no worker answers for it.
        """
        handle = self.client.get_workflow_handle(workflow_id, result_type=CorrectionStatus)
        try:
            described = await handle.describe()
            if described.status is WorkflowExecutionStatus.COMPLETED:
                ended: CorrectionStatus = await handle.result()
                return ended
            open_: CorrectionStatus = await handle.query(
                "status", result_type=CorrectionStatus, rpc_timeout=QUERY_PATIENCE
            )
        except RPCError as error:
            if error.status is RPCStatusCode.NOT_FOUND:
                raise UnknownCaseError(f"Không tìm thấy quyết định {workflow_id}.") from error
            raise NoAnswerError(_NOBODY.format(workflow_id)) from error
        return open_

    async def result(self, workflow_id: str) -> CorrectionStatus:
        """Wait for its end."""
        handle = self.client.get_workflow_handle(workflow_id, result_type=CorrectionStatus)
        ended: CorrectionStatus = await handle.result()
        return ended

    async def say(self, workflow_id: str, update: str, said: Request) -> CorrectionAccepted:
        """Send an update and wait for the answer; raises as `workers.saying.say`."""
        handle = self.client.get_workflow_handle(workflow_id)
        try:
            answer: CorrectionAccepted = await handle.execute_update(
                update,
                said,
                id=said.request_id,
                result_type=CorrectionAccepted,
                rpc_timeout=ANSWER_PATIENCE,
            )
        except WorkflowUpdateFailedError as error:
            raise rejection_of(error.cause, update) from error
        except RPCTimeoutOrCancelledError as error:
            raise NoAnswerError(_NOBODY.format(workflow_id)) from error
        except RPCError as error:
            if error.status is not RPCStatusCode.NOT_FOUND:
                raise NoAnswerError(_NOBODY.format(workflow_id)) from error
            await self.status(workflow_id)
            raise CaseEndedError(f"{workflow_id} đã kết thúc: không nhận thêm được gì.") from error
        return answer
