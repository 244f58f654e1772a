"""A child's registration corrected or revoked: the register of persons follows, once for each."""

from datetime import datetime

from backends.population.contracts import NewbornAnswer, NewbornCorrection
from backends.shared import clock
from backends.shared.database import Connection, Pool
from backends.shared.problems import unknown

_ANSWERED = "SELECT answer FROM agency_population.newborn_request WHERE key = $1"
_KEEP = """
INSERT INTO agency_population.person_before
    (personal_number, correction_id, kind, full_name, sex, date_of_birth, recorded_at)
SELECT personal_number, $2, $3, full_name, sex, date_of_birth, $4
FROM agency_population.person WHERE personal_number = $1 AND closed_on IS NULL
ON CONFLICT (personal_number, correction_id) DO NOTHING
RETURNING true
"""
_RECORDED = """
SELECT recorded_at FROM agency_population.person_before
WHERE personal_number = $1 AND correction_id = $2
"""
_CORRECT = """
UPDATE agency_population.person
SET full_name = coalesce($2, full_name), sex = coalesce($3, sex),
    date_of_birth = coalesce($4, date_of_birth)
WHERE personal_number = $1
"""
_CLOSE = "UPDATE agency_population.person SET closed_on = $2 WHERE personal_number = $1"
_FREE_EVENT = "UPDATE agency_population.newborn SET closed_at = $2 WHERE personal_number = $1"


async def correct(pool: Pool, key: str, said: NewbornCorrection) -> datetime:
    """Correct the child numbered under this key, or close the number; since when it is so.

    Said again, it is the first instant; a number closed before is left as it is.

    Raises:
        ProblemError: 404, no child was numbered under this key.
    """
    async with pool.acquire() as connection, connection.transaction():
        number = await _numbered(connection, key)
        now = clock.now()
        if await connection.fetchval(_KEEP, number, said.correction_id, said.kind, now):
            await _carry_out(connection, number, said, now)
        since: datetime | None = await connection.fetchval(_RECORDED, number, said.correction_id)
        return since or now


async def _numbered(connection: Connection, key: str) -> str:
    answer = await connection.fetchval(_ANSWERED, key)
    number = NewbornAnswer.model_validate_json(answer).personal_number if answer else None
    if number is None:
        raise unknown("newborn")
    return number


async def _carry_out(
    connection: Connection, number: str, said: NewbornCorrection, now: datetime
) -> None:
    if said.kind == "revoked":
        await connection.execute(_CLOSE, number, now.date())
        await connection.execute(_FREE_EVENT, number, now)
    else:
        await connection.execute(_CORRECT, number, said.full_name, said.sex, said.date_of_birth)
