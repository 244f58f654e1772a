"""Entering the invented households at every agency that must know them, once and in step."""

from collections.abc import Awaitable, Callable, Sequence
from typing import Any, Final, NamedTuple

import structlog

from backends.country.elders import MOST_ELDERS, ElderHousehold, elders
from backends.country.people import MOST, SEED, Family, couples
from backends.insurance import cards
from backends.insurance import records as insured
from backends.population import register
from backends.residence import registration
from backends.shared.database import Connection, Pool
from backends.social_affairs import records as supported
from backends.treasury import bank

BATCH: Final = 1_000
"""Families entered together, about three thousand people; changing it needs a migration."""
ELDER_BATCH: Final = 500
"""Older households entered together, about eighteen hundred people; changing it needs one, too."""
_SETTLED = "SELECT number FROM agency_switchboard.{table} WHERE number BETWEEN $1 AND $2"
_CLAIM = """
INSERT INTO agency_switchboard.{table} (number) VALUES ($1)
ON CONFLICT (number) DO NOTHING
RETURNING number
"""
log = structlog.get_logger()


class _Quarter(NamedTuple):
    """One kind of household: how many there are, and who must know them."""

    table: str
    batch: int
    most: int
    invent: Callable[..., Sequence[Any]]  # Any: households of this kind
    registers: tuple[Callable[[Connection, Sequence[Any]], Awaitable[None]], ...]


_COUPLES = _Quarter(
    "settled_batch", BATCH, MOST, couples, (register.settle, registration.settle, cards.settle)
)
_ELDERS = _Quarter(
    "settled_elders",
    ELDER_BATCH,
    MOST_ELDERS,
    elders,
    (
        register.settle,
        registration.settle,
        cards.settle,
        insured.settle,
        supported.settle,
        bank.settle,
    ),
)


async def found(pool: Pool) -> None:
    """Have somebody there from the start: the first batch of each kind of household."""
    await settle(pool, offset=0, limit=1)
    await settle_elders(pool, offset=0, limit=1)


async def settle(pool: Pool, *, offset: int, limit: int) -> None:
    """See to it that these families are registered; others are left for when they are asked for."""
    await _settle(pool, _COUPLES, offset=offset, limit=limit)


async def settle_elders(pool: Pool, *, offset: int, limit: int) -> None:
    """See to it that these older households are registered."""
    await _settle(pool, _ELDERS, offset=offset, limit=limit)


async def registered_families(pool: Pool, *, offset: int, limit: int) -> Sequence[Family]:
    """Families by their index, all of them known to every agency; fewer where there are no more."""
    await settle(pool, offset=offset, limit=limit)
    return couples(SEED, limit, start=offset)


async def registered_elders(pool: Pool, *, offset: int, limit: int) -> Sequence[ElderHousehold]:
    """Older households by their index, known to every agency; fewer where there are no more."""
    await settle_elders(pool, offset=offset, limit=limit)
    return elders(SEED, limit, start=offset)


async def _settle(pool: Pool, quarter: _Quarter, *, offset: int, limit: int) -> None:
    first = offset // quarter.batch
    last = (min(offset + limit, quarter.most) - 1) // quarter.batch
    rows = await pool.fetch(_SETTLED.format(table=quarter.table), first, last)
    known = {row["number"] for row in rows}
    for number in range(first, last + 1):
        if number not in known:
            await _settle_batch(pool, quarter, number)


async def _settle_batch(pool: Pool, quarter: _Quarter, number: int) -> None:
    """Enter one batch everywhere or nowhere; who comes second waits for the first."""
    async with pool.acquire() as connection, connection.transaction():
        if await connection.fetchval(_CLAIM.format(table=quarter.table), number) is None:
            return
        households = quarter.invent(SEED, quarter.batch, start=number * quarter.batch)
        for enter in quarter.registers:
            await enter(connection, households)
    log.info("world.settled", table=quarter.table, batch=number, households=len(households))
