"""A list with its persons, opened line by line; it is the same each time."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

import asyncpg

from adapters.postgres.list_lines import owner_of
from adapters.postgres.list_sealing import open_facts
from codec.sealing import SealingCodec
from models.contracts.lists import ListLine, PersonList

if TYPE_CHECKING:
    Connection = asyncpg.pool.PoolConnectionProxy[asyncpg.Record]

FIND = """
    SELECT number, kind, place, place_name, compiled_at, fee_per_line, fee_total
    FROM lienthong.person_lists WHERE number = $1
"""
LINES = """
    SELECT kind, person_hash, line_number, case_code, occurred_on, sealed
    FROM lienthong.list_lines WHERE list_number = $1 ORDER BY line_number
"""


async def list_on(
    connection: "asyncpg.Connection | Connection", codec: SealingCodec, number: str
) -> PersonList:
    """A list with its persons, read on a connection.

    Raises:
        KeyError: there is no such list.
        SealedLineError: a line cannot be opened with this ring of keys.
    """
    known = await connection.fetchrow(FIND, number)
    if known is None:
        raise KeyError(number)
    rows = await connection.fetch(LINES, number)
    return PersonList.model_validate({**known, "lines": await _opened(codec, rows)})


async def _opened(codec: SealingCodec, rows: Iterable[asyncpg.Record]) -> list[ListLine]:
    return [
        ListLine(
            number=row["line_number"],
            case_code=row["case_code"],
            occurred_on=row["occurred_on"],
            facts=await open_facts(codec, owner_of(row["kind"], row["person_hash"]), row["sealed"]),
        )
        for row in rows
    ]
