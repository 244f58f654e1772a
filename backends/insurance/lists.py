"""Numbered lists of persons: each taken once, line by line, with one receipt for ever."""

from datetime import datetime

from backends.dossiers.effects import NOTHING, Done, Effect
from backends.dossiers.filing import CorrectionPosting
from backends.insurance.list_contracts import ListedLine, ListedLines, ListPosting
from backends.insurance.list_lines import carry_out
from backends.shared import clock
from backends.shared.database import Connection, Pool
from backends.shared.digests import digest_of
from backends.shared.problems import ProblemError, unknown
from models.contracts.lists import ListReceipt

_ONE_BY_ONE = "SELECT pg_advisory_xact_lock(hashtext('agency_insurance.lists'))"
_KNOWN = "SELECT digest, receipt FROM agency_insurance.person_list WHERE number = $1"
_KEEP = """
INSERT INTO agency_insurance.person_list (number, digest, said, receipt, received_at)
VALUES ($1, $2, $3, $4, $5)
"""
_OF_CASE = """
SELECT list_number, line, kind, rejected_because, revoked_at, ended_on, restored_at
FROM agency_insurance.list_line
LEFT JOIN agency_insurance.membership_end USING (list_number, line)
WHERE case_code = $1 ORDER BY list_number, line
"""
_TOLD = """
SELECT digest, receipt FROM agency_insurance.line_correction
WHERE case_code = $1 AND correction_id = $2
"""
_NOTE = """
INSERT INTO agency_insurance.line_correction
    (case_code, correction_id, digest, said, receipt, received_at)
VALUES ($1, $2, $3, $4, $5, $6)
"""
_REVOKE = """
UPDATE agency_insurance.list_line SET revoked_at = $3
WHERE case_code = $1 AND kind = $2 AND rejected_because IS NULL AND revoked_at IS NULL
RETURNING list_number, line
"""
_RESTORE = """
UPDATE agency_insurance.membership_end SET restored_at = $3
WHERE list_number = $1 AND line = $2 AND restored_at IS NULL
"""
_LISTED_BY = {"register_death": "strike_offs", "register_birth": "cards"}
"""The act that puts a person on a list of a kind."""


async def take(pool: Pool, said: ListPosting) -> str:
    """Carry a list out; the same number again has the same receipt.

    Raises:
        ProblemError: 409, the number is known with other lines, or two lines share a number.
    """
    digest = digest_of(said)
    async with pool.acquire() as connection, connection.transaction():
        await connection.execute(_ONE_BY_ONE)
        known = await connection.fetchrow(_KNOWN, said.number)
        if known:
            return _again(known["digest"], known["receipt"], digest)
        receipt = await _carried_out(connection, said, clock.now())
        text = receipt.model_dump_json()
        await connection.execute(
            _KEEP, said.number, digest, said.model_dump_json(), text, receipt.received_at
        )
        return text


async def receipt_of(pool: Pool, number: str) -> str:
    """The receipt a list was given.

    Raises:
        ProblemError: 404, never received.
    """
    known = await pool.fetchrow(_KNOWN, number)
    if known is None:
        raise unknown("list")
    return str(known["receipt"])


async def lines_of(pool: Pool, case_code: str) -> ListedLines:
    """What became of the lines of a case."""
    rows = await pool.fetch(_OF_CASE, case_code)
    return ListedLines(
        lines=tuple(
            ListedLine(
                list_number=row["list_number"],
                line=row["line"],
                kind=row["kind"],
                state=_state(row["rejected_because"], row["revoked_at"]),
                reason_code=row["rejected_because"],
                membership_ended_on=None if row["restored_at"] else row["ended_on"],
            )
            for row in rows
        )
    )


async def correct(pool: Pool, case_code: str, notice: CorrectionPosting) -> str:
    """Undo what a revoked act brought onto a list: who is alive is insured again. Once by its id.

    Raises:
        ProblemError: 404, no line of this case was ever taken; 409, told otherwise before.
    """
    digest, now = digest_of(notice), clock.now()
    async with pool.acquire() as connection, connection.transaction():
        await connection.execute(_ONE_BY_ONE)
        told = await connection.fetchrow(_TOLD, case_code, notice.correction_id)
        if told:
            return _again(told["digest"], told["receipt"], digest)
        if not await connection.fetch(_OF_CASE, case_code):
            raise unknown("line")
        effect = await _undone(connection, case_code, notice, now)
        text = effect.receipt(now).model_dump_json()
        said = notice.model_dump_json()
        await connection.execute(_NOTE, case_code, notice.correction_id, digest, said, text, now)
        return text


async def _carried_out(connection: Connection, said: ListPosting, now: datetime) -> ListReceipt:
    if len({line.number for line in said.lines}) < len(said.lines):
        raise ProblemError(409, "two lines share a number")
    rejected = [
        (line, reason)
        for line in said.lines
        if (reason := await carry_out(connection, said.number, said.kind, line))
    ]
    return ListReceipt(
        number=said.number,
        received_at=now,
        taken=len(said.lines) - len(rejected),
        rejected={str(line.number): reason for line, reason in rejected},
    )


async def _undone(
    connection: Connection, case_code: str, notice: CorrectionPosting, now: datetime
) -> Effect:
    kind = _LISTED_BY.get(notice.act)
    if kind is None or not notice.revokes:
        return NOTHING
    lines = await connection.fetch(_REVOKE, case_code, kind, now)
    if not lines:
        return NOTHING
    for line in lines:
        await connection.execute(_RESTORE, line["list_number"], line["line"], now)
    return Effect(done=Done.RESTORED if kind == "strike_offs" else Done.CANCELLED)


def _state(reason: str | None, revoked_at: datetime | None) -> str:
    if reason:
        return "rejected"
    return "revoked" if revoked_at else "taken"


def _again(known: str, answer: str, digest: str) -> str:
    if known != digest:
        raise ProblemError(409, "the number is known with other content")
    return answer
