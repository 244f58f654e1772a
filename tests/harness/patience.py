"""Waiting for what comes in its own time, so that a test compares it when it is there."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from typing import TypeVar

LONG_ENOUGH = 60.0
"""Seconds in which anything comes even on a machine that is very busy."""
PAUSE = 0.05

Found = TypeVar("Found")


async def found_in_time(
    look: Callable[[], Awaitable[Found]],
    is_enough: Callable[[Found], bool],
    *,
    within: float = LONG_ENOUGH,
) -> Found:
    """What a look finds once that is enough; if it never is, the last find, to be compared."""
    give_up = time.monotonic() + within
    found = await look()
    while not is_enough(found) and time.monotonic() < give_up:
        await asyncio.sleep(PAUSE)
        found = await look()
    return found
