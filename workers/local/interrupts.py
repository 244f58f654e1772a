"""Ctrl-C and its relatives: a way to end in order, not an error."""

import asyncio
import signal
from collections.abc import Callable, Coroutine

ENDING = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


def run_until_told(
    work: Coroutine[None, None, None],
    loop_factory: Callable[[], asyncio.AbstractEventLoop] | None = None,
) -> bool:
    """Run until it ends or the first Ctrl-C, SIGTERM or hang-up; True when it ended by itself.

    The work is cancelled once and may take its time to clean up: later signals change nothing.
    """
    with asyncio.Runner(loop_factory=loop_factory) as runner:
        return runner.run(_watched(work))


async def _watched(work: Coroutine[None, None, None]) -> bool:
    task = asyncio.ensure_future(work)
    told = asyncio.Event()

    def tell() -> None:
        if not told.is_set():
            told.set()
            task.cancel()

    for number in ENDING:
        asyncio.get_running_loop().add_signal_handler(number, tell)
    try:
        await task
    except asyncio.CancelledError:
        if not told.is_set():
            raise
    return not told.is_set()
