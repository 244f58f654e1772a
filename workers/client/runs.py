"""What Temporal says of the runs of cases, for comparison with the register."""

from dataclasses import dataclass
from datetime import datetime

from temporalio.client import Client, WorkflowExecution, WorkflowExecutionStatus
from temporalio.service import RPCError, RPCStatusCode

from models.kernel.errors import BackendUnavailableError
from models.kernel.vocabulary import Attention
from workflows.runtime import attributes

NOT_FOUND = "not_found"
_RUNNING = "ExecutionStatus = 'Running'"
_ATTENTION = f"{_RUNNING} AND Attention IN ('{Attention.PARKED}', '{Attention.CORRECTION}')"
_PAGE = 1000
_UNKNOWN = {RPCStatusCode.NOT_FOUND, RPCStatusCode.INVALID_ARGUMENT}
"""No such run; or its id is none this server would give, as after a move to another."""


@dataclass(frozen=True)
class Run:
    """One run, as the server has it."""

    status: str
    """In lower case; `not_found` where the server knows none."""
    ended_at: datetime | None = None

    @property
    def is_running(self) -> bool:
        """It goes on by itself."""
        return self.status == WorkflowExecutionStatus.RUNNING.name.lower()


@dataclass(frozen=True)
class Watched:
    """A running workflow that says it needs a person."""

    id: str
    run_id: str
    code: str | None
    attention: Attention


@dataclass(frozen=True)
class Runs:
    """Asks the server; changes nothing."""

    client: Client

    async def running(self) -> set[str]:
        """Run ids of everything that runs, by the server's lists, which lag a moment behind."""
        listed = self.client.list_workflows(_RUNNING, page_size=_PAGE)
        try:
            return {one.run_id async for one in listed}
        except RPCError as error:
            raise _away(error) from error

    async def watched(self) -> list[Watched]:
        """Running cases and corrections that need a person."""
        listed = self.client.list_workflows(_ATTENTION, page_size=_PAGE)
        try:
            return [_watched(one) async for one in listed]
        except RPCError as error:
            raise _away(error) from error

    async def of(self, case_id: str, run_id: str | None) -> Run:
        """One run, or the newest of an id, as the server itself has it, not its lists."""
        try:
            described = await self.client.get_workflow_handle(case_id, run_id=run_id).describe()
        except RPCError as error:
            if error.status in _UNKNOWN:
                return Run(NOT_FOUND)
            raise _away(error) from error
        status = described.status.name.lower() if described.status else NOT_FOUND
        return Run(status, described.close_time)

    async def is_any_running(self, case_id: str) -> bool:
        """Whether the newest run of an id goes on: one that was reset carries the case on."""
        return (await self.of(case_id, None)).is_running


def _watched(one: WorkflowExecution) -> Watched:
    shown = one.typed_search_attributes
    return Watched(
        id=one.id,
        run_id=one.run_id,
        code=shown.get(attributes.CASE_CODE),
        attention=Attention(shown.get(attributes.ATTENTION) or Attention.PARKED),
    )


def _away(error: RPCError) -> BackendUnavailableError:
    return BackendUnavailableError(f"Temporal: {error.status.name.lower()}")
