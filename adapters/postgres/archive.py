"""The book of cases in PostgreSQL: what each was, so that a correction finds it for ever."""

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

import asyncpg
from typing_extensions import override

from activities.ports.corrections import CaseArchive
from adapters.postgres.archive_sealing import open_file, seal_file
from adapters.postgres.corrections import claim, enter, keep, past_of
from adapters.postgres.database import UNREACHABLE, unavailable
from codec.sealing import SealingCodec
from models.cases.archive import ArchivedCase, ArchivedDossier, archived_from_ledger
from models.cases.events import LedgerEntry
from models.cases.orders import CloseCase
from models.corrections.orders import (
    ClaimCase,
    Claimed,
    CorrectionEntry,
    KeepCorrection,
    NewCorrection,
)
from models.corrections.plan import marked
from models.intake.intake import Opening
from models.kernel.base import CaseCode, CaseId, GroupId
from models.kernel.refs import CaseRef

if TYPE_CHECKING:
    Connection = asyncpg.pool.PoolConnectionProxy[asyncpg.Record]

FILE_AWAY = """
    INSERT INTO lienthong.case_files (case_id, run_id, case_code, sealed)
    VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING
"""
FIND = """
    SELECT case_id, run_id, case_code, procedure_group, opening -> 'opening' AS opening,
        cases.closed_at IS NULL AS is_open, files.sealed
    FROM lienthong.cases AS cases
    LEFT JOIN lienthong.case_files AS files USING (case_id, run_id, case_code)
    WHERE case_code = $1
"""
ENTRIES = """
    SELECT seq, at, event, procedure, agency, facts FROM lienthong.ledger_entries
    WHERE case_id = $1 AND run_id = $2 ORDER BY seq
"""


@dataclass(frozen=True)
class PostgresCaseArchive(CaseArchive):
    """`CaseArchive` on our own database, which sees what is personal only sealed."""

    pool: asyncpg.Pool
    codec: SealingCodec

    @override
    async def file_away(self, order: CloseCase) -> None:
        """Keep the file of a case that was opened; one that is there already stays as it is."""
        case_code = order.batch.case_code
        if case_code is None:
            return
        sealed = await seal_file(self.codec, case_code, order)
        try:
            async with self.pool.acquire() as connection:
                await connection.execute(FILE_AWAY, order.case_id, order.run_id, case_code, sealed)
        except UNREACHABLE as error:
            raise unavailable("keep the file of a case") from error

    @override
    async def find(self, case_code: CaseCode) -> ArchivedCase | None:
        """Read the file; where there is none yet, what was opened and the ledger stand for it."""
        try:
            async with self.pool.acquire() as connection:
                row = await connection.fetchrow(FIND, case_code)
                return None if row is None else await self._booked(connection, row)
        except UNREACHABLE as error:
            raise unavailable("find a case") from error

    @override
    async def enter(self, new: NewCorrection) -> CorrectionEntry:
        """Put a correction on the book, unless it was carried out before."""
        try:
            async with self.pool.acquire() as connection:
                return await enter(connection, new)
        except UNREACHABLE as error:
            raise unavailable("enter a correction") from error

    @override
    async def claim(self, order: ClaimCase) -> Claimed:
        """Claim a case, by a unique index, for one correction at a time."""
        try:
            async with self.pool.acquire() as connection:
                return await claim(connection, order)
        except UNREACHABLE as error:
            raise unavailable("claim a case for a correction") from error

    @override
    async def keep(self, kept: KeepCorrection) -> None:
        """Record state, report and entries in one transaction."""
        try:
            async with self.pool.acquire() as connection, connection.transaction():
                await keep(connection, kept)
        except UNREACHABLE as error:
            raise unavailable("record a correction") from error

    async def _booked(self, connection: "Connection", row: asyncpg.Record) -> ArchivedCase:
        opening = Opening.model_validate_json(row["opening"])
        dossiers, to = await self._file(connection, row, opening)
        past = await past_of(connection, row["case_code"])
        return ArchivedCase(
            ref=CaseRef(case_id=CaseId(row["case_id"]), run_id=row["run_id"]),
            case_code=CaseCode(row["case_code"]),
            group=GroupId(row["procedure_group"]),
            province=opening.province,
            commune=opening.commune,
            is_open=row["is_open"],
            dossiers=marked(dossiers, past),
            to=to,
        )

    async def _file(
        self, connection: "Connection", row: asyncpg.Record, opening: Opening
    ) -> tuple[tuple[ArchivedDossier, ...], dict[str, object]]:
        if row["sealed"] is not None:
            file = await open_file(self.codec, CaseCode(row["case_code"]), row["sealed"])
            return file.dossiers, dict(file.to)
        rows = await connection.fetch(ENTRIES, row["case_id"], row["run_id"])
        entries = [
            LedgerEntry.model_validate({**one, "facts": json.loads(one["facts"])}) for one in rows
        ]
        return archived_from_ledger(opening, entries), {}
