"""Entering the invented families at every agency that must know them, once and in step."""

from collections.abc import Sequence
from typing import Final

import structlog

from backends.database import Pool
from backends.insurance import cards
from backends.population import register
from backends.population.people import MOST, SEED, Family, couples
from backends.residence import registration

INITIAL: Final = 1_000
"""Families entered at the first start: about three thousand people."""
_BATCH: Final = 1_000
_SETTLED = "SELECT families FROM agency_switchboard.settled FOR UPDATE"
_SETTLED_NOW = "SELECT families FROM agency_switchboard.settled"
_NOTE = "UPDATE agency_switchboard.settled SET families = $1"
log = structlog.get_logger()


async def settle_until(pool: Pool, count: int) -> None:
    """See to it that the first `count` families are registered; entered in whole batches."""
    if await pool.fetchval(_SETTLED_NOW) >= min(count, MOST):
        return
    async with pool.acquire() as connection, connection.transaction():
        settled = await connection.fetchval(_SETTLED)
        wanted = min(max(count, settled), MOST)
        while settled < wanted:
            families = couples(SEED, _BATCH, start=settled)
            for enter in (register.settle, registration.settle, cards.settle):
                await enter(connection, families)
            settled += len(families)
            await connection.execute(_NOTE, settled)
            log.info("world.settled", families=settled)


async def registered_families(pool: Pool, *, offset: int, limit: int) -> Sequence[Family]:
    """Families by their index, all of them known to every agency; fewer where there are no more."""
    await settle_until(pool, offset + limit)
    return couples(SEED, limit, start=offset)
