"""The counter in code: hand in declarations, and ask how their cases stand."""

import asyncio
import secrets
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from temporalio.client import Client, WorkflowExecutionStatus, WorkflowHandle
from temporalio.common import WorkflowIDConflictPolicy, WorkflowIDReusePolicy
from temporalio.exceptions import WorkflowAlreadyStartedError
from temporalio.service import RPCError, RPCStatusCode

from models.cases.status import CaseStatus
from models.cases.views import CaseClocks
from models.declarations.case_ids import case_id_for, declaration_digest
from models.declarations.declarations import Declaration
from models.declarations.rules.kinds import DECLARATIONS
from models.entitlements.prechecks import PrecheckAnswer
from models.kernel.base import CaseId, GroupId
from models.kernel.errors import LienthongError
from models.kernel.vocabulary import CaseState
from workflows.case.engine import LinkedCase

CASES_QUEUE = "cases"
QUERY_PATIENCE = timedelta(seconds=10)
SHORT_ID = 24


class NoAnswerError(LienthongError):
    """Nobody answers for the case: no worker is running, or the server is away."""


class UnknownCaseError(LienthongError):
    """There is no case of that code or id."""


class Filing(StrEnum):
    """What became of a start."""

    STARTED = "started"
    EXISTS = "exists"


@dataclass(frozen=True, kw_only=True)
class Filed:
    """A declaration handed in."""

    case_id: CaseId
    filing: Filing
    digest: str


@dataclass(frozen=True, kw_only=True)
class CaseRef:
    """One run of a case; without a run id, the newest."""

    case_id: CaseId
    run_id: str | None = None


@dataclass(frozen=True)
class CaseClient:
    """Starts cases and reads them, through the Temporal SDK alone, as any other backend would."""

    client: Client

    async def file(self, declaration: Declaration) -> Filed:
        """Start the case of a checked declaration, unless one of its id is running."""
        digest = declaration_digest(declaration)
        case_id = case_id_for(declaration) or unnamed_case_id(declaration.group, digest)
        raw = declaration.model_dump(mode="json", by_alias=True)
        return Filed(
            case_id=case_id,
            filing=await self.start(declaration.group, case_id, raw),
            digest=digest,
        )

    async def start(self, group: str, case_id: str, raw: object) -> Filing:
        """Start a case with whatever is to be declared; the intake judges it."""
        kind = DECLARATIONS[GroupId(group)]
        try:
            await self.client.start_workflow(
                kind.workflow,
                raw,
                id=case_id,
                task_queue=CASES_QUEUE,
                id_reuse_policy=WorkflowIDReusePolicy.ALLOW_DUPLICATE,
                id_conflict_policy=WorkflowIDConflictPolicy.FAIL,
                static_summary=kind.summary,
            )
        except WorkflowAlreadyStartedError:
            return Filing.EXISTS
        return Filing.STARTED

    async def precheck(self, declaration: Declaration) -> PrecheckAnswer:
        """Ask which fund would pay; every asking is a workflow of its own, and is kept."""
        answer: PrecheckAnswer = await self.client.execute_workflow(
            "Precheck",
            declaration.model_dump(mode="json", by_alias=True),
            id=f"precheck/{secrets.token_hex(SHORT_ID // 2)}",
            task_queue=CASES_QUEUE,
            static_summary="Tra cứu quyền hưởng trước khi nộp",
            result_type=PrecheckAnswer,
        )
        return answer

    async def status(self, case_id: str, run_id: str | None = None) -> CaseStatus:
        """How a case stands now, open or closed.

        Raises:
            UnknownCaseError: the server has no history of that id (any more).
            NoAnswerError: no worker answers for it.
        """
        handle = self._handle(case_id, run_id)
        try:
            described = await handle.describe()
            status: CaseStatus = (
                await handle.result()
                if described.status is WorkflowExecutionStatus.COMPLETED
                else await handle.query(LinkedCase.status, rpc_timeout=QUERY_PATIENCE)
            )
        except RPCError as error:
            raise _explained(error, case_id) from error
        return status

    async def clocks(self, ref: CaseRef) -> CaseClocks:
        """The legal clocks of a case; raises as `status`."""
        try:
            return await self.handle(ref).query(LinkedCase.clocks, rpc_timeout=QUERY_PATIENCE)
        except RPCError as error:
            raise _explained(error, ref.case_id) from error

    async def run_id(self, ref: CaseRef) -> str:
        """The run an id stands for: the newest; raises as `status`."""
        try:
            described = await self.handle(ref).describe()
        except RPCError as error:
            raise _explained(error, ref.case_id) from error
        return described.run_id

    async def after_intake(self, case_id: str) -> CaseStatus:
        """Wait until the intake has decided, and tell what."""
        pause = 0.05
        while True:
            status = await self.status(case_id)
            if status.state is not CaseState.RECEIVED:
                return status
            await asyncio.sleep(pause)
            pause = min(pause * 2, 1.0)

    async def report(self, case_id: str) -> CaseStatus:
        """Wait for the end of a case."""
        return await self._handle(case_id).result()

    async def find(self, code_or_id: str) -> CaseRef:
        """The case of a code, or the newest run of an id.

        Raises:
            UnknownCaseError: no case bears that code.
        """
        if "/" in code_or_id:
            return CaseRef(case_id=CaseId(code_or_id))
        quoted = code_or_id.replace("'", "")
        async for found in self.client.list_workflows(
            f"CaseCode = '{quoted}' AND WorkflowType != 'Correction'", limit=1
        ):
            return CaseRef(case_id=CaseId(found.id), run_id=found.run_id)
        raise UnknownCaseError(
            f"Không tìm thấy hồ sơ {code_or_id}: hãy kiểm tra mã hồ sơ, hoặc hồ sơ đã quá hạn lưu."
        )

    def handle(self, ref: CaseRef) -> WorkflowHandle[LinkedCase, CaseStatus]:
        """The case itself, to say something to it."""
        return self._handle(ref.case_id, ref.run_id)

    def _handle(
        self, case_id: str, run_id: str | None = None
    ) -> WorkflowHandle[LinkedCase, CaseStatus]:
        return self.client.get_workflow_handle(case_id, run_id=run_id, result_type=CaseStatus)


def unnamed_case_id(group: str, digest: str) -> CaseId:
    """An id for a declaration without a notice: the same declaration has the same one."""
    return CaseId(f"{group}/x-{digest.removeprefix('sha256:')[:SHORT_ID]}")


def _explained(error: RPCError, case_id: str) -> LienthongError:
    if error.status is RPCStatusCode.NOT_FOUND:
        return UnknownCaseError(f"Không tìm thấy hồ sơ {case_id}.")
    return NoAnswerError(
        f"Chưa có tiến trình nào trả lời cho hồ sơ {case_id}: chạy `lienthong up` hoặc"
        " `lienthong worker`."
    )
