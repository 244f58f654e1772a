"""Our own PostgreSQL: one pool, forward-only migrations, and a role that cannot rewrite history."""

from pathlib import Path

import asyncpg

from models.kernel.errors import BackendUnavailableError

MIGRATIONS = Path(__file__).parent / "migrations"
WORKER_ROLE = "lienthong_worker"

UNREACHABLE = (
    OSError,
    TimeoutError,
    asyncpg.PostgresConnectionError,
    asyncpg.CannotConnectNowError,
    asyncpg.InterfaceError,
    asyncpg.InternalClientError,  # what it says when cut off between two steps of one call
    asyncpg.AdminShutdownError,
    asyncpg.TooManyConnectionsError,
)
"""How asyncpg says that the database is away; the same call may succeed later."""

ONE_MIGRATOR = "SELECT pg_advisory_xact_lock(716293)"
PREPARE = """
    CREATE SCHEMA IF NOT EXISTS lienthong;
    CREATE TABLE IF NOT EXISTS lienthong.migrations (
        name text PRIMARY KEY,
        applied_at timestamptz NOT NULL DEFAULT now()
    );
    DO $$ BEGIN
        IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'lienthong_worker') THEN
            CREATE ROLE lienthong_worker NOLOGIN;
        END IF;
    END $$;
"""
APPLIED = "SELECT name FROM lienthong.migrations"
RECORD = "INSERT INTO lienthong.migrations (name) VALUES ($1)"


async def migrate(database_url: str) -> None:
    """Bring the schema up to date; several processes may do so at once, and again."""
    connection = await asyncpg.connect(database_url)
    try:
        async with connection.transaction():
            await connection.execute(ONE_MIGRATOR)
            await connection.execute(PREPARE)
            applied = {row["name"] for row in await connection.fetch(APPLIED)}
            for script in sorted(MIGRATIONS.glob("*.sql")):
                if script.name not in applied:
                    await connection.execute(script.read_text("utf-8"))
                    await connection.execute(RECORD, script.name)
    finally:
        await connection.close()


async def open_pool(database_url: str, *, size: int = 10) -> asyncpg.Pool:
    """A pool whose connections act as the worker's role: it may append, and not change, the ledger.

    Connects lazily, so that a database that is away at start-up is a delay and not a crash.
    """
    return await asyncpg.create_pool(
        database_url,
        min_size=0,
        max_size=size,
        timeout=1.5,
        command_timeout=5,
        server_settings={"application_name": "lienthong"},
        init=_act_as_worker,
    )


async def _act_as_worker(connection: asyncpg.Connection) -> None:
    """Once a connection: the reset between uses leaves the role as it is."""
    await connection.execute(f"SET ROLE {WORKER_ROLE}")


def unavailable(what: str) -> BackendUnavailableError:
    """Our own word for a database that is away; says what was attempted, and nothing personal."""
    return BackendUnavailableError(f"our database is away: {what}")
