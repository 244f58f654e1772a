"""Dossiers of one agency in its schema. The SQL is written once for each schema."""

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Literal, NamedTuple

from backends.dossiers.filing import CorrectionPosting, DeskEntry, Filing
from backends.shared.database import Connection, Pool, Queryable
from models.contracts.dossiers import DossierAnswer
from models.kernel.vocabulary import Outcome

_RECEIVE = """
INSERT INTO {schema}.dossier (key, case_code, procedure, round, unit, filed, digest,
                              received_at, ready_at, version, outcome, answer)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 'accepted', $11)
ON CONFLICT (key) DO NOTHING
RETURNING true
"""
_COLUMNS = """
key, case_code, procedure, round, filed, digest, ready_at, version, outcome, answer
"""
_FIND = "SELECT {columns} FROM {schema}.dossier WHERE key = $1"
_LOCK = _FIND + " FOR UPDATE"
_DECIDE = """
UPDATE {schema}.dossier
SET version = $2, outcome = $3, answer = $4, decided_by = $5, ready_at = NULL, withdrawn_at = $6
WHERE key = $1
"""
_REOPEN = """
UPDATE {schema}.dossier
SET version = $2, outcome = 'accepted', answer = $3, ready_at = $4
WHERE key = $1
"""
_POSTPONE = "UPDATE {schema}.dossier SET ready_at = $2 WHERE key = $1 AND outcome = 'accepted'"
_READY = """
SELECT key FROM {schema}.dossier
WHERE outcome = 'accepted' AND ready_at <= $1
ORDER BY ready_at LIMIT $2
"""
_LIST = """
SELECT key, case_code, procedure, unit, outcome, version, received_at, decided_by
FROM {schema}.dossier
WHERE CASE $1::text
    WHEN 'open' THEN outcome IN ('accepted', 'supplement', 'verify')
    WHEN 'settled' THEN outcome IN ('granted', 'refused')
    ELSE true
END
ORDER BY received_at, key OFFSET $2 LIMIT $3
"""
_POSTED = """
SELECT digest, answer FROM {schema}.posting
WHERE dossier_key = $1 AND kind = $2 AND idempotency_key = $3
"""
_CORRECTED = """
SELECT said FROM {schema}.posting
WHERE dossier_key = $1 AND kind = 'correction' ORDER BY received_at
"""
_POST = """
INSERT INTO {schema}.posting
    (dossier_key, kind, idempotency_key, digest, said, answer, received_at)
VALUES ($1, $2, $3, $4, $5, $6, $7)
"""

State = Literal["open", "settled", "all"]
Kind = Literal["supplement", "withdrawal", "correction", "decision"]


class Stored(NamedTuple):
    """A dossier as it stands."""

    key: str
    case_code: str
    procedure: str
    round: int
    filed: str
    digest: str
    ready_at: datetime | None
    version: int
    outcome: Outcome
    answer: str

    @property
    def is_open(self) -> bool:
        """Whether a decision is still owed."""
        return self.outcome not in (Outcome.GRANTED, Outcome.REFUSED)

    def relies_on(self, act: str) -> bool:
        """Whether it was filed with what this act issued."""
        issued = json.loads(self.filed)["evidence"].get("issued")
        return isinstance(issued, dict) and act in issued


class Posting(NamedTuple):
    """One POST about a dossier: what was said, under which key, and what we answered."""

    dossier: str
    kind: Kind
    idempotency_key: str
    digest: str
    said: str


class DossierStore:
    """Reads and writes; promises nothing about order, which is the office's business."""

    def __init__(self, schema: str) -> None:
        self._receive, self._decide, self._reopen, self._postpone, self._ready, self._list = (
            sql.format(schema=schema)
            for sql in (_RECEIVE, _DECIDE, _REOPEN, _POSTPONE, _READY, _LIST)
        )
        self._find, self._lock = (
            sql.format(schema=schema, columns=_COLUMNS) for sql in (_FIND, _LOCK)
        )
        self._posted, self._corrected, self._post = (
            sql.format(schema=schema) for sql in (_POSTED, _CORRECTED, _POST)
        )

    async def receive(  # noqa: PLR0913 - a dossier and all that is noted on its cover
        self,
        connection: Connection,
        filing: Filing,  # type: ignore[type-arg]  # evidence of any procedure
        *,
        digest: str,
        at: datetime,
        ready_at: datetime | None,
        answer: DossierAnswer,
    ) -> bool:
        """Enter a dossier; False where the key is known (then another call was first)."""
        return bool(
            await connection.fetchval(
                self._receive,
                filing.key,
                filing.case_code,
                filing.procedure,
                filing.round,
                filing.unit,
                filing.model_dump_json(),
                digest,
                at,
                ready_at,
                answer.version,
                answer.model_dump_json(),
            )
        )

    async def find(self, connection: Queryable, key: str) -> Stored | None:
        """Look a dossier up."""
        return _stored(await connection.fetchrow(self._find, key))

    async def lock(self, connection: Connection, key: str) -> Stored | None:
        """Look a dossier up and hold it until the transaction ends."""
        return _stored(await connection.fetchrow(self._lock, key))

    async def decide(
        self,
        connection: Connection,
        answer: DossierAnswer,
        *,
        by: str | None = None,
        withdrawn_at: datetime | None = None,
    ) -> None:
        """Record a decision with the answer that tells it."""
        await connection.execute(
            self._decide,
            answer.key,
            answer.version,
            answer.outcome,
            answer.model_dump_json(),
            by,
            withdrawn_at,
        )

    async def reopen(
        self, connection: Connection, answer: DossierAnswer, *, ready_at: datetime | None
    ) -> None:
        """Take a dossier up again after the citizen supplemented it."""
        await connection.execute(
            self._reopen, answer.key, answer.version, answer.model_dump_json(), ready_at
        )

    async def postpone(self, pool: Pool, key: str, *, until: datetime) -> None:
        """Put off a decision that could not be made now."""
        await pool.execute(self._postpone, key, until)

    async def ready(self, pool: Pool, *, at: datetime, limit: int) -> list[str]:
        """Keys of dossiers whose decision is due."""
        return [row["key"] for row in await pool.fetch(self._ready, at, limit)]

    async def entries(
        self, pool: Pool, state: State, *, offset: int, limit: int
    ) -> Sequence[DeskEntry]:
        """The desk's list."""
        rows = await pool.fetch(self._list, state, offset, limit)
        return [DeskEntry.model_validate(dict(row)) for row in rows]

    async def posted(self, connection: Queryable, posting: Posting) -> tuple[str, str] | None:
        """Digest and answer of the same posting, if it was said before."""
        row = await connection.fetchrow(
            self._posted, posting.dossier, posting.kind, posting.idempotency_key
        )
        return (row["digest"], row["answer"]) if row else None

    async def corrections(self, connection: Connection, key: str) -> list[CorrectionPosting]:
        """The corrections a dossier's agency was told of so far, oldest first."""
        rows = await connection.fetch(self._corrected, key)
        return [CorrectionPosting.model_validate_json(row["said"]) for row in rows]

    async def post(
        self, connection: Connection, posting: Posting, *, answer: str, at: datetime
    ) -> None:
        """Keep a posting and its answer."""
        await connection.execute(self._post, *posting[:5], answer, at)


def _stored(row: object) -> Stored | None:
    if row is None:
        return None
    stored = Stored(*row)  # type: ignore[misc]  # a record unpacks in the order of _COLUMNS
    return stored._replace(outcome=Outcome(stored.outcome))
