"""Serving reference agencies until the process is asked to stop."""

import asyncio
import signal
from collections.abc import Awaitable, Callable, Mapping, Sequence

import structlog

from backends.agency_server import Plant, Site
from backends.shared.callbacks_round import Exchange

__all__ = ["Exchange", "serve"]

log = structlog.get_logger()


async def serve(  # noqa: PLR0913 - everything a process must be told
    agencies: Sequence[str],
    database_url: str,
    *,
    host: str,
    ports: Mapping[str, int],
    switchboard_port: int | None,
    neighbours: Mapping[str, str] | None = None,
    exchange: Exchange | None = None,
    on_ready: Callable[[], Awaitable[None]] | None = None,
) -> None:
    """Serve these agencies; returns after SIGTERM or SIGINT, when every port is closed.

    Raises:
        OSError: a port is taken, or the database cannot be reached.
    """
    site = Site(
        agencies=agencies,
        host=host,
        ports=ports,
        switchboard_port=switchboard_port,
        neighbours=neighbours,
    )
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    async with Plant(site, database_url, exchange):
        log.info("agencies.ready", agencies=list(agencies))
        if on_ready:
            await on_ready()
        await stop.wait()
    log.info("agencies.stopped")
