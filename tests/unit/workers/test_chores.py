"""What a worker does beside its queues goes on, whatever goes wrong in it."""

import asyncio

from structlog.testing import capture_logs

from workers.runtime.worker import tireless


async def test_a_chore_that_dies_of_a_bug_is_logged_and_begins_again() -> None:
    begun, again = 0, asyncio.Event()

    async def chore() -> None:
        nonlocal begun
        begun += 1
        if begun == 1:
            raise KeyError("a bug")
        again.set()
        await asyncio.Event().wait()

    with capture_logs() as logged:
        task = asyncio.create_task(tireless(chore, pause=0))
        await asyncio.wait_for(again.wait(), timeout=5)
        task.cancel()

    assert [event["event"] for event in logged] == ["chore.failed"]
