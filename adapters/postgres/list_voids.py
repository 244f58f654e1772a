"""Taking a revoked case's lines off the lists, those too that are written only afterwards."""

from typing import TYPE_CHECKING

from adapters.postgres.list_lines import ONE_AT_A_TIME
from models.kernel.base import CaseCode

if TYPE_CHECKING:
    import asyncpg

    Connection = asyncpg.pool.PoolConnectionProxy[asyncpg.Record]

VOID = (
    "UPDATE lienthong.list_lines SET voided_at = now() WHERE case_code = $1 AND voided_at IS NULL"
)
REVOKED = "INSERT INTO lienthong.list_voids (case_code) VALUES ($1) ON CONFLICT DO NOTHING"
ON_THEIR_WAY = """
    SELECT DISTINCT number FROM lienthong.list_lines JOIN lienthong.person_lists
        ON number = list_number
    WHERE case_code = $1 AND acknowledged_at IS NULL ORDER BY number
"""


async def void_lines(connection: "Connection", case_code: CaseCode) -> list[str]:
    """Void them, in the transaction the connection is in; returns their lists on their way."""
    await connection.execute(ONE_AT_A_TIME, case_code)
    await connection.execute(REVOKED, case_code)
    await connection.execute(VOID, case_code)
    rows = await connection.fetch(ON_THEIR_WAY, case_code)
    return [row["number"] for row in rows]
