"""Payments in PostgreSQL. Reads and writes; when to do which is the cashier's business."""

from datetime import datetime
from typing import Literal, NamedTuple

from backends.shared.database import Connection, Pool, Queryable
from backends.treasury.contracts import OrderPosting, PaymentEntry
from models.contracts.payments import PaymentAnswer

_COLUMNS = "key, digest, ordered, state, answer, ready_at"
_RECEIVE = """
INSERT INTO agency_treasury.payment
    (key, digest, ordered, case_code, benefit, ordered_by, decision_number, amount, method,
     state, answer, received_at, ready_at)
VALUES ($1, $2, $3, $4,
        coalesce((SELECT benefit FROM agency_treasury.benefit WHERE procedure = $5), $5),
        $6, $7, $8, $9, 'accepted', $10, $11, $12)
ON CONFLICT DO NOTHING
RETURNING true
"""
_REFUSE_BEFOREHAND = """
INSERT INTO agency_treasury.payment (key, state, answer, received_at)
VALUES ($1, 'stopped', $2, $3)
ON CONFLICT (key) DO NOTHING
"""
_FIND = f"SELECT {_COLUMNS} FROM agency_treasury.payment WHERE key = $1"  # noqa: S608 - our own column names
_LOCK = _FIND + " FOR UPDATE"
_MOVE = """
UPDATE agency_treasury.payment
SET state = $2, answer = $3, reference = coalesce(reference, $4), ready_at = NULL
WHERE key = $1
"""
_READY = """
SELECT key FROM agency_treasury.payment WHERE state = 'accepted' AND ready_at <= $1
ORDER BY ready_at LIMIT $2
"""
_LIST = """
SELECT key, case_code, decision_number, ordered_by, amount, method, state, reference, received_at
FROM agency_treasury.payment
WHERE $1 = 'all' OR state = $1
ORDER BY received_at, key OFFSET $2 LIMIT $3
"""
_REFERENCE = "SELECT nextval('agency_treasury.payment_reference')"
_SAID = """
SELECT digest, answer FROM agency_treasury.saying
WHERE payment_key = $1 AND kind = $2 AND idempotency_key = $3
"""
_KEEP_SAYING = """
INSERT INTO agency_treasury.saying
    (payment_key, kind, idempotency_key, digest, said, answer, said_at)
VALUES ($1, $2, $3, $4, $5, $6, $7)
"""

Shown = Literal["all", "accepted", "paid", "returned", "stopped"]


class Stored(NamedTuple):
    """A payment as it stands."""

    key: str
    digest: str | None
    ordered: str | None
    state: str
    answer: str
    ready_at: datetime | None

    def is_due(self, now: datetime) -> bool:
        """Whether the money is to go out by now."""
        return self.state == "accepted" and self.ready_at is not None and self.ready_at <= now


class Saying(NamedTuple):
    """One POST about a payment: what was said, and under which key."""

    payment: str
    kind: Literal["stop", "decision"]
    idempotency_key: str
    digest: str
    said: str


async def receive(  # noqa: PLR0913 - an order and all that is noted on it
    connection: Queryable,
    order: OrderPosting,
    *,
    digest: str,
    answer: PaymentAnswer,
    at: datetime,
    ready_at: datetime | None,
) -> bool:
    """Enter an order; False where the key, the decision or the case's benefit is taken."""
    return bool(
        await connection.fetchval(
            _RECEIVE,
            order.key,
            digest,
            order.model_dump_json(),
            order.case_code,
            order.procedure,
            order.ordered_by,
            order.decision_number,
            order.amount,
            order.payee.method,
            answer.model_dump_json(),
            at,
            ready_at,
        )
    )


async def refuse_beforehand(connection: Connection, answer: PaymentAnswer) -> None:
    """Enter a key as stopped for ever, unless it is known."""
    await connection.execute(_REFUSE_BEFOREHAND, answer.key, answer.model_dump_json(), answer.at)


async def find(connection: Queryable, key: str) -> Stored | None:
    """Look a payment up."""
    row = await connection.fetchrow(_FIND, key)
    return Stored(*row) if row else None


async def lock(connection: Connection, key: str) -> Stored | None:
    """Look a payment up and hold it until the transaction ends."""
    row = await connection.fetchrow(_LOCK, key)
    return Stored(*row) if row else None


async def move(connection: Connection, answer: PaymentAnswer) -> None:
    """Let a payment stand where the answer says."""
    await connection.execute(
        _MOVE, answer.key, answer.state, answer.model_dump_json(), answer.reference
    )


async def next_reference(connection: Connection, at: datetime) -> str:
    """The treasury's number of a payment."""
    return f"KB{at:%y}{await connection.fetchval(_REFERENCE):010}"


async def ready(pool: Pool, *, at: datetime, limit: int) -> list[str]:
    """Keys of payments that are due."""
    return [row["key"] for row in await pool.fetch(_READY, at, limit)]


async def entries(pool: Pool, shown: Shown, *, offset: int, limit: int) -> list[PaymentEntry]:
    """The desk's list."""
    rows = await pool.fetch(_LIST, shown, offset, limit)
    return [PaymentEntry.model_validate(dict(row)) for row in rows]


async def said_before(connection: Connection, saying: Saying) -> tuple[str, str] | None:
    """Digest and answer of the same posting, if it was said before."""
    row = await connection.fetchrow(_SAID, *saying[:3])
    return (row["digest"], row["answer"]) if row else None


async def keep_saying(connection: Connection, saying: Saying, *, answer: str, at: datetime) -> None:
    """Keep a posting and its answer."""
    await connection.execute(_KEEP_SAYING, *saying, answer, at)
