"""Watching cases from afar: one list of the open ones, and a look at each that has left it."""

import asyncio
import time
from dataclasses import dataclass

from temporalio.client import WorkflowExecution
from temporalio.service import RPCError, RPCStatusCode

from models.kernel.base import CaseId, vietnam_time
from simulation.demo.progress import Open, Progress, RunKey
from workers.client.cases import CaseClient, NoAnswerError
from workflows.runtime.attributes import CASE_CODE, WAITING_FOR

PAUSE = 0.5
"""Seconds between two looks."""
READ_AT_ONCE = 10


@dataclass(frozen=True)
class Watch:
    """Keeps the progress up to date by visibility alone; no case is asked while it is open."""

    desk: CaseClient
    progress: Progress

    async def until_over(self) -> None:
        """Look again and again until every declaration has come to its end."""
        while not self.progress.is_over:
            await self._look()
            await asyncio.sleep(PAUSE)

    async def _look(self) -> None:
        runs = self.progress.open_runs()
        if not runs:
            return
        try:
            listed = await self._open_ones()
        except RPCError as error:
            if error.status is not RPCStatusCode.UNAVAILABLE:
                raise
            return  # the server is being started again: the next look will tell
        for key, at in runs.items():
            if key in listed:
                self.progress.waiting[at] = listed[key]
        await self._read([(key, at) for key, at in runs.items() if key not in listed])

    async def _open_ones(self) -> dict[RunKey, Open]:
        since = min(taken.started_at for taken in self.progress.taken.values())
        query = f"ExecutionStatus = 'Running' AND StartTime >= '{vietnam_time(since).isoformat()}'"
        return {
            (CaseId(found.id), found.run_id): _open(found)
            async for found in self.desk.client.list_workflows(query)
        }

    async def _read(self, gone: list[tuple[RunKey, int]]) -> None:
        places = asyncio.Semaphore(READ_AT_ONCE)
        async with asyncio.TaskGroup() as group:
            for key, at in gone:
                group.create_task(self._read_one(key, at, places))

    async def _read_one(self, key: RunKey, at: int, places: asyncio.Semaphore) -> None:
        async with places:
            try:
                status = await self.desk.status(*key)
            except NoAnswerError:
                return  # open after all, and too busy to say so: the next look will tell
        if status.closed_at is not None:
            self.progress.tell(at, status, time.monotonic())


def _open(found: WorkflowExecution) -> Open:
    attributes = found.typed_search_attributes
    return Open(
        case_code=attributes.get(CASE_CODE), holders=tuple(attributes.get(WAITING_FOR) or ())
    )
