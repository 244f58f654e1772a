"""One run each of the pipeline and of the baseline: start, wait for all, and count."""

import asyncio
import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from temporalio.api.enums.v1 import EventType
from temporalio.client import Client, WorkflowHandle

from models.kernel.vocabulary import CaseState
from simulation.bench.bare import Bare
from simulation.bench.measuring import Stopwatch
from workers.client.cases import CaseClient

IN_FLIGHT = 40
"""Enough to saturate two cores, few enough that nothing waits long for its turn."""

Raw = dict[str, Any]  # Any: a declaration as JSON


@dataclass(frozen=True, kw_only=True)
class Costs:
    """What finishing a number of cases took."""

    cases: int
    seconds: float
    cpu_seconds: dict[str, float] = field(default_factory=dict)

    @property
    def rate(self) -> float:
        """Cases a second."""
        return self.cases / self.seconds


async def run_pipeline(
    client: Client, births: Sequence[tuple[str, Raw]], watch: Stopwatch
) -> Costs:
    """Carry births from declaration to report.

    Raises:
        RuntimeError: a case did not complete, so the figure would mean nothing.
    """
    desk = CaseClient(client)

    async def carry(birth: tuple[str, Raw]) -> None:
        case_id, raw = birth
        await desk.start("birth", case_id, raw)
        report = await desk.report(case_id)
        if report.state is not CaseState.COMPLETED:
            raise RuntimeError(f"{case_id} ended {report.state}: the bench wants completed cases")

    return await _timed(carry, births, watch)


async def run_bare(client: Client, births: Sequence[tuple[str, Raw]], watch: Stopwatch) -> Costs:
    """Run the baseline as often, with the same declarations as input."""

    async def carry(birth: tuple[str, Raw]) -> None:
        case_id, raw = birth
        await client.execute_workflow(Bare.run, raw, id=case_id, task_queue="cases")

    return await _timed(carry, births, watch)


async def start_to_receipt(
    client: Client, births: Sequence[tuple[str, Raw]], *, pause: float
) -> list[float]:
    """Seconds from each start call until the intake, receipt included, is in history; unhurried."""
    desk = CaseClient(client)
    return [await _until_receipt(desk, client, birth, pause) for birth in births]


async def history_cost(client: Client, case_id: str) -> tuple[int, int]:
    """Events and bytes of one history."""
    sizes = [event.ByteSize() async for event in _handle(client, case_id).fetch_history_events()]
    return len(sizes), sum(sizes)


async def _timed(
    carry: Callable[[tuple[str, Raw]], Awaitable[None]],
    births: Sequence[tuple[str, Raw]],
    watch: Stopwatch,
) -> Costs:
    places = asyncio.Semaphore(IN_FLIGHT)

    async def in_turn(birth: tuple[str, Raw]) -> None:
        async with places:
            await carry(birth)

    async with asyncio.TaskGroup() as group:
        for birth in births:
            group.create_task(in_turn(birth))
    seconds, cpu = watch.stop()
    return Costs(cases=len(births), seconds=seconds, cpu_seconds=cpu)


async def _until_receipt(
    desk: CaseClient, client: Client, birth: tuple[str, Raw], pause: float
) -> float:
    case_id, raw = birth
    called = time.time()
    await desk.start("birth", case_id, raw)
    await desk.report(case_id)
    done = await _intake_completed_at(_handle(client, case_id))
    await asyncio.sleep(pause)
    return done - called


async def _intake_completed_at(handle: WorkflowHandle[Any, Any]) -> float:
    async for event in handle.fetch_history_events():
        if event.event_type == EventType.EVENT_TYPE_ACTIVITY_TASK_COMPLETED:
            return event.event_time.ToNanoseconds() / 1e9
    raise RuntimeError("a case without an intake")


def _handle(client: Client, case_id: str) -> WorkflowHandle[Any, Any]:
    return client.get_workflow_handle(case_id)
