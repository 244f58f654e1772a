"""The register of cases in PostgreSQL: claims on a life event, taken one case at a time."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import asyncpg

from adapters.postgres.database import UNREACHABLE, unavailable
from adapters.postgres.ledger import append_entries
from adapters.postgres.list_lines import ListLines
from models.cases.case import MAY_BE_FILED_AGAIN
from models.cases.orders import CloseCase
from models.declarations.case_ids import EventClaim
from models.intake.admission import Admission
from models.intake.intake import IntakeDecision, IntakeOutcome
from models.kernel.base import CaseCode

if TYPE_CHECKING:
    Connection = asyncpg.pool.PoolConnectionProxy[asyncpg.Record]

OPENED_BY_THIS_RUN = "SELECT opening FROM lienthong.cases WHERE case_id = $1 AND run_id = $2"
HOLDER_OF_EVENT = """
    SELECT case_code FROM lienthong.cases WHERE holds_event AND event_key = $1
    UNION ALL
    SELECT case_code FROM lienthong.event_claims
    WHERE holds_event AND (event_key = ANY ($2) OR (event_key = ANY ($3) AND NOT shared))
    LIMIT 1
"""
TAKE_TURNS = """
    SELECT pg_advisory_xact_lock(hashtextextended(key, 716294)) FROM unnest($1::text[]) AS key
"""
"""A unique index knows no shared claims, so whoever claims a key waits for its turn."""
NEXT_NUMBER = """
    INSERT INTO lienthong.case_numbers AS numbers (code_prefix, last) VALUES ($1, 1)
    ON CONFLICT (code_prefix) DO UPDATE SET last = numbers.last + 1
    RETURNING last
"""
ENTER = """
    INSERT INTO lienthong.cases
        (case_code, case_id, run_id, procedure_group, event_key, declaration_digest,
         law_version, opening, recorded_at, promised_at)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
    ON CONFLICT DO NOTHING
    RETURNING case_code
"""
CLAIM = """
    INSERT INTO lienthong.event_claims (event_key, case_code, shared) VALUES ($1, $2, $3)
"""
IS_THERE = "SELECT to_regclass('lienthong.cases') IS NOT NULL"
HAS_CASES = "SELECT EXISTS (SELECT FROM lienthong.cases)"
CLOSE = """
    UPDATE lienthong.cases SET state = $3, closed_at = $4, holds_event = $5
    WHERE case_id = $1 AND run_id = $2 AND closed_at IS NULL
"""


@dataclass(frozen=True)
class PostgresCaseRepository:
    """`CaseRepository` on our own database."""

    pool: asyncpg.Pool
    lines: ListLines | None = None
    """Who seals the persons a last batch brings; None: no batch here may bring any."""

    async def open(self, admission: Admission) -> IntakeOutcome:
        """Give the case its code, or name the case that already holds the life event."""
        try:
            async with self.pool.acquire() as connection:
                return await self._enter(connection, admission)
        except UNREACHABLE as error:
            raise unavailable("open a case") from error

    async def close(self, order: CloseCase) -> None:
        """Record how a case ended, with its last ledger entries; doing so again changes nothing."""
        holds_event = order.state not in MAY_BE_FILED_AGAIN
        try:
            async with self.pool.acquire() as connection, connection.transaction():
                await append_entries(connection, order.batch, self.lines)
                await connection.execute(
                    CLOSE, order.case_id, order.run_id, order.state, order.closed_at, holds_event
                )
        except UNREACHABLE as error:
            raise unavailable("close a case") from error

    async def _known(self, connection: "Connection", admission: Admission) -> IntakeOutcome | None:
        submission = admission.submission
        opened = await connection.fetchval(
            OPENED_BY_THIS_RUN, submission.case_id, submission.run_id
        )
        if opened is not None:
            recorded = IntakeOutcome.model_validate_json(opened)
            return recorded.model_copy(update={"declaration": admission.outcome.declaration})
        holder = await connection.fetchval(HOLDER_OF_EVENT, *_keys(admission.claims))
        return _duplicate(holder, admission) if holder else None

    async def _enter(self, connection: "Connection", admission: Admission) -> IntakeOutcome:
        try:
            async with connection.transaction():
                keys = sorted(claim.key for claim in admission.claims)
                await connection.execute(TAKE_TURNS, keys)
                return await self._known(connection, admission) or await self._numbered(
                    connection, admission
                )
        except _TakenError:  # by a worker of an older release, which takes no turns
            known = await self._known(connection, admission)
        if known is None:
            raise unavailable("open a case: its event was released a moment ago")
        return known

    async def _numbered(self, connection: "Connection", admission: Admission) -> IntakeOutcome:
        number = await connection.fetchval(NEXT_NUMBER, admission.code_prefix)
        code = CaseCode(f"{admission.code_prefix}-{number:04d}")
        outcome = admission.with_code(code)
        if await connection.fetchval(ENTER, *_row(admission, outcome)) is None:
            raise _TakenError
        claims = [(claim.key, code, claim.shared) for claim in admission.claims]
        await connection.executemany(CLAIM, claims)
        return outcome


class _TakenError(Exception):
    """The event, or this run, is on the register already: the transaction must not count."""


async def has_cases(database_url: str) -> bool:
    """Whether a case was ever opened there; False also where the register was never made.

    Raises:
        BackendUnavailableError: the database is away.
    """
    try:
        connection = await asyncpg.connect(database_url)
    except UNREACHABLE as error:
        raise unavailable("look for cases") from error
    try:
        made = await connection.fetchval(IS_THERE)
        return bool(made and await connection.fetchval(HAS_CASES))
    finally:
        await connection.close()


def _keys(claims: tuple[EventClaim, ...]) -> tuple[str, list[str], list[str]]:
    """The key to be entered under, what nobody else may hold, and what others may only share."""
    alone = [claim.key for claim in claims if not claim.shared]
    return claims[0].key, alone, [claim.key for claim in claims if claim.shared]


def _row(admission: Admission, outcome: IntakeOutcome) -> tuple[object, ...]:
    opening = outcome.opening
    if opening is None:
        raise ValueError("an admission opens a case")
    submission = admission.submission
    return (
        opening.case_code,
        submission.case_id,
        submission.run_id,
        submission.group,
        admission.claims[0].key,
        outcome.declaration_digest,
        opening.law_version,
        outcome.model_dump_json(exclude={"declaration"}),
        submission.recorded_at,
        opening.promised_at,
    )


def _duplicate(holder: str, admission: Admission) -> IntakeOutcome:
    return IntakeOutcome(
        decision=IntakeDecision.DUPLICATE,
        declaration_digest=admission.outcome.declaration_digest,
        duplicate_of=CaseCode(holder),
    )
