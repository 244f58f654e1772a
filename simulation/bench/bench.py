"""A whole bench on a local run: rounds of pairs, then an unhurried run for the receipts."""

import asyncio
import os
import sys
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from datetime import timedelta

from google.protobuf.duration_pb2 import Duration
from temporalio.api.workflowservice.v1 import RegisterNamespaceRequest
from temporalio.client import Client
from temporalio.service import RPCError, RPCStatusCode

from simulation.bench.bare import NAMESPACE
from simulation.bench.births import bench_births
from simulation.bench.measuring import Stopwatch, percentile, processes_of
from simulation.bench.report import Figures, Round
from simulation.bench.runs import Raw, history_cost, run_bare, run_pipeline, start_to_receipt
from workers.local.errors import LocalRunError
from workers.runtime.settings import Settings
from workers.runtime.temporal_setup import connect

UNHURRIED = 40
PAUSE = 0.3
"""Seconds between unhurried starts: about the mean rate of the whole country in office hours."""
DAY = timedelta(days=1)

Say = Callable[[str], None]


async def bench(settings: Settings, *, cases: int, rounds: int, say: Say) -> Figures:
    """Measure against the local run of these settings; takes a minute or a few."""
    client = await connect(settings)
    births = await bench_births(settings, cases * (rounds + 1) + UNHURRIED)
    await run_pipeline(client, _take(births, cases), _watch(settings))  # warm: caches, pools
    pairs = []
    async with _bare_client(client) as bare:
        for number in range(1, rounds + 1):
            pairs.append(await _pair(settings, client, bare, _take(births, cases)))
            say(f"{number}/{rounds}: {pairs[-1].pipeline_rate:.1f} : {pairs[-1].bare_rate:.1f}")
        bare_events, _ = await history_cost(bare, _bare_id(0))
    unhurried = _take(births, UNHURRIED)
    receipts = await start_to_receipt(client, unhurried, pause=PAUSE)
    events, size = await history_cost(client, unhurried[0][0])
    return Figures(
        cases_per_round=cases,
        rounds=tuple(pairs),
        receipt_p95_seconds=percentile(receipts, 0.95),
        events_per_case=events,
        bytes_per_case=size,
        bare_events_per_case=bare_events,
    )


async def _pair(
    settings: Settings, client: Client, bare: Client, births: list[tuple[str, Raw]]
) -> Round:
    real = await run_pipeline(client, births, _watch(settings))
    same = [(_bare_id(number), raw) for number, (_, raw) in enumerate(births)]
    async with _bare_worker():
        base = await run_bare(bare, same, _watch(settings))
    return Round(
        pipeline_rate=real.rate,
        bare_rate=base.rate,
        cpu_ms_per_case={
            name: seconds / real.cases * 1000 for name, seconds in real.cpu_seconds.items()
        },
    )


@asynccontextmanager
async def _bare_client(client: Client) -> AsyncIterator[Client]:
    """The same server and codec, in a namespace of its own: its queues bear the same names."""
    request = RegisterNamespaceRequest(
        namespace=NAMESPACE,
        workflow_execution_retention_period=Duration(seconds=int(DAY.total_seconds())),
    )
    try:
        await client.workflow_service.register_namespace(request)
    except RPCError as error:
        if error.status is not RPCStatusCode.ALREADY_EXISTS:
            raise
    config = client.config()
    config["namespace"] = NAMESPACE
    bare = Client(**config)
    await _until_known(bare)
    yield bare


@asynccontextmanager
async def _bare_worker() -> AsyncIterator[None]:
    """The baseline's worker for one round; it polls nothing while the pipeline runs."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "simulation.bench.bare_worker", stdout=asyncio.subprocess.PIPE
    )
    try:
        if process.stdout is None or await process.stdout.readline() != b"ready\n":
            raise LocalRunError("The baseline's worker did not start.")
        yield
    finally:
        process.terminate()
        await process.wait()


async def _until_known(bare: Client) -> None:
    """A new namespace takes the server some seconds to serve."""
    while True:
        try:
            await bare.count_workflows()
        except RPCError as error:
            if error.status is not RPCStatusCode.NOT_FOUND:
                raise
            await asyncio.sleep(0.5)
        else:
            return


def _watch(settings: Settings) -> Stopwatch:
    return Stopwatch.start(processes_of(settings.state) | {"starter": os.getpid()})


def _bare_id(number: int) -> str:
    return f"bare/{number}"


def _take(births: Iterator[tuple[str, Raw]], count: int) -> list[tuple[str, Raw]]:
    return [next(births) for _ in range(count)]
