"""What people are told of lists: what was drawn up, its findings, and what became of those."""

import json
from dataclasses import dataclass

import asyncpg

from adapters.postgres.database import UNREACHABLE, unavailable
from models.contracts.lists import ListKind
from models.lists.issued_lists import IssuedList, Rejection

ISSUED = """
    SELECT number, kind, place, place_name, until, compiled_at, line_count AS lines, fee_per_line,
        fee_total, fee_basis AS fee, acknowledged_at, taken, trouble
    FROM lienthong.person_lists AS list
    WHERE kind = $1 AND ($2::text IS NULL OR place = $2) AND (
        to_char(until, 'YYYY-MM') = $3 OR acknowledged_at IS NULL OR EXISTS (
            SELECT FROM lienthong.list_lines WHERE list_number = list.number
                AND rejected_because IS NOT NULL AND settled_at IS NULL
        )
    )
    ORDER BY number
"""
REJECTED = """
    SELECT list_number, line_number AS line, case_code, rejected_because AS reason_code,
        settled_by, settled_how
    FROM lienthong.list_lines
    WHERE list_number = ANY ($1::text[]) AND rejected_because IS NOT NULL
    ORDER BY list_number, line_number
"""
SETTLE = """
    UPDATE lienthong.list_lines SET settled_at = now(), settled_by = $3, settled_how = $4
    WHERE list_number = $1 AND line_number = $2
        AND rejected_because IS NOT NULL AND settled_at IS NULL
    RETURNING case_code
"""


@dataclass(frozen=True)
class PostgresListFindings:
    """Lists without their persons."""

    pool: asyncpg.Pool

    async def issued(self, kind: ListKind, place: str | None, month: str) -> list[IssuedList]:
        """The lists of a month (`2026-11`), and older ones somebody must still look after."""
        try:
            rows = await self.pool.fetch(ISSUED, kind, place, month)
            numbers = [row["number"] for row in rows]
            rejected = await self.pool.fetch(REJECTED, numbers)
        except UNREACHABLE as error:
            raise unavailable("look for lists") from error
        return [_issued(row, rejected) for row in rows]

    async def settle(self, number: str, line: int, *, by: str, how: str) -> str | None:
        """Say what became of a rejected line; None: no such finding is open."""
        try:
            code: str | None = await self.pool.fetchval(SETTLE, number, line, by, how)
        except UNREACHABLE as error:
            raise unavailable("settle a rejected line") from error
        return code


def _issued(row: asyncpg.Record, rejected: list[asyncpg.Record]) -> IssuedList:
    mine = (dict(one) for one in rejected if one["list_number"] == row["number"])
    return IssuedList.model_validate(
        {
            **row,
            "fee": json.loads(row["fee"]),
            "rejections": [Rejection.model_validate(one) for one in mine],
        }
    )
