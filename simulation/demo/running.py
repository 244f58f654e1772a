"""One demonstration from its families to the last case, or until nothing has moved for long."""

import asyncio
import time
from dataclasses import dataclass

from temporalio.service import RPCError

from models.kernel.errors import BackendUnavailableError
from simulation.demo.birth_kinds import HELD
from simulation.demo.filing import Counter
from simulation.demo.officers import Officers
from simulation.demo.progress import Progress
from simulation.demo.relatives import Relatives
from simulation.demo.watching import Watch
from workers.client.cases import CaseClient
from workers.runtime.settings import Addresses

_TICK = 0.25


@dataclass(frozen=True, kw_only=True)
class Patience:
    """How long to go on while nothing moves."""

    seconds: float
    progress: Progress

    async def run_out(self) -> None:
        """Return once nothing has moved for that long."""
        mark, since = self.progress.mark(), time.monotonic()
        while time.monotonic() - since < self.seconds:
            await asyncio.sleep(_TICK)
            if mark != (mark := self.progress.mark()):
                since = time.monotonic()


async def carry_out(
    desk: CaseClient, progress: Progress, addresses: Addresses, *, patience: float
) -> None:
    """Hand everything in and watch until all has ended, or nothing moves for `patience` seconds.

    What is left open on purpose is not waited for.

    Raises:
        BackendUnavailableError: the Temporal server went away for good.
    """
    work = asyncio.create_task(_work(desk, progress, addresses))
    waiting = asyncio.create_task(Patience(seconds=patience, progress=progress).run_out())
    try:
        await asyncio.wait((work, waiting), return_when=asyncio.FIRST_COMPLETED)
        if work.done():
            await work
    finally:
        for task in (work, waiting):
            task.cancel()
        await asyncio.gather(work, waiting, return_exceptions=True)


async def _work(desk: CaseClient, progress: Progress, addresses: Addresses) -> None:
    officers = Officers(desk=desk, progress=progress, addresses=addresses)
    try:
        async with asyncio.TaskGroup() as group:
            group.create_task(_hand_in(Counter(desk, progress, addresses), progress, officers))
            group.create_task(Relatives(desk=desk, progress=progress).go_on())
            group.create_task(Watch(desk, progress).until_over())
    except ExceptionGroup as errors:
        raise _told(_first(errors)) from errors


async def _hand_in(counter: Counter, progress: Progress, officers: Officers) -> None:
    """First what officers hold, so that everything after it finds the agencies as they were."""
    held = [at for at, planned in enumerate(progress.planned) if planned.kind in HELD]
    if held:
        await officers.receive(counter, held)
    await counter.hand_in(at for at in range(len(progress.planned)) if at not in held)


def _first(errors: BaseExceptionGroup[Exception]) -> Exception:
    first = errors.exceptions[0]
    return _first(first) if isinstance(first, BaseExceptionGroup) else first


def _told(error: Exception) -> Exception:
    if not isinstance(error, RPCError):
        return error
    return BackendUnavailableError(
        f"Mất liên lạc với máy chủ Temporal giữa chừng ({error.status.name}): xem `lienthong "
        "doctor`; hồ sơ đã mở được xử lý tiếp khi máy chủ trở lại."
    )
