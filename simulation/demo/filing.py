"""Handing declarations in, a few at a time, and seeing each through its intake."""

import asyncio
import time
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC

from temporalio.api.enums.v1 import EventType
from temporalio.api.history.v1 import HistoryEvent
from temporalio.client import Client
from temporalio.contrib.pydantic import pydantic_data_converter

from models.kernel.base import CaseId
from models.kernel.errors import LienthongError
from simulation.demo.birth_kinds import BirthKind
from simulation.demo.claims import enter_claim
from simulation.demo.planned import Planned
from simulation.demo.progress import Progress, TakenIn
from workers.client.cases import CaseClient, CaseRef, Filing
from workers.runtime.settings import Addresses

AT_ONCE = 10
"""Declarations between being handed in and the decision of the intake, at most."""


class EndedEarlyError(LienthongError):
    """Somebody terminated a case before its intake had decided."""


@dataclass
class Counter:
    """The counter of a demonstration: hands in what is planned, whatever it is."""

    desk: CaseClient
    progress: Progress
    addresses: Addresses
    _places: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(AT_ONCE))
    _opened: defaultdict[CaseId, asyncio.Event] = field(
        default_factory=lambda: defaultdict(asyncio.Event)
    )

    async def hand_in(self, places: Iterable[int]) -> None:
        """Hand these in; an echo waits until the case it echoes is open."""
        async with asyncio.TaskGroup() as group:
            for at in places:
                group.create_task(self._hand_in(at, self.progress.planned[at]))

    async def _hand_in(self, at: int, planned: Planned) -> None:
        if planned.after is not None:
            await self._opened[planned.after].wait()
        async with self._places:
            if planned.claim is not None:
                await enter_claim(self.addresses, planned.claim)
            began = time.monotonic()
            if await self._start(planned) is Filing.EXISTS:
                self.progress.tell(at, None, time.monotonic())
            else:
                self.progress.taken[at] = await taken_in(self.desk, planned.case_id, began)
        self._opened[planned.case_id].set()

    async def _start(self, planned: Planned) -> Filing:
        desk = plain_desk(self.desk.client) if planned.kind is BirthKind.PLAIN else self.desk
        return await desk.start(planned.group, planned.case_id, planned.declaration)


def plain_desk(client: Client) -> CaseClient:
    """A desk on the same connection that seals nothing it sends."""
    config = client.config()
    config["data_converter"] = pydantic_data_converter
    return CaseClient(Client(**config))


async def taken_in(desk: CaseClient, case_id: CaseId, began: float) -> TakenIn:
    """Follow the newest run's history until its intake has decided; nothing is asked twice.

    Raises:
        EndedEarlyError: the run ended without an intake: somebody terminated it.
    """
    history = desk.handle(CaseRef(case_id=case_id)).fetch_history_events(wait_new_event=True)
    first: HistoryEvent | None = None
    async for event in history:
        first = first or event
        if event.event_type == EventType.EVENT_TYPE_ACTIVITY_TASK_COMPLETED:
            return _taken_in(first, time.monotonic() - began)
    raise EndedEarlyError(f"Hồ sơ {case_id} bị chấm dứt trước khi được tiếp nhận.")


def _taken_in(first: HistoryEvent, seconds: float) -> TakenIn:
    return TakenIn(
        run_id=first.workflow_execution_started_event_attributes.original_execution_run_id,
        started_at=first.event_time.ToDatetime(tzinfo=UTC),
        seconds=seconds,
    )
