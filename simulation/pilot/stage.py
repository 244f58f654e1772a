"""Reference agencies for one run, on databases of their own that are gone afterwards."""

import json
import sys
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import asyncpg

from simulation.pilot.country import Country, country_at
from workers.local.ports import AGENCY_PORTS, HOST, free_ports
from workers.local.postgres import Postgres
from workers.local.postgres_home import find_home
from workers.local.processes import Command
from workers.local.services import postgres_service, served
from workers.local.supervisor import Service

_ENTERABLE = 0o711
"""The system user that root's PostgreSQL runs as must get through."""
_SERVE = (sys.executable, "-m", "workers.cli", "agencies", "serve")


@dataclass(frozen=True)
class Stage:
    """A PostgreSQL that countries are put up on."""

    folder: Path
    database_url: str

    @asynccontextmanager
    async def country(self, name: str) -> AsyncIterator[Country]:
        """All agencies, freshly founded, in a process of their own; every country is alike.

        Raises:
            ChildFailedError: they do not come up.
        """
        switchboard, *urls = (f"http://{HOST}:{port}" for port in free_ports(len(AGENCY_PORTS) + 1))
        agencies = dict(zip(AGENCY_PORTS, urls, strict=True))
        command = Command(
            name=name,
            argv=_SERVE,
            log=self.folder / f"{name}.log",
            env={
                "DATABASE_URL": await self._database(name),
                "LIENTHONG_STATE": str(self.folder / name),
                "LIENTHONG_AGENCIES": json.dumps(agencies),
                "LIENTHONG_SWITCHBOARD": switchboard,
            },
        )
        async with (
            _running(served(name, command, [switchboard, *urls])),
            country_at(switchboard, agencies) as country,
        ):
            yield country

    async def _database(self, name: str) -> str:
        admin = await asyncpg.connect(self.database_url)
        try:
            await admin.execute(f'CREATE DATABASE "{name}"')
        finally:
            await admin.close()
        return urlunsplit(urlsplit(self.database_url)._replace(path=f"/{name}"))


@asynccontextmanager
async def stage() -> AsyncIterator[Stage]:
    """Put a stage up; when the block is left nothing of it runs or lies about."""
    with tempfile.TemporaryDirectory(prefix="lienthong-pilot-") as name:
        folder = Path(name)
        folder.chmod(_ENTERABLE)  # noqa: ASYNC240 - a moment, on this disk
        server = Postgres(
            home=find_home(folder, _quiet),
            state=folder,
            port=free_ports(1)[0],
            log=folder / "postgres.log",
            durable=False,
        )
        async with _running(postgres_service(server)):
            yield Stage(folder, server.database_url)


@asynccontextmanager
async def _running(service: Service) -> AsyncIterator[None]:
    child = await service.launch()
    try:
        await service.until_ready(child)
        yield
    finally:
        await child.stop()


def _quiet(_line: str) -> None:
    """A stage says nothing of how it is put up."""
