"""Documents in PostgreSQL: sealed before they arrive, kept once, and never changed."""

from collections.abc import Collection
from dataclasses import dataclass
from hashlib import sha256

import asyncpg

from adapters.database import UNREACHABLE, unavailable
from adapters.documents_sealing import open_document, seal_document
from codec.sealing import SealingCodec
from models.documents.forms import DocumentKey
from models.documents.kinds import FormKind

KEEP = """
    INSERT INTO lienthong.documents (case_id, run_id, case_code, form, number, sha256, sealed)
    VALUES ($1, $2, $3, $4, $5, $6, $7)
    ON CONFLICT (case_id, run_id, form, number) DO NOTHING
"""
UNDRAWN = """
    SELECT case_id, run_id FROM lienthong.cases AS one
    WHERE closed_at BETWEEN now() - interval '3 days' AND now() - interval '1 hour'
    AND run_id <> ALL ($2::text[]) AND NOT EXISTS (
        SELECT FROM lienthong.documents AS kept
        WHERE kept.case_id = one.case_id AND kept.run_id = one.run_id AND kept.form = $1
            AND kept.created_at >= one.closed_at
    )
    ORDER BY closed_at LIMIT 20
"""
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
class PostgresCabinet:
    """`Cabinet` on our own database, which sees ciphertext only."""

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

    async def undrawn(self, given_up: Collection[str] = ()) -> list[tuple[str, str]]:
        """Case and run ids closed for an hour whose forms nobody drew up since, oldest first."""
        try:
            rows = await self.pool.fetch(UNDRAWN, FormKind.CONTROL, list(given_up))
        except UNREACHABLE as error:
            raise unavailable("look for closed cases") from error
        return [(row["case_id"], row["run_id"]) for row in rows]


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
