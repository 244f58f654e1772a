"""One correction as tests hold it: started as any backend would, spoken to, looked at."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from itertools import count
from typing import Any

from temporalio.client import Client, WorkflowHandle, WorkflowUpdateFailedError
from temporalio.common import WorkflowIDConflictPolicy, WorkflowIDReusePolicy
from temporalio.exceptions import ApplicationError

from models.cases.events import LedgerEntry
from models.corrections.status import CorrectionStatus, StepStatus
from workers.runtime.wiring import CASES_QUEUE

from harness.system import AT_MOST, SystemUnderTest

PAUSE, PATIENCE = 0.02, 20
_numbers = count(1)

Said = dict[str, Any]  # Any: JSON


@dataclass(frozen=True)
class CorrectionHandle:
    """What a test asks of a correction."""

    system: SystemUnderTest
    handle: WorkflowHandle[Any, Any]  # Any: started by name
    _requests: "count[int]" = field(default_factory=lambda: count(1))

    async def result(self) -> CorrectionStatus:
        """The report at its end; waiting for it skips time."""
        async with self.system.skipping():
            return CorrectionStatus.model_validate(await self.handle.result())

    async def ended(self) -> CorrectionStatus:
        """The report of one that ends at once; the clock is left alone."""
        return CorrectionStatus.model_validate(await self.handle.result())

    async def status(self) -> CorrectionStatus:
        """How it stands."""
        status: CorrectionStatus = await self.handle.query("status", result_type=CorrectionStatus)
        return status

    async def until(self, holds: Callable[[CorrectionStatus], bool]) -> CorrectionStatus:
        """Wait, without moving the clock, until it is as described."""
        async with asyncio.timeout(PATIENCE):
            while not holds(status := await self.status()):  # noqa: ASYNC110 -- a query has no event
                await asyncio.sleep(PAUSE)
        return status

    async def until_step(self, id: str, state: str) -> StepStatus:
        """Wait until one of its steps is in that state."""
        status = await self.until(lambda one: (id, state) in {(s.id, s.state) for s in one.steps})
        return next(step for step in status.steps if step.id == id)

    async def approve(self, by: str = "pheduyet-02", **otherwise: Any) -> Said:  # Any: JSON
        """The second person's word."""
        said = {"request_id": f"a-{next(self._requests)}", "by": by, "agrees": True}
        return await self.say("approve", said | otherwise)

    async def settle(self, task: str, **otherwise: Any) -> Said:  # Any: JSON
        """Close the task of claiming money back."""
        said = {
            "request_id": f"s-{next(self._requests)}",
            "task": task,
            "outcome": "claimed_back",
            "by": "ketoan-03",
            "reason": "Phiếu thu 07",
        }
        return await self.say("settle_task", said | otherwise)

    async def resume(self, step: str | None = None) -> Said:
        """Say that what is parked may be tried again."""
        said = {"request_id": f"r-{next(self._requests)}", "step": step, "by": "van-hanh-01"}
        return await self.say("resume", said)

    async def say(self, update: str, said: object, by: Client | None = None) -> Said:
        """Send an update."""
        client = by or self.system.client
        handle = client.get_workflow_handle(self.handle.id, run_id=self.handle.run_id)
        answer: Said = await handle.execute_update(update, said)
        return answer

    def entries(self) -> list[LedgerEntry]:
        """What stands in the ledger of this run."""
        return self.system.ledger.of_run(self.handle.id, self.handle.run_id or "")

    def events(self) -> list[str]:
        """The names of what stands in the ledger."""
        return [entry.event for entry in self.entries()]


def decision(case_code: str, **otherwise: Any) -> Said:  # Any: fields, right or wrong
    """A decision to revoke the registration of a birth, approved by a second person."""
    usual = {
        "correction_id": f"{next(_numbers)}-QD-UBND-2026",
        "case_code": case_code,
        "kind": "revoked",
        "act": "register_birth",
        "decided_by": "canbo-01",
        "approved_by": "pheduyet-02",
        "legal_basis": "Quyết định 12/QĐ-UBND ngày 20/11/2026",
    }
    return usual | otherwise


async def correct(
    system: SystemUnderTest, said: Said, *, by: Client | None = None, id: str | None = None
) -> CorrectionHandle:
    """Start a correction, whatever is said to be one."""
    handle = await (by or system.client).start_workflow(
        "Correction",
        said,
        id=id or f"correction/{said.get('correction_id')}",
        task_queue=CASES_QUEUE,
        run_timeout=AT_MOST,
        id_reuse_policy=WorkflowIDReusePolicy.ALLOW_DUPLICATE,
        id_conflict_policy=WorkflowIDConflictPolicy.USE_EXISTING,
    )
    pinned = system.client.get_workflow_handle(handle.id, run_id=handle.result_run_id)
    return CorrectionHandle(system, pinned)


async def rules_of(said: Awaitable[object]) -> list[str]:
    """The rules by which what was said is rejected."""
    try:
        await said
    except WorkflowUpdateFailedError as error:
        cause = error.cause
    else:
        raise AssertionError("it was taken")
    assert isinstance(cause, ApplicationError)
    return [finding["rule"] for finding in cause.details]
