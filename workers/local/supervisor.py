"""Keeping processes alive: says what starts and what falls, and stops all in reverse order."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from workers.local.errors import LocalRunError
from workers.local.processes import Child
from workers.local.runfile import RunFile

FIRST_PAUSE, LONGEST_PAUSE = 0.5, 30.0
"""Seconds before a fallen process is started again: doubling while it keeps falling."""
STEADY_AFTER = 60.0
"""Seconds of life after which a process counts as steady and the pause is short again."""

Say = Callable[[str], None]


@dataclass(frozen=True, kw_only=True)
class Service:
    """One process to keep alive. `launch` answers at once; `until_ready` when it serves."""

    title: str
    address: str
    launch: Callable[[], Awaitable[Child]]
    until_ready: Callable[[Child], Awaitable[None]]
    stop_by: float
    """Seconds after the order to stop by which it is gone, killed if need be."""


class Supervisor:
    """Owns the children of one run."""

    def __init__(self, runfile: RunFile, say: Say) -> None:
        self._runfile, self._say = runfile, say
        self._children: dict[str, tuple[Service, Child]] = {}
        self._watchers: list[asyncio.Task[None]] = []

    async def start(self, service: Service) -> None:
        """Start a service, wait until it serves, and keep it alive from then on.

        Raises:
            ChildFailedError: it did not come up.
        """
        began = time.monotonic()
        child = await self._bring_up(service)
        self._say_ready(service, began)
        self._watchers.append(asyncio.create_task(self._keep_alive(service, child)))

    async def stop(self) -> None:
        """Stop all, last started first, each by its own moment; nothing of ours runs after."""
        began = time.monotonic()
        for watcher in self._watchers:
            watcher.cancel()
        await asyncio.gather(*self._watchers, return_exceptions=True)
        for service, child in reversed(self._children.values()):
            await child.stop(max(0.2, began + service.stop_by - time.monotonic()))
        self._runfile.clear()

    async def _bring_up(self, service: Service) -> Child:
        child = await service.launch()
        self._children[service.title] = (service, child)
        self._runfile.note(child)
        try:
            await service.until_ready(child)
        except LocalRunError:
            await child.stop()
            raise
        return child

    async def _keep_alive(self, service: Service, child: Child) -> None:
        pause = FIRST_PAUSE
        while True:
            began = time.monotonic()
            status = await child.wait()
            pause = FIRST_PAUSE if time.monotonic() - began > STEADY_AFTER else pause
            self._say(f"✗ {service.title} đã dừng (mã {status}), khởi động lại sau {pause:g} giây.")
            await asyncio.sleep(pause)
            pause = min(pause * 2, LONGEST_PAUSE)
            child = await self._again(service, child)

    async def _again(self, service: Service, fallen: Child) -> Child:
        began = time.monotonic()
        try:
            child = await self._bring_up(service)
        except LocalRunError as error:
            self._say(f"✗ {error}")
            return self._children.get(service.title, (service, fallen))[1]
        self._say_ready(service, began)
        return child

    def _say_ready(self, service: Service, began: float) -> None:
        took = (time.monotonic() - began) * 1000
        self._say(f"✓ {service.title:<22} {service.address:<28} {took:>6.0f} ms")
