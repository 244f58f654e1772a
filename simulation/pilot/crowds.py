"""Doing the same for many at once, but never for more than a few at a time."""

import asyncio
from collections.abc import Awaitable, Callable, Iterable
from typing import TypeVar

AT_ONCE = 12
"""Two cores serve the agencies, their database and us: more at once would only wait."""
T = TypeVar("T")
R = TypeVar("R")


async def each(things: Iterable[T], act: Callable[[T], Awaitable[R]]) -> list[R]:
    """What comes of each, in their order; the first failure ends the rest, and is raised itself."""
    places = asyncio.Semaphore(AT_ONCE)

    async def one(thing: T) -> R:
        async with places:
            return await act(thing)

    try:
        async with asyncio.TaskGroup() as group:
            tasks = [group.create_task(one(thing)) for thing in things]
    except ExceptionGroup as failures:
        raise failures.exceptions[0] from failures
    return [task.result() for task in tasks]
