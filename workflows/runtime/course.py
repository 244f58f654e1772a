"""The course of a workflow: its story, the chores beside it, and an end in order."""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine, Iterable
from typing import Any

from temporalio import workflow

Chore = Coroutine[Any, Any, None]  # Any: nothing is sent into a coroutine of ours


async def run_course(
    story: Chore,
    chores: Iterable[Chore],
    *,
    stop: Callable[["asyncio.Task[None]"], Awaitable[None]],
    close: Callable[[], Awaitable[None]],
) -> None:
    """Run the story to its end, then close; cancelled, `stop` it in order and close all the same.

    A chore never ends by itself: one that does is a bug, and must not pass in silence.

    Raises:
        asyncio.CancelledError: the workflow was cancelled, and has been closed.
    """
    beside = [asyncio.create_task(chore) for chore in chores]
    course = asyncio.create_task(story)
    try:
        done, _ = await workflow.wait([course, *beside], return_when=asyncio.FIRST_COMPLETED)
        for task in done:
            task.result()
    except asyncio.CancelledError:
        await stop(course)
        await close()
        raise
    await close()
    for chore in beside:
        chore.cancel()
