"""Reminders waiting in our database to be sent; each is sent at least once, under its own key."""

from dataclasses import dataclass
from datetime import timedelta

import asyncpg
from pydantic import ValidationError

from adapters.postgres.database import UNREACHABLE, unavailable
from models.contracts.dossiers import Notice
from models.operations.outbox import Delivery, Fate, LeasedNotice, OutboxCount, RefusedNotice

LEASE = """
    UPDATE lienthong.outbox AS leased
    SET attempts = leased.attempts + 1, leased_until = now() + $2::interval, rests_until = NULL
    FROM (
        SELECT key FROM lienthong.outbox
        WHERE sent_at IS NULL AND refused_at IS NULL
            AND coalesce(leased_until, '-infinity') <= now()
            AND coalesce(rests_until, '-infinity') <= now()
        ORDER BY written_at, key LIMIT $1 FOR UPDATE SKIP LOCKED
    ) AS next
    WHERE leased.key = next.key
    RETURNING leased.key, leased.notice, leased.attempts, leased.written_at
"""
SETTLE = """
    UPDATE lienthong.outbox SET
        leased_until = NULL, last_error = $4,
        sent_at = CASE WHEN $3 = 'sent' THEN now() END,
        refused_at = CASE WHEN $3 = 'refused' THEN now() END,
        rests_until = CASE WHEN $3 = 'put_off' THEN now() + $5::interval END
    WHERE key = $1 AND sent_at IS NULL AND ($3 = 'sent' OR attempts = $2)
"""
"""Sent is sent, whoever holds the lease by now; anything else only the latest lease may say."""

COUNT = """
    SELECT count(*) FILTER (WHERE refused_at IS NULL) AS waiting,
        count(*) FILTER (WHERE refused_at IS NULL AND rests_until > now()) AS resting,
        count(*) FILTER (WHERE refused_at IS NOT NULL) AS refused,
        min(written_at) FILTER (WHERE refused_at IS NULL) AS oldest_waiting_since
    FROM lienthong.outbox WHERE sent_at IS NULL
"""
REFUSED = """
    SELECT key, notice ->> 'case_code' AS case_code, notice ->> 'kind' AS kind, written_at,
        refused_at, attempts, last_error AS error
    FROM lienthong.outbox WHERE refused_at IS NOT NULL ORDER BY refused_at, key LIMIT $1
"""
RETRY = """
    UPDATE lienthong.outbox SET refused_at = NULL, rests_until = NULL
    WHERE refused_at IS NOT NULL AND ($1::text IS NULL OR key = $1)
"""
SHOWN = 200


@dataclass(frozen=True)
class PostgresOutbox:
    """`Outbox` on our own database; several workers may empty it at once."""

    pool: asyncpg.Pool

    async def lease(self, most: int, term: timedelta) -> list[LeasedNotice]:
        """The longest waiting that nobody sends now, ours for a while; oldest first.

        What no longer reads as a reminder is marked as refused on the way: it blocks nobody.
        """
        try:
            rows = await self.pool.fetch(LEASE, most, term)
        except UNREACHABLE as error:
            raise unavailable("lease reminders") from error
        ordered = sorted(rows, key=lambda row: (row["written_at"], row["key"]))
        read = [await self._read(row) for row in ordered]
        return [one for one in read if one is not None]

    async def settle(self, delivery: Delivery) -> None:
        """Record what a try came to; said late, by who has lost the lease, only `sent` counts."""
        row = (delivery.key, delivery.attempt, delivery.fate, delivery.error, delivery.rest)
        try:
            await self.pool.execute(SETTLE, *row)
        except UNREACHABLE as error:
            raise unavailable("mark a reminder") from error

    async def count(self) -> OutboxCount:
        """How many wait, rest and were refused."""
        try:
            row = await self.pool.fetchrow(COUNT)
        except UNREACHABLE as error:
            raise unavailable("count reminders") from error
        return OutboxCount.model_validate(dict(row or {}))

    async def refused(self) -> list[RefusedNotice]:
        """What waits for a person, longest first; two hundred at most."""
        try:
            rows = await self.pool.fetch(REFUSED, SHOWN)
        except UNREACHABLE as error:
            raise unavailable("look for refused reminders") from error
        return [RefusedNotice.model_validate(dict(row)) for row in rows]

    async def retry(self, key: str | None = None) -> int:
        """Put refused ones, or the one of a key, back among those to be sent; says how many."""
        try:
            done = await self.pool.execute(RETRY, key)
        except UNREACHABLE as error:
            raise unavailable("put reminders back") from error
        return int(done.rpartition(" ")[2])

    async def _read(self, row: asyncpg.Record) -> LeasedNotice | None:
        try:
            notice = Notice.model_validate_json(row["notice"])
        except ValidationError as error:
            kind = type(error).__name__
            await self.settle(
                Delivery(key=row["key"], attempt=row["attempts"], fate=Fate.REFUSED, error=kind)
            )
            return None
        return LeasedNotice(notice=notice, attempt=row["attempts"])
