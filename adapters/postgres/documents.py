"""Documents in PostgreSQL: sealed before they arrive, kept once, and never changed."""

from dataclasses import dataclass
from datetime import timedelta
from hashlib import sha256

import asyncpg

from adapters.postgres.database import UNREACHABLE, unavailable
from adapters.postgres.documents_sealing import open_document, seal_document
from codec.sealing import SealingCodec
from models.documents.forms import DocumentKey
from models.documents.kinds import FormKind
from models.kernel.refs import CaseRef

KEEP = """
    INSERT INTO lienthong.documents (case_id, run_id, case_code, form, number, sha256, sealed)
    VALUES ($1, $2, $3, $4, $5, $6, $7)
    ON CONFLICT (case_id, run_id, form, number) DO NOTHING
"""
CLAIM = """
    UPDATE lienthong.cases AS one SET
        papers_tries = one.papers_tries + 1,
        papers_rest_until = now() + least($3::interval * 2 ^ least(one.papers_tries, 10), '6 h'),
        papers_done_at = CASE WHEN EXISTS (
            SELECT FROM lienthong.documents AS kept
            WHERE kept.case_id = one.case_id AND kept.run_id = one.run_id AND kept.form = $1
                AND kept.created_at >= one.closed_at
        ) THEN now() END
    FROM (
        SELECT case_code FROM lienthong.cases
        WHERE closed_at <= now() - interval '1 hour' AND papers_done_at IS NULL
            AND coalesce(papers_rest_until, '-infinity') <= now()
        ORDER BY closed_at LIMIT $2 FOR UPDATE SKIP LOCKED
    ) AS next
    WHERE one.case_code = next.case_code
    RETURNING one.case_id, one.run_id, one.closed_at, one.papers_done_at IS NOT NULL AS is_done
"""
"""One for whom somebody has asked since it closed is done with, and left alone."""

DONE_WITH = """
    UPDATE lienthong.cases SET papers_done_at = now(), papers_error = $3
    WHERE case_id = $1 AND run_id = $2 AND papers_done_at IS NULL
"""
NOTE_TROUBLE = "UPDATE lienthong.cases SET papers_error = $3 WHERE case_id = $1 AND run_id = $2"
IS_THERE = "SELECT to_regclass('lienthong.documents') IS NOT NULL"
OF_RUN = """
    SELECT case_id, run_id, case_code, form, number, sealed FROM lienthong.documents
    WHERE case_id = $1 AND run_id = coalesce($2, (
        SELECT run_id FROM lienthong.documents
        WHERE case_id = $1 ORDER BY created_at DESC LIMIT 1
    ))
    ORDER BY form, number
"""


@dataclass(frozen=True)
class PostgresDocumentStore:
    """`DocumentStore` on our own database, which sees ciphertext only."""

    pool: asyncpg.Pool
    codec: SealingCodec

    async def keep(self, key: DocumentKey, document: bytes) -> None:
        """Keep a document; one that is there already stays as it is."""
        sealed = await seal_document(self.codec, key, document)
        try:
            async with self.pool.acquire() as connection:
                await connection.execute(KEEP, *_row(key, sealed))
        except UNREACHABLE as error:
            raise unavailable("keep a document") from error

    async def claim(self, most: int, rest: timedelta) -> list[CaseRef]:
        """Cases closed for an hour whose forms nobody draws up, oldest first.

        Ours for `rest`, for twice as long after each try, up to six hours.
        """
        try:
            rows = await self.pool.fetch(CLAIM, FormKind.CONTROL, most, rest)
        except UNREACHABLE as error:
            raise unavailable("look for closed cases") from error
        undone = sorted((row for row in rows if not row["is_done"]), key=lambda r: r["closed_at"])
        return [CaseRef(case_id=row["case_id"], run_id=row["run_id"]) for row in undone]

    async def done_with(self, case: CaseRef, because: str | None = None) -> None:
        """Nobody claims it again."""
        await self._note(DONE_WITH, case, because)

    async def note_trouble(self, case: CaseRef, because: str) -> None:
        """Keep why its forms are missing, for whoever looks."""
        await self._note(NOTE_TROUBLE, case, because)

    async def _note(self, statement: str, case: CaseRef, because: str | None) -> None:
        try:
            await self.pool.execute(statement, case.case_id, case.run_id, because)
        except UNREACHABLE as error:
            raise unavailable("say what became of the forms of a case") from error


@dataclass(frozen=True, kw_only=True)
class KeptDocument:
    """A document out of the cabinet, opened."""

    key: DocumentKey
    document: bytes


async def documents_of(
    database_url: str, codec: SealingCodec, case_id: str, run_id: str | None = None
) -> list[KeptDocument]:
    """Every document of a run (by default the newest that has any), opened, in order.

    Raises:
        BackendUnavailableError: the database is away.
        SealedDocumentError: a document cannot be opened with this ring of keys.
    """
    try:
        connection = await asyncpg.connect(database_url)
    except UNREACHABLE as error:
        raise unavailable("fetch documents") from error
    try:
        made = await connection.fetchval(IS_THERE)
        rows = await connection.fetch(OF_RUN, case_id, run_id) if made else []
    finally:
        await connection.close()
    return [await _opened(codec, row) for row in rows]


async def _opened(codec: SealingCodec, row: asyncpg.Record) -> KeptDocument:
    key = DocumentKey.model_validate(dict(row))
    return KeptDocument(key=key, document=await open_document(codec, key, row["sealed"]))


def _row(key: DocumentKey, sealed: bytes) -> tuple[object, ...]:
    return (
        key.case_id,
        key.run_id,
        key.case_code,
        key.form,
        key.number,
        sha256(sealed).hexdigest(),
        sealed,
    )
