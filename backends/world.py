"""Entering the invented families at every agency that must know them, once and in step."""

from collections.abc import Sequence
from typing import Final

import structlog

from backends.database import Pool
from backends.insurance import cards
from backends.population import register
from backends.population.people import MOST, SEED, Family, couples
from backends.residence import registration

BATCH: Final = 1_000
"""Families entered together, about three thousand people; changing it needs a migration."""
_SETTLED = "SELECT number FROM agency_switchboard.settled_batch WHERE number BETWEEN $1 AND $2"
_CLAIM = """
INSERT INTO agency_switchboard.settled_batch (number) VALUES ($1)
ON CONFLICT (number) DO NOTHING
RETURNING number
"""
log = structlog.get_logger()


async def settle(pool: Pool, *, offset: int, limit: int) -> None:
    """See to it that these families are registered; others are left for when they are asked for."""
    first, last = offset // BATCH, (min(offset + limit, MOST) - 1) // BATCH
    known = {row["number"] for row in await pool.fetch(_SETTLED, first, last)}
    for number in range(first, last + 1):
        if number not in known:
            await _settle_batch(pool, number)


async def registered_families(pool: Pool, *, offset: int, limit: int) -> Sequence[Family]:
    """Families by their index, all of them known to every agency; fewer where there are no more."""
    await settle(pool, offset=offset, limit=limit)
    return couples(SEED, limit, start=offset)


async def _settle_batch(pool: Pool, number: int) -> None:
    """Enter one batch everywhere or nowhere; who comes second waits for the first."""
    async with pool.acquire() as connection, connection.transaction():
        if await connection.fetchval(_CLAIM, number) is None:
            return
        families = couples(SEED, BATCH, start=number * BATCH)
        for enter in (register.settle, registration.settle, cards.settle):
            await enter(connection, families)
    log.info("world.settled", batch=number, families=len(families))
