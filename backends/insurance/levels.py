"""The agency's own table of reference levels, and how money is reckoned and written from it."""

from datetime import date
from typing import NamedTuple

from backends.shared.database import Queryable

_LEVEL = """
SELECT amount, basis FROM agency_insurance.reference_level
WHERE valid_from <= date_trunc('month', $1::date)::date
ORDER BY valid_from DESC LIMIT 1
"""


class Level(NamedTuple):
    """A reference level in whole đồng, and its basis."""

    amount: int
    basis: str


async def level_of(connection: Queryable, died_on: date) -> Level | None:
    """The level of the month of death; None before the first that is known."""
    row = await connection.fetchrow(_LEVEL, died_on)
    return Level(*row) if row else None


def dong(amount: int) -> str:
    """An amount as it is written: 2.530.000."""
    return f"{amount:,}".replace(",", ".")
