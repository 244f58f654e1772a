"""One HTTP server that can be opened and closed while the process lives."""

import asyncio
import contextlib
import socket
from collections.abc import Iterator

import uvicorn
from starlette.types import ASGIApp
from typing_extensions import override

_TICK = 0.01
_BACKLOG = 256


class Listener:
    """Open: the port answers. Closed: connections to it are refused. Either may be said twice."""

    def __init__(self, app: ASGIApp, *, host: str, port: int) -> None:
        self._config = uvicorn.Config(
            app,
            http="httptools",
            ws="none",
            lifespan="off",
            log_config=None,
            access_log=False,
            server_header=False,
            timeout_keep_alive=30,
            timeout_graceful_shutdown=1,
        )
        self._address = (host, port)
        self._server: _QuietServer | None = None
        self._serving: asyncio.Task[None] | None = None
        self._turning = asyncio.Lock()

    async def open(self) -> None:
        """Listen.

        Raises:
            OSError: the port is taken.
        """
        async with self._turning:
            if self._serving is not None:
                return
            listening = _bind(self._address)
            self._server = _QuietServer(self._config)
            self._serving = asyncio.create_task(self._server.serve(sockets=[listening]))
            while not self._server.started and not self._serving.done():  # noqa: ASYNC110 - uvicorn's flag
                await asyncio.sleep(_TICK)

    async def close(self) -> None:
        """Close the port; calls under way have a second to end.

        Who is cancelled while waiting here breaks nothing off: closing goes on, and the next waits.
        """
        async with self._turning:
            if self._server is None or self._serving is None:
                return
            self._server.should_exit = True
            await asyncio.shield(self._serving)
            self._server = self._serving = None


class _QuietServer(uvicorn.Server):
    """A server that leaves the process's signals to the process."""

    @contextlib.contextmanager
    @override
    def capture_signals(self) -> Iterator[None]:
        yield


def _bind(address: tuple[str, int]) -> socket.socket:
    # With the protocol named, asyncio sends the end of an answer without waiting for the client.
    listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind(address)
        listening.listen(_BACKLOG)
        listening.setblocking(False)
    except OSError:
        listening.close()
        raise
    return listening
