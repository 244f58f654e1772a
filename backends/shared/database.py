"""Each agency's own PostgreSQL schema: one pool for the process, forward-only migrations."""

from collections.abc import Mapping, Sequence
from importlib.resources import files
from typing import TypeAlias

import asyncpg
from asyncpg.pool import PoolConnectionProxy

Connection: TypeAlias = "PoolConnectionProxy[asyncpg.Record]"
Pool: TypeAlias = "asyncpg.Pool[asyncpg.Record]"
Queryable: TypeAlias = "Connection | Pool"
"""Whatever a single statement can be sent through."""

_LOCK = "SELECT pg_advisory_xact_lock(hashtext('lienthong.agencies'))"
_BOOK = """
CREATE TABLE IF NOT EXISTS applied_migration (
    name text PRIMARY KEY,
    applied_at timestamptz NOT NULL DEFAULT now()
)
"""
_APPLIED = "SELECT name FROM applied_migration"
_NOTE = "INSERT INTO applied_migration (name) VALUES ($1)"
_SCHEMAS = """
SELECT schema_name FROM information_schema.schemata WHERE schema_name = ANY($1::text[])
"""


def schema_of(agency: str) -> str:
    """The schema an agency keeps its own data in."""
    return f"agency_{agency}"


async def open_pool(database_url: str, *, size: int = 10) -> Pool:
    """Connect once for the process; connections keep no session state, so none is reset."""

    async def keep(_connection: object) -> None:
        """Nothing to reset: no session settings, no session locks, no listeners."""

    return await asyncpg.create_pool(
        database_url, min_size=1, max_size=size, reset=keep, server_settings={"jit": "off"}
    )


async def migrate(pool: Pool, packages: Mapping[str, Sequence[str]]) -> None:
    """Bring schemas up to date: schema by schema, the SQL files of its packages in order.

    Several processes may do so at once; the first does the work while the others wait.
    """
    async with pool.acquire() as connection, connection.transaction():
        await connection.execute(_LOCK)
        known = {row[0] for row in await connection.fetch(_SCHEMAS, list(packages))}
        for schema, sources in packages.items():
            if schema not in known:
                await connection.execute(f'CREATE SCHEMA "{schema}"')
            await connection.execute(f'SET LOCAL search_path TO "{schema}"')
            await _apply(connection, sources)


async def _apply(connection: Connection, packages: Sequence[str]) -> None:
    await connection.execute(_BOOK)
    done = {row["name"] for row in await connection.fetch(_APPLIED)}
    for package in packages:
        folder = files(package) / "migrations"
        for script in sorted(folder.iterdir(), key=lambda entry: entry.name):
            name = f"{package}/{script.name}"
            if script.name.endswith(".sql") and name not in done:
                await connection.execute(script.read_text("utf-8"))
                await connection.execute(_NOTE, name)
