"""The baseline's worker, in a process of its own as the real one is: polls until told to stop."""

import asyncio
import os
import sys
from contextlib import AsyncExitStack

from temporalio.client import Client

from simulation.bench.bare import NAMESPACE, build_bare_workers
from workers.local.interrupts import run_until_told
from workers.runtime.settings import Settings
from workers.runtime.temporal_setup import connect


async def serve() -> None:
    """Poll the baseline's queues; says `ready` on standard output once it does."""
    config = (await connect(Settings.read())).config()
    config["namespace"] = NAMESPACE
    async with AsyncExitStack() as stack:
        for worker in build_bare_workers(Client(**config)):
            await stack.enter_async_context(worker)
        sys.stdout.write("ready\n")
        sys.stdout.flush()
        await asyncio.Event().wait()


if __name__ == "__main__":
    run_until_told(serve())
    os._exit(0)
