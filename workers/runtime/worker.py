"""The worker process: polls the task queues until it is told to stop."""

import asyncio
from collections.abc import Awaitable, Callable, Iterator, Mapping
from contextlib import AsyncExitStack
from functools import partial
from pathlib import Path

import structlog
from temporalio.client import Client

from adapters.law.lists import load_list_rules
from models.contracts.lists import ListKind
from models.law.list_rules import ListRule
from workers.runtime.archiver import archiver
from workers.runtime.dependencies import queues_of, real_dependencies
from workers.runtime.relay import relay
from workers.runtime.schedules import keep_schedules
from workers.runtime.settings import Settings
from workers.runtime.temporal_setup import connect, ensure_search_attributes
from workers.runtime.wiring import CASES_QUEUE, Dependencies, build_workers

Chore = Callable[[], Awaitable[None]]
PAUSE = 60.0
"""Seconds before a chore that failed begins again."""

log = structlog.get_logger()


async def run_worker(
    settings: Settings, queues: tuple[str, ...] = (), ready_file: Path | None = None
) -> None:
    """Poll the queues (all that are known, unless named) until cancelled, then finish what runs.

    `ready_file` is written once every queue is polled, for whoever started this process.
    """
    async with AsyncExitStack() as stack:
        dependencies = await stack.enter_async_context(real_dependencies(settings))
        client = await connect(settings)
        await ensure_search_attributes(client)
        chosen = queues or queues_of(settings.addresses())
        for worker in build_workers(client, dependencies, chosen):
            await stack.enter_async_context(worker)
        if CASES_QUEUE in chosen:
            rules = load_list_rules(settings.law)
            for chore in _chores(client, dependencies, rules):
                stack.callback(asyncio.create_task(tireless(chore)).cancel)
        log.info("worker.ready", queues=chosen)
        if ready_file is not None:
            _announce(ready_file)
        await asyncio.Event().wait()


def _chores(
    client: Client, dependencies: Dependencies, rules: Mapping[ListKind, ListRule]
) -> Iterator[Chore]:
    """What is done beside the queues: reminders, forms of closed cases, the schedules of lists."""
    yield partial(keep_schedules, client, rules)
    if dependencies.outbox is not None:
        yield partial(relay, dependencies.outbox, dependencies.notices)
    if dependencies.printer is not None and dependencies.cabinet is not None:
        yield partial(archiver, client, dependencies.printer, dependencies.cabinet)


async def tireless(chore: Chore, pause: float = PAUSE) -> None:
    """Begin a chore again whenever it fails; a bug in it is logged, and ends it never."""
    while True:
        try:
            await chore()
        except Exception:
            log.exception("chore.failed")
        await asyncio.sleep(pause)


def _announce(ready_file: Path) -> None:
    ready_file.write_text("ready\n", "utf-8")
