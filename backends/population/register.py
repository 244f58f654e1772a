"""The register of persons in PostgreSQL: finding people, and numbering newborns once for ever."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import NamedTuple

from backends.country.elders import ElderHousehold
from backends.country.people import Family
from backends.population.contracts import NewbornAnswer, NewbornRequest, RegisteredPerson
from backends.population.numbers import number_of, prefix_of
from backends.shared.database import Connection, Pool, Queryable

_PERSONS = """
SELECT person.personal_number, full_name, sex, date_of_birth, died_on, closed_on
FROM agency_population.person
LEFT JOIN agency_population.death
    ON death.personal_number = person.personal_number AND death.revoked_at IS NULL
WHERE person.personal_number = ANY($1::text[])
"""
_ANSWERED = "SELECT digest, answer FROM agency_population.newborn_request WHERE key = $1"
_ANSWER = """
INSERT INTO agency_population.newborn_request (key, digest, answer, received_at)
VALUES ($1, $2, $3, $4)
ON CONFLICT (key) DO NOTHING
"""
_NUMBERED = """
SELECT facts_digest, personal_number FROM agency_population.newborn
WHERE event = $1 AND closed_at IS NULL
"""
_HOLD_EVENT = "SELECT pg_advisory_xact_lock(hashtextextended($1, 301))"
_NEXT = """
INSERT INTO agency_population.number_series AS series (prefix, last) VALUES ($1, 1)
ON CONFLICT (prefix) DO UPDATE SET last = series.last + 1
RETURNING last
"""
_ENTER = """
WITH child AS (
    INSERT INTO agency_population.person (personal_number, full_name, sex, date_of_birth)
    VALUES ($1, $2, $3, $4)
)
INSERT INTO agency_population.newborn
    (event, facts_digest, personal_number, mother, father, issued_at)
VALUES ($5, $6, $1, $7, $8, $9)
"""


class Numbered(NamedTuple):
    """A birth that has its number, with a digest of the facts it was given on."""

    facts_digest: str
    personal_number: str


async def find_person(pool: Pool, personal_number: str) -> RegisteredPerson | None:
    """One person, or nobody."""
    rows = await pool.fetch(_PERSONS, [personal_number])
    return RegisteredPerson.model_validate(dict(rows[0])) if rows else None


async def find_persons(
    connection: Connection, numbers: Sequence[str]
) -> dict[str, RegisteredPerson]:
    """Those of them the register knows, by number; a closed one is nobody's."""
    rows = await connection.fetch(_PERSONS, numbers)
    known = (RegisteredPerson.model_validate(dict(row)) for row in rows)
    return {person.personal_number: person for person in known if person.closed_on is None}


async def answered(connection: Queryable, key: str) -> tuple[str, str] | None:
    """Digest and answer of a request answered before."""
    row = await connection.fetchrow(_ANSWERED, key)
    return (row["digest"], row["answer"]) if row else None


async def keep_answer(
    connection: Connection, answer: NewbornAnswer, *, digest: str, at: datetime
) -> None:
    """Keep an answer, so that the same request is answered the same."""
    await connection.execute(_ANSWER, answer.key, digest, answer.model_dump_json(), at)


async def hold_event(connection: Connection, event: str) -> Numbered | None:
    """Keep others from numbering this birth until the transaction ends; its number, if any."""
    await connection.execute(_HOLD_EVENT, event)
    row = await connection.fetchrow(_NUMBERED, event)
    return Numbered(*row) if row else None


async def number_newborn(
    connection: Connection, request: NewbornRequest, *, facts_digest: str, at: datetime
) -> str:
    """Give the next number of the series, and enter the child under it."""
    prefix = prefix_of(request.province, request.sex, request.date_of_birth)
    number = number_of(prefix, await connection.fetchval(_NEXT, prefix))
    await connection.execute(
        _ENTER,
        number,
        request.full_name,
        request.sex,
        request.date_of_birth,
        request.event,
        facts_digest,
        request.mother.personal_number if request.mother else None,
        request.father.personal_number if request.father else None,
        at,
    )
    return number


async def settle(connection: Connection, households: Iterable[Family | ElderHousehold]) -> None:
    """Enter the people of invented households."""
    records: list[tuple[str, str, str, date]] = [
        (person.personal_number, person.full_name, person.sex, person.date_of_birth)
        for household in households
        for person in household.people()
    ]
    await connection.copy_records_to_table(
        "person",
        schema_name="agency_population",
        columns=("personal_number", "full_name", "sex", "date_of_birth"),
        records=records,
    )
