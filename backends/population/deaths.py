"""One call for a death: who died is verified and the death entered, once for each person."""

from datetime import date, datetime

from backends.population import register
from backends.population.contracts import (
    DeathAnswer,
    DeathRequest,
    DeathRevocation,
    RegisteredPerson,
)
from backends.shared import clock
from backends.shared.database import Connection, Pool
from backends.shared.digests import digest_of
from backends.shared.problems import ProblemError, unknown
from backends.shared.reasons import Reason
from backends.shared.spelling import plain
from models.kernel.vocabulary import Outcome

_HOLD = "SELECT pg_advisory_xact_lock(hashtextextended($1, 302))"
_ANSWERED = "SELECT digest, answer FROM agency_population.death_request WHERE key = $1"
_ANSWER = """
INSERT INTO agency_population.death_request (key, digest, answer, death, received_at)
VALUES ($1, $2, $3, $4, $5)
"""
_BORN_THEN = "SELECT personal_number FROM agency_population.person WHERE date_of_birth = $1"
_ENTER = """
INSERT INTO agency_population.death (personal_number, died_on, entered_at) VALUES ($1, $2, $3)
ON CONFLICT (personal_number) WHERE revoked_at IS NULL DO NOTHING
RETURNING id
"""
_ENTERED = """
SELECT id, died_on FROM agency_population.death
WHERE personal_number = $1 AND revoked_at IS NULL
"""
_DEATH_OF = """
SELECT id, revoked_at FROM agency_population.death
WHERE id = (SELECT death FROM agency_population.death_request WHERE key = $1)
FOR UPDATE
"""
_REVOKE = "UPDATE agency_population.death SET revoked_at = $2, revoked_by = $3 WHERE id = $1"
_MISMATCH = (
    "Thông tin người chết không khớp Cơ sở dữ liệu quốc gia về dân cư "
    "(số định danh, họ tên hoặc ngày sinh)."
)
_OTHER_DAY = "Người này đã được ghi nhận chết với ngày chết khác."


async def enter(pool: Pool, request: DeathRequest) -> str:
    """Answer a request once; who asks about a death already entered is told the same number.

    Raises:
        ProblemError: 409, the key is known with other content.
    """
    digest = digest_of(request)
    async with pool.acquire() as connection, connection.transaction():
        await connection.execute(_HOLD, request.key)
        known = await connection.fetchrow(_ANSWERED, request.key)
        if known:
            return _again(known["digest"], known["answer"], digest)
        death, answer = await _answer(connection, request)
        text = answer.model_dump_json()
        await connection.execute(_ANSWER, request.key, digest, text, death, clock.now())
        return text


async def revoke(pool: Pool, key: str, said: DeathRevocation) -> datetime:
    """Make the person alive again; since when. Said again, it is the first instant.

    Raises:
        ProblemError: 404, no death was entered under this key.
    """
    async with pool.acquire() as connection, connection.transaction():
        row = await connection.fetchrow(_DEATH_OF, key)
        if row is None:
            raise unknown("death")
        revoked_at: datetime = row["revoked_at"] or clock.now()
        if row["revoked_at"] is None:
            await connection.execute(_REVOKE, row["id"], revoked_at, said.correction_id)
        return revoked_at


async def _answer(connection: Connection, request: DeathRequest) -> tuple[int | None, DeathAnswer]:
    person = await _sought(connection, request)
    if person is None or request.died_on < person.date_of_birth:
        return None, _refused(request, Reason.IDENTITY_MISMATCH, _MISMATCH)
    number = person.personal_number
    death = await _entered(connection, number, request.died_on)
    if death is None:
        return None, _refused(request, Reason.ALREADY_DONE, _OTHER_DAY)
    return death, DeathAnswer(key=request.key, outcome=Outcome.GRANTED, personal_number=number)


async def _sought(connection: Connection, request: DeathRequest) -> RegisteredPerson | None:
    """The one person whom all declared facts fit; nobody where several do."""
    numbers = [request.personal_number] if request.personal_number else []
    if not numbers and request.date_of_birth:
        rows = await connection.fetch(_BORN_THEN, request.date_of_birth)
        numbers = [row["personal_number"] for row in rows]
    known = await register.find_persons(connection, numbers)
    fitting = [person for person in known.values() if _fits(request, person)]
    return fitting[0] if len(fitting) == 1 else None


def _fits(request: DeathRequest, person: RegisteredPerson) -> bool:
    return plain(request.full_name) == plain(person.full_name) and request.date_of_birth in (
        None,
        person.date_of_birth,
    )


async def _entered(connection: Connection, number: str, died_on: date) -> int | None:
    """The entry of this death, made now or before; None where another day stands there."""
    entered: int | None = await connection.fetchval(_ENTER, number, died_on, clock.now())
    if entered is not None:
        return entered
    known = await connection.fetchrow(_ENTERED, number)
    return known["id"] if known and known["died_on"] == died_on else None


def _refused(request: DeathRequest, reason: Reason, note: str) -> DeathAnswer:
    return DeathAnswer(key=request.key, outcome=Outcome.REFUSED, reason_code=reason, note=note)


def _again(known: str, answer: str, digest: str) -> str:
    if known != digest:
        raise ProblemError(409, "the key is known with other content")
    return answer
