"""The calls an agency owes its cases: each is kept with its decision, or neither is kept."""

import hashlib
from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple, Self

from pydantic import Field, JsonValue

from backends.shared.database import Connection, Pool
from models.contracts.dossiers import DossierAnswer, WantedItem
from models.kernel.base import Instant, Message

AUTOMATIC = "automatic"
"""Who decides where no officer does."""
_ID_LENGTH = 32
_OWE = """
WITH outdated AS (
    UPDATE {schema}.decision_call SET state = 'outdated', ended_at = $5
    WHERE dossier_key = $2 AND state = 'owed'
)
INSERT INTO {schema}.decision_call
    (decision_id, dossier_key, case_code, said, owed_since, next_at)
VALUES ($1, $2, $3, $4, $5, $5)
"""
_TAKE_UP = """
UPDATE {schema}.decision_call SET attempts = attempts + 1, next_at = $2
WHERE decision_id IN (
    SELECT decision_id FROM {schema}.decision_call
    WHERE state = 'owed' AND next_at <= $1
    ORDER BY next_at LIMIT $3 FOR UPDATE SKIP LOCKED
)
RETURNING decision_id, case_code, said, attempts, owed_since
"""
_PUT_OFF = """
UPDATE {schema}.decision_call SET next_at = $2, because = $3
WHERE decision_id = $1 AND state = 'owed'
"""
_END = """
UPDATE {schema}.decision_call SET state = $2, because = $3, ended_at = $4
WHERE decision_id = $1 AND state = 'owed'
"""


class End(StrEnum):
    """How a call can end; whichever it is, the case may still ask the agency by itself."""

    TAKEN = "taken"
    REJECTED = "rejected"
    CASE_CLOSED = "case_closed"
    UNKNOWN = "unknown"
    GIVEN_UP = "given_up"


class DecideCall(Message):
    """The argument of a case's `decide`, in our own words: its published JSON is the contract."""

    request_id: str
    procedure: str
    round: int
    decision_id: str
    outcome: str
    reason_code: str | None = None
    items: tuple[WantedItem, ...] = ()
    issued: Mapping[str, JsonValue] = Field(default_factory=dict)
    decided_by: str
    decided_at: Instant
    unit: str | None = None

    @classmethod
    def about(cls, answer: DossierAnswer, procedure: str, round_: int, by: str | None) -> Self:
        """Tell a decision; its request id follows from its own id, so a repeat is a repeat.

        Raises:
            ValueError: the answer decides nothing.
        """
        if answer.decision_id is None or answer.decided_at is None:
            raise ValueError("only a decision is told")
        return cls(
            request_id=hashlib.sha256(answer.decision_id.encode()).hexdigest()[:_ID_LENGTH],
            procedure=procedure,
            round=round_,
            decision_id=answer.decision_id,
            outcome=answer.outcome,
            reason_code=answer.reason_code,
            items=answer.items,
            issued=answer.issued,
            decided_by=by or AUTOMATIC,
            decided_at=answer.decided_at,
            unit=answer.unit,
        )


class OwedCall(NamedTuple):
    """A call taken up: about which decision, to which case, what is to be said."""

    decision_id: str
    case_code: str
    said: str
    attempts: int
    owed_since: datetime


class CallBook:
    """The calls of one agency. Who takes one up holds it for a while; then anybody may again."""

    def __init__(self, schema: str) -> None:
        self._owe, self._take_up, self._put_off, self._end = (
            sql.format(schema=schema) for sql in (_OWE, _TAKE_UP, _PUT_OFF, _END)
        )

    async def owe(
        self, connection: Connection, dossier: str, case_code: str, said: DecideCall
    ) -> None:
        """Note a call in the decision's own transaction; older ones of the dossier are outdated.

        Told late, an older decision would take the case back to where the dossier no longer is.
        """
        await connection.execute(
            self._owe,
            said.decision_id,
            dossier,
            case_code,
            said.model_dump_json(),
            said.decided_at,
        )

    async def take_up(
        self, pool: Pool, *, at: datetime, until: datetime, limit: int
    ) -> list[OwedCall]:
        """Calls that are due; nobody else gets them before `until`."""
        return [OwedCall(*row) for row in await pool.fetch(self._take_up, at, until, limit)]

    async def put_off(self, pool: Pool, call: OwedCall, until: datetime, because: str) -> None:
        """It could not be made now."""
        await pool.execute(self._put_off, call.decision_id, until, because)

    async def end(
        self, pool: Pool, call: OwedCall, end: End, at: datetime, because: str | None
    ) -> None:
        """Nothing more is owed, and why."""
        await pool.execute(self._end, call.decision_id, end, because, at)
