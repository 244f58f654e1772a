"""The operators' desk: puts register, outbox and server together for one command."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from adapters.postgres.database import open_pool
from adapters.postgres.outbox import PostgresOutbox
from adapters.postgres.releases import PostgresReleases
from adapters.temporal.open_cases import TemporalCases
from models.kernel.errors import SettingsError
from workers.client.releasing import Releasing
from workers.client.runs import Runs
from workers.client.stuck import Finder, Stuck
from workers.runtime.settings import Settings
from workers.runtime.temporal_setup import connect


@dataclass(frozen=True)
class Operations:
    """Finds what is stuck, and lets go of what is dead."""

    finder: Finder
    outbox: PostgresOutbox
    releasing: Releasing

    async def stuck(self) -> Stuck:
        """Everything that needs an operator."""
        return Stuck(
            dead=tuple(await self.finder.dead()),
            waiting=tuple(await self.finder.waiting()),
            reminders=await self.outbox.count(),
        )


@asynccontextmanager
async def open_outbox(settings: Settings) -> AsyncIterator[PostgresOutbox]:
    """Open the outbox alone; Temporal may be away.

    Raises:
        SettingsError: no database is known.
        BackendUnavailableError: the database is away, once it is asked.
    """
    async with await open_pool(_database(settings), size=2) as pool:
        yield PostgresOutbox(pool)


@asynccontextmanager
async def open_operations(settings: Settings) -> AsyncIterator[Operations]:
    """Open our own database, and connect to Temporal; raises as `open_outbox`."""
    async with await open_pool(_database(settings), size=2) as pool:
        client = await connect(settings)
        register, runs = PostgresReleases(pool), Runs(client)
        yield Operations(
            finder=Finder(register, runs),
            outbox=PostgresOutbox(pool),
            releasing=Releasing(register, runs, TemporalCases(client)),
        )


def _database(settings: Settings) -> str:
    database_url = settings.addresses().database_url
    if database_url is None:
        raise SettingsError("Chưa biết cơ sở dữ liệu: chạy `lienthong up` hoặc đặt DATABASE_URL.")
    return database_url
