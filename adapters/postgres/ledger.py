"""The ledger in PostgreSQL: one statement a batch, and an entry written twice is there once."""

import json
from dataclasses import dataclass

import asyncpg

from adapters.postgres.database import UNREACHABLE, unavailable
from adapters.postgres.list_lines import ListLines
from models.cases.events import LedgerBatch, LedgerEntry

APPEND = """
    INSERT INTO lienthong.ledger_entries
        (case_id, run_id, case_code, seq, at, event, procedure, agency, facts)
    SELECT $1, $2, $3, entry.*
    FROM unnest($4::int[], $5::timestamptz[], $6::text[], $7::text[], $8::text[], $9::jsonb[])
        AS entry
    ON CONFLICT (case_id, run_id, seq) DO NOTHING
"""

POST = "INSERT INTO lienthong.outbox (key, notice) VALUES ($1, $2) ON CONFLICT DO NOTHING"
ENTRIES = """
    SELECT seq, at, event, procedure, agency, facts FROM lienthong.ledger_entries
    WHERE case_id = $1 AND run_id = coalesce($2, (
        SELECT run_id FROM lienthong.ledger_entries
        WHERE case_id = $1 ORDER BY written_at DESC LIMIT 1
    ))
    ORDER BY seq
"""


async def append_entries(
    connection: "asyncpg.Connection | asyncpg.pool.PoolConnectionProxy[asyncpg.Record]",
    batch: LedgerBatch,
    lines: ListLines | None = None,
) -> None:
    """Write a batch on a connection, inside whatever transaction it is in.

    Raises:
        ValueError: persons are to be listed, and nobody here can seal them: none may be lost.
    """
    entries = batch.entries
    await connection.execute(
        APPEND,
        batch.case_id,
        batch.run_id,
        batch.case_code,
        [entry.seq for entry in entries],
        [entry.at for entry in entries],
        [entry.event for entry in entries],
        [entry.procedure for entry in entries],
        [entry.agency for entry in entries],
        [json.dumps(entry.facts, ensure_ascii=False) for entry in entries],
    )
    if batch.notices:
        notices = [(notice.key, notice.model_dump_json()) for notice in batch.notices]
        await connection.executemany(POST, notices)
    if batch.persons:
        if lines is None:
            raise ValueError("persons are to be listed, and there is no key to seal them with")
        await lines.add(connection, batch)


@dataclass(frozen=True)
class PostgresLedger:
    """`Ledger` on our own database."""

    pool: asyncpg.Pool
    lines: ListLines | None = None
    """Who seals the persons to be listed; None: no batch here may bring any."""

    async def append(self, batch: LedgerBatch) -> None:
        """Write entries with what goes with them, or nothing; writing one again changes nothing."""
        try:
            async with self.pool.acquire() as connection, connection.transaction():
                await append_entries(connection, batch, self.lines)
        except UNREACHABLE as error:
            raise unavailable("append to the ledger") from error


async def entries_of(
    database_url: str, case_id: str, run_id: str | None = None
) -> list[LedgerEntry]:
    """Every entry of a run (by default the newest), in order; none while the case still moves."""
    connection = await asyncpg.connect(database_url)
    try:
        rows = await connection.fetch(ENTRIES, case_id, run_id)
    finally:
        await connection.close()
    return [LedgerEntry.model_validate({**row, "facts": json.loads(row["facts"])}) for row in rows]
