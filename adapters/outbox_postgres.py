"""Reminders waiting in our database to be sent; each is sent at least once, under its own key."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

import asyncpg

from adapters.database import UNREACHABLE, unavailable
from models.wire import Notice

UNSENT = """
    SELECT key, notice FROM lienthong.outbox WHERE sent_at IS NULL
    ORDER BY written_at LIMIT $1 FOR UPDATE SKIP LOCKED
"""
SENT = "UPDATE lienthong.outbox SET sent_at = now() WHERE key = ANY($1::text[])"


@dataclass(frozen=True)
class PostgresOutbox:
    """`Outbox` on our own database; several workers may empty it at once."""

    pool: asyncpg.Pool

    @asynccontextmanager
    async def taken(self, most: int) -> AsyncIterator[tuple[list[Notice], list[str]]]:
        """Notices nobody else is sending now, and a list for the keys of those that were sent."""
        try:
            async with self.pool.acquire() as connection, connection.transaction():
                rows = await connection.fetch(UNSENT, most)
                sent: list[str] = []
                yield [Notice.model_validate_json(row["notice"]) for row in rows], sent
                if sent:
                    await connection.execute(SENT, sent)
        except UNREACHABLE as error:
            raise unavailable("empty the outbox") from error
