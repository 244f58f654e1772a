"""The register as operators need it: what claims to be open, and letting go of what is dead."""

import json
from collections.abc import Iterable
from dataclasses import dataclass

import asyncpg

from adapters.postgres.database import UNREACHABLE, unavailable
from models.cases.archive import archived_from_ledger
from models.cases.events import LedgerEntry
from models.intake.intake import Opening
from models.kernel.base import CaseCode
from models.operations.releases import RegisterRow, Release, Released
from models.operations.troubles import StuckDossier, dossiers_of

OPEN = """
    SELECT case_code, case_id, run_id, procedure_group, recorded_at FROM lienthong.cases
    WHERE closed_at IS NULL ORDER BY recorded_at
"""
FIND = """
    SELECT case_code, case_id, run_id, procedure_group, recorded_at, closed_at
    FROM lienthong.cases WHERE case_code = $1
"""
OPENING = "SELECT opening -> 'opening' FROM lienthong.cases WHERE case_code = $1"
ENTRIES = """
    SELECT seq, at, event, procedure, agency, facts FROM lienthong.ledger_entries
    WHERE case_id = $1 AND run_id = $2 ORDER BY seq
"""
LET_GO = """
    UPDATE lienthong.cases SET state = $2, closed_at = now(), holds_event = $3
    WHERE case_code = $1 AND closed_at IS NULL RETURNING case_code
"""
RECORD = """
    INSERT INTO lienthong.case_releases
        (case_code, released_by, reason, forced, run_status, known_from, dossiers)
    VALUES ($1, $2, $3, $4, $5, $6, $7)
"""
RELEASED = """
    SELECT case_code, released_by, reason, forced, run_status, known_from, dossiers, released_at,
        holds_event AS keeps_event, state
    FROM lienthong.case_releases JOIN lienthong.cases USING (case_code) WHERE case_code = $1
"""


@dataclass(frozen=True)
class PostgresReleases:
    """Reads and releases cases on our own database."""

    pool: asyncpg.Pool

    async def open_cases(self) -> list[RegisterRow]:
        """Every case the register believes in, oldest first."""
        rows = await self._fetch(OPEN)
        return [RegisterRow.model_validate(dict(row)) for row in rows]

    async def find(self, case_code: CaseCode) -> RegisterRow | None:
        """A case, open or closed; None: there never was one."""
        rows = await self._fetch(FIND, case_code)
        return next((RegisterRow.model_validate(dict(row)) for row in rows), None)

    async def dossiers(self, case: RegisterRow) -> tuple[StuckDossier, ...]:
        """How its dossiers stood when it last wrote the ledger."""
        (row,) = await self._fetch(OPENING, case.case_code)
        entries = await self.entries(case.case_id, case.run_id)
        return dossiers_of(archived_from_ledger(Opening.model_validate_json(row[0]), entries))

    async def entries(self, case_id: str, run_id: str) -> list[LedgerEntry]:
        """What one run wrote."""
        rows = await self._fetch(ENTRIES, case_id, run_id)
        return [
            LedgerEntry.model_validate({**row, "facts": json.loads(row["facts"])}) for row in rows
        ]

    async def released(self, case_code: CaseCode) -> Released | None:
        """The release on record, if there is one."""
        rows = await self._fetch(RELEASED, case_code)
        told = ({**row, "dossiers": json.loads(row["dossiers"])} for row in rows)
        return next((Released.model_validate(one) for one in told), None)

    async def release(self, release: Release) -> bool:
        """Close the case and keep why, in one transaction; False: it is open no more."""
        order = release.order
        try:
            async with self.pool.acquire() as connection, connection.transaction():
                let_go = await connection.fetchval(
                    LET_GO, order.case_code, release.state, order.keep_event
                )
                if let_go is not None:
                    await connection.execute(RECORD, *_row(release))
        except UNREACHABLE as error:
            raise unavailable("release a case") from error
        return let_go is not None

    async def _fetch(self, query: str, *values: object) -> list[asyncpg.Record]:
        try:
            return await self.pool.fetch(query, *values)
        except UNREACHABLE as error:
            raise unavailable("read the register") from error


def _row(release: Release) -> Iterable[object]:
    order = release.order
    dossiers = [one.model_dump(mode="json") for one in release.dossiers]
    return (
        order.case_code,
        order.by,
        order.reason,
        order.force,
        release.run_status,
        release.known_from,
        json.dumps(dossiers),
    )
