"""Corrections in PostgreSQL: each decision once, and one at a time for a case."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

import asyncpg

from adapters.postgres.ledger import append_entries
from models.corrections.orders import (
    ClaimCase,
    Claimed,
    CorrectionEntry,
    KeepCorrection,
    NewCorrection,
)
from models.corrections.plan import PastCorrection
from models.corrections.states import CorrectionState
from models.corrections.status import CorrectionStatus

if TYPE_CHECKING:
    Connection = asyncpg.pool.PoolConnectionProxy[asyncpg.Record]

ENTER = """
    INSERT INTO lienthong.corrections AS known
        (correction_id, run_id, case_code, act, kind, digest, state, recorded_at)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
    ON CONFLICT (correction_id) DO UPDATE
        SET run_id = excluded.run_id, digest = excluded.digest, case_code = excluded.case_code,
            act = excluded.act, kind = excluded.kind, state = excluded.state,
            approved_by = CASE WHEN known.digest = excluded.digest THEN known.approved_by END
        WHERE known.run_id = excluded.run_id
            OR (known.state <> $9 AND (known.digest = excluded.digest OR NOT known.is_in_force))
"""
"""Taken over where it came to nothing or its run died; never with other content once in force."""

KNOWN = "SELECT run_id, digest, report FROM lienthong.corrections WHERE correction_id = $1"
CLAIM = """
    UPDATE lienthong.corrections
    SET holds_case = true, approved_by = coalesce(approved_by, $2)
    WHERE correction_id = $1
    RETURNING approved_by, recorded_at
"""
HOLDER = "SELECT correction_id FROM lienthong.corrections WHERE case_code = $1 AND holds_case"
KEEP = """
    UPDATE lienthong.corrections
    SET state = $3, is_in_force = is_in_force OR $4, holds_case = $5, report = $6
    WHERE correction_id = $1 AND run_id = $2 AND state <> $7
"""
PAST = """
    SELECT correction_id, act, kind FROM lienthong.corrections
    WHERE case_code = $1 AND is_in_force ORDER BY recorded_at
"""


async def enter(connection: "Connection", new: NewCorrection) -> CorrectionEntry:
    """Put a correction on the book, or say what is there."""
    decision = new.decision
    await connection.execute(
        ENTER,
        decision.correction_id,
        new.run_id,
        decision.case_code,
        decision.act,
        decision.kind,
        new.digest,
        CorrectionState.RECEIVED,
        new.recorded_at,
        CorrectionState.COMPLETED,
    )
    row = await connection.fetchrow(KNOWN, decision.correction_id)
    if row is None:
        raise ValueError("a correction that was entered is on the book")
    report = row["report"]
    return CorrectionEntry(
        is_ours=row["run_id"] == new.run_id,
        digest=row["digest"],
        report=CorrectionStatus.model_validate_json(report) if report else None,
    )


async def claim(connection: "Connection", order: ClaimCase) -> Claimed:
    """Be the only one, or name who is; who approved first stays on record for every notice."""
    try:
        row = await connection.fetchrow(CLAIM, order.correction_id, order.approved_by)
    except asyncpg.UniqueViolationError:
        holder = await connection.fetchval(HOLDER, order.case_code)
        return Claimed(held_by=holder or "")
    if row is None:
        raise ValueError("a correction that claims a case is on the book")
    return Claimed(approved_by=row["approved_by"], decided_at=row["recorded_at"])


async def keep(connection: "Connection", kept: KeepCorrection) -> None:
    """Write entries and state, inside the transaction the connection is in."""
    await append_entries(connection, kept.batch)
    await connection.execute(
        KEEP,
        kept.correction_id,
        kept.run_id,
        kept.state,
        kept.is_in_force,
        kept.holds_case,
        kept.report.model_dump_json(),
        CorrectionState.COMPLETED,
    )


async def past_of(connection: "Connection", case_code: str) -> Iterable[PastCorrection]:
    """The corrections of a case that are in force, oldest first."""
    return [
        PastCorrection.model_validate(dict(row)) for row in await connection.fetch(PAST, case_code)
    ]
