"""Lines of lists in PostgreSQL: written with the ledger, sealed, each person once for ever."""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from adapters.postgres.list_sealing import seal_facts
from codec.sealing import SealingCodec
from models.cases.events import LedgerBatch
from models.cases.lists import ListEntry, person_hash

if TYPE_CHECKING:
    import asyncpg

    Connection = asyncpg.Connection | asyncpg.pool.PoolConnectionProxy[asyncpg.Record]

ADD = """
    INSERT INTO lienthong.list_lines
        (kind, person_hash, case_id, run_id, case_code, procedure,
         place, place_name, commune, district, province, occurred_on, sealed, voided_at)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13,
        (SELECT voided_at FROM lienthong.list_voids WHERE list_voids.case_code = $5))
    ON CONFLICT DO NOTHING
"""


ONE_AT_A_TIME = "SELECT pg_advisory_xact_lock(hashtextextended($1, 716296))"
"""Whoever writes or voids the lines of a case waits for who does so already."""


@dataclass(frozen=True)
class ListLines:
    """Who writes down the persons of a ledger batch."""

    codec: SealingCodec
    secret: bytes = field(repr=False)
    """Never rotated: it is what makes one person the same for ever."""

    async def add(self, connection: "Connection", batch: LedgerBatch) -> None:
        """Write the persons of a batch, in whatever transaction the connection is in.

        A person who is known already stays as first written. In the order of their hashes, so that
        two batches never wait for each other. Of a case whose act was revoked meanwhile it is void.
        """
        rows = sorted([await self._row(batch, entry) for entry in batch.persons], key=_by_person)
        for case_code in sorted({entry.case_code for entry in batch.persons}):
            await connection.execute(ONE_AT_A_TIME, case_code)
        await connection.executemany(ADD, rows)

    async def _row(self, batch: LedgerBatch, entry: ListEntry) -> tuple[object, ...]:
        person = person_hash(entry.kind, entry.person, self.secret)
        place = entry.place
        return (
            entry.kind,
            person,
            batch.case_id,
            batch.run_id,
            entry.case_code,
            entry.procedure,
            place.code,
            place.name,
            place.commune,
            place.district,
            place.province,
            entry.occurred_on,
            await seal_facts(self.codec, owner_of(entry.kind, person), entry.facts),
        )


def owner_of(kind: str, person: str) -> str:
    """Whose facts a line holds, as they are sealed with."""
    return f"{kind}/{person}"


def _by_person(row: tuple[object, ...]) -> tuple[str, str]:
    return str(row[0]), str(row[1])
