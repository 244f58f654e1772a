"""A database of our own for a test: migrated, with a pool as workers use it."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from itertools import count
from urllib.parse import urlsplit, urlunsplit

import asyncpg

from adapters.postgres.database import migrate, open_pool

_databases = count(1)


@dataclass(frozen=True)
class OurDatabase:
    """Where it is, and a worker's pool on it."""

    url: str
    pool: asyncpg.Pool


@asynccontextmanager
async def fresh_database(server_url: str) -> AsyncIterator[OurDatabase]:
    """A database nobody else uses, gone afterwards."""
    name = f"ours_{next(_databases)}"
    admin = await asyncpg.connect(server_url)
    await admin.execute(f"CREATE DATABASE {name}")
    url = urlunsplit(urlsplit(server_url)._replace(path=f"/{name}"))
    try:
        await migrate(url)
        async with await open_pool(url) as pool:
            yield OurDatabase(url, pool)
    finally:
        await admin.execute(f"DROP DATABASE {name} WITH (FORCE)")
        await admin.close()
