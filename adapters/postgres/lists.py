"""The lists in PostgreSQL: one transaction draws one up, so that no line is lost or repeated."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import asyncpg

from adapters.postgres.database import UNREACHABLE, unavailable
from adapters.postgres.list_reading import list_on
from adapters.postgres.list_voids import void_lines
from codec.sealing import SealingCodec
from models.contracts.lists import ListKind, ListReceipt, PersonList
from models.kernel.base import CaseCode
from models.lists.orders import CompileLists, ListTerms, WaitingPlace

if TYPE_CHECKING:
    Connection = asyncpg.pool.PoolConnectionProxy[asyncpg.Record]

MOST_LINES = 2_000
"""Of one list, so that it stays a page-able document and one short transaction."""
PLACES = """
    SELECT place, max(place_name) AS name, max(province) AS province, sum(waiting)::int AS waiting
    FROM (
        SELECT place, place_name, province, 1 AS waiting FROM lienthong.list_lines
        WHERE kind = $1 AND list_number IS NULL AND occurred_on <= $2 AND voided_at IS NULL
        UNION ALL
        SELECT place, place_name, NULL, 0 FROM lienthong.person_lists
        WHERE kind = $1 AND acknowledged_at IS NULL
    ) AS known
    WHERE place > $3 AND ($4::text IS NULL OR place = $4)
    GROUP BY place ORDER BY place LIMIT $5
"""
ONE_AT_A_TIME = "SELECT pg_advisory_xact_lock(hashtextextended($1, 716295))"
WAITING = """
    SELECT person_hash, place_name FROM lienthong.list_lines
    WHERE kind = $1 AND place = $2 AND list_number IS NULL AND occurred_on <= $3
        AND voided_at IS NULL
    ORDER BY occurred_on, case_code, person_hash LIMIT $4 FOR UPDATE
"""
NEXT_NUMBER = """
    INSERT INTO lienthong.list_numbers AS numbers (prefix, last) VALUES ($1, 1)
    ON CONFLICT (prefix) DO UPDATE SET last = numbers.last + 1
    RETURNING last
"""
ENTER = """
    INSERT INTO lienthong.person_lists
        (number, kind, place, place_name, until, compiled_at,
         line_count, fee_per_line, fee_total, fee_basis)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
"""
PUT_ON = """
    UPDATE lienthong.list_lines SET list_number = $1, line_number = person.number
    FROM unnest($3::text[]) WITH ORDINALITY AS person (hash, number)
    WHERE kind = $2 AND person_hash = person.hash AND voided_at IS NULL
"""
UNDELIVERED = """
    SELECT number FROM lienthong.person_lists
    WHERE kind = $1 AND place = ANY ($2::text[]) AND acknowledged_at IS NULL ORDER BY number
"""
ACKNOWLEDGE = """
    UPDATE lienthong.person_lists SET acknowledged_at = $2, taken = $3, trouble = NULL
    WHERE number = $1 AND acknowledged_at IS NULL RETURNING number
"""
REJECT = """
    UPDATE lienthong.list_lines SET rejected_because = $3
    WHERE list_number = $1 AND line_number = $2
"""
TROUBLE = """
    UPDATE lienthong.person_lists SET trouble = $2 WHERE number = $1 AND acknowledged_at IS NULL
"""


@dataclass(frozen=True)
class PostgresListRepository:
    """`ListRepository` on our own database, which sees persons only sealed and as keyed hashes."""

    pool: asyncpg.Pool
    codec: SealingCodec

    async def places(self, order: CompileLists) -> list[WaitingPlace]:
        """The next page of places with something to list or to deliver, by code."""
        terms = (order.kind, order.until, order.after, order.place, order.most)
        try:
            rows = await self.pool.fetch(PLACES, *terms)
        except UNREACHABLE as error:
            raise unavailable("look for persons to be listed") from error
        return [WaitingPlace.model_validate(dict(row)) for row in rows]

    async def draw_up(self, terms: ListTerms) -> str | None:
        """Number the next list of a place and put its persons on it; None: nobody waits."""
        try:
            async with self.pool.acquire() as connection, connection.transaction():
                await connection.execute(ONE_AT_A_TIME, f"{terms.kind}/{terms.place}")
                return await _drawn_up(connection, terms)
        except UNREACHABLE as error:
            raise unavailable("draw up a list") from error

    async def undelivered(self, kind: ListKind, places: list[str]) -> list[str]:
        """Numbers of these places' lists that were not acknowledged."""
        try:
            rows = await self.pool.fetch(UNDELIVERED, kind, places)
        except UNREACHABLE as error:
            raise unavailable("look for lists to deliver") from error
        return [row["number"] for row in rows]

    async def find(self, number: str) -> PersonList:
        """A list with its persons, opened; the same each time.

        Raises:
            KeyError: there is no such list.
            SealedLineError: a line cannot be opened with this ring of keys.
        """
        try:
            async with self.pool.acquire() as connection:
                return await list_on(connection, self.codec, number)
        except UNREACHABLE as error:
            raise unavailable("read a list") from error

    async def acknowledge(self, receipt: ListReceipt) -> None:
        """Keep what the insurer said; said again it changes nothing."""
        rejected = [(receipt.number, int(line), why) for line, why in receipt.rejected.items()]
        try:
            async with self.pool.acquire() as connection, connection.transaction():
                said = (receipt.number, receipt.received_at, receipt.taken)
                if await connection.fetchval(ACKNOWLEDGE, *said) is not None:
                    await connection.executemany(REJECT, rejected)
        except UNREACHABLE as error:
            raise unavailable("keep the acknowledgement of a list") from error

    async def note_trouble(self, number: str, because: str) -> None:
        """Keep why a list cannot be delivered, until it is."""
        try:
            await self.pool.execute(TROUBLE, number, because)
        except UNREACHABLE as error:
            raise unavailable("note the trouble with a list") from error

    async def void(self, case_code: CaseCode) -> list[str]:
        """A revoked act's line counts no more; returns its lists that are still on their way."""
        try:
            async with self.pool.acquire() as connection, connection.transaction():
                return await void_lines(connection, case_code)
        except UNREACHABLE as error:
            raise unavailable("void the line of a case") from error


async def _drawn_up(connection: "Connection", terms: ListTerms) -> str | None:
    waiting = await connection.fetch(WAITING, terms.kind, terms.place, terms.until, MOST_LINES)
    if not waiting:
        return None
    prefix = f"{terms.kind}-{terms.place}-{terms.until:%y%m}"
    number = f"{prefix}-{await connection.fetchval(NEXT_NUMBER, prefix):03d}"
    fee = terms.fee
    await connection.execute(
        ENTER,
        number,
        terms.kind,
        terms.place,
        waiting[-1]["place_name"],
        terms.until,
        terms.at,
        len(waiting),
        fee.amount,
        len(waiting) * fee.amount,
        fee.model_dump_json(),
    )
    await connection.execute(PUT_ON, number, terms.kind, [row["person_hash"] for row in waiting])
    return number
