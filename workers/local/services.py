"""The processes of a local run: how each is started, where it answers, when it counts as ready."""

import asyncio
from collections.abc import Iterable
from pathlib import Path

import httpx

from workers.local.postgres import Postgres
from workers.local.processes import Child, Command, until
from workers.local.supervisor import Service
from workers.local.temporal_server import DevServer

READY_WITHIN = 60.0
"""Seconds one of our own processes may take on a busy machine."""
WORKER_STOPS_BY, SERVED_STOP_BY, TEMPORAL_STOPS_BY, POSTGRES_STOPS_BY = 5.0, 6.5, 8.0, 9.5
"""Seconds after the order to stop: in reverse order of need, all within ten."""


def postgres_service(server: Postgres) -> Service:
    """PostgreSQL: needed by all that keeps anything, so it ends last."""
    return Service(
        title="PostgreSQL",
        address=f"127.0.0.1:{server.port}",
        launch=server.launch,
        until_ready=server.until_ready,
        stop_by=POSTGRES_STOPS_BY,
    )


def temporal_service(server: DevServer) -> Service:
    """The Temporal dev server."""
    return Service(
        title="Temporal",
        address=server.address,
        launch=server.launch,
        until_ready=server.until_ready,
        stop_by=TEMPORAL_STOPS_BY,
    )


def served(title: str, command: Command, urls: Iterable[str]) -> Service:
    """A process that answers `GET /health` on each of its URLs once it serves."""
    all_urls = tuple(urls)

    async def until_ready(child: Child) -> None:
        async with health_client() as client:
            await until(lambda: _all_healthy(client, all_urls), child, within=READY_WITHIN)

    return Service(
        title=title,
        address=all_urls[0],
        launch=lambda: Child.start(command),
        until_ready=until_ready,
        stop_by=SERVED_STOP_BY,
    )


def announced(title: str, command: Command, ready_file: Path) -> Service:
    """A process that is told `--ready-file PATH` and writes that file once it works."""

    async def launch() -> Child:
        ready_file.unlink(missing_ok=True)  # noqa: ASYNC240 - a moment, on this disk
        return await Child.start(command)

    async def until_ready(child: Child) -> None:
        await until(ready_file.exists, child, within=READY_WITHIN)

    return Service(
        title=title, address="", launch=launch, until_ready=until_ready, stop_by=WORKER_STOPS_BY
    )


def health_client() -> httpx.AsyncClient:
    """A client for asking processes on this machine, past any proxy."""
    return httpx.AsyncClient(trust_env=False, timeout=2)


async def is_healthy(client: httpx.AsyncClient, url: str) -> bool:
    """Whether `GET /health` answers 200 there."""
    try:
        return (await client.get(f"{url}/health")).status_code == httpx.codes.OK
    except httpx.TransportError:
        return False


async def _all_healthy(client: httpx.AsyncClient, urls: tuple[str, ...]) -> bool:
    return all(await asyncio.gather(*(is_healthy(client, url) for url in urls)))
