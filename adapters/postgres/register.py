"""The register of a period, read from the cases and the ledger; no name stands in either."""

import json
from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime, time

import asyncpg

from adapters.postgres.database import UNREACHABLE, unavailable
from models.cases.events import LedgerEntry
from models.documents.register import Register07, RegisterLine, register_line
from models.intake.intake import Opening
from models.kernel.base import VIETNAM
from models.kernel.vocabulary import CaseState

CASES = """
    SELECT case_id, run_id, opening -> 'opening' AS opening, state, closed_at FROM (
        SELECT *, (opening #>> '{opening,deadlines,received_at}')::timestamptz AS received_at
        FROM lienthong.cases
        WHERE recorded_at >= $1 AND ($3::text IS NULL OR opening #>> '{opening,commune}' = $3)
    ) AS cases
    WHERE received_at BETWEEN $1 AND $2
    ORDER BY received_at, case_code
"""
"""Nothing is received after it is recorded, so that the index on `recorded_at` narrows it."""

ENTRIES = """
    SELECT case_id, run_id, seq, at, event, procedure, agency, facts
    FROM lienthong.ledger_entries
    JOIN unnest($1::text[], $2::text[]) AS wanted (case_id, run_id) USING (case_id, run_id)
    ORDER BY case_id, run_id, seq
"""
Run = tuple[str, str]
Entries = dict[Run, list[LedgerEntry]]


async def register_of(
    database_url: str, first: date, last: date, drawn_at: datetime, commune: str | None = None
) -> Register07:
    """The register of the cases received between two days, both included.

    Raises:
        BackendUnavailableError: the database is away.
    """
    try:
        connection = await asyncpg.connect(database_url)
    except UNREACHABLE as error:
        raise unavailable("draw up the register") from error
    try:
        cases = await connection.fetch(CASES, _begin(first), _end(last), commune)
        runs = [row["case_id"] for row in cases], [row["run_id"] for row in cases]
        entries = _by_run(await connection.fetch(ENTRIES, *runs))
    finally:
        await connection.close()
    return Register07(
        first=first,
        last=last,
        commune=commune,
        drawn_at=drawn_at,
        lines=tuple(_line(case, entries) for case in cases),
    )


def _begin(day: date) -> datetime:
    return datetime.combine(day, time.min, VIETNAM)


def _end(day: date) -> datetime:
    return datetime.combine(day, time.max, VIETNAM)


def _by_run(rows: Iterable[asyncpg.Record]) -> Entries:
    entries: Entries = defaultdict(list)
    for row in rows:
        entry = LedgerEntry.model_validate({**row, "facts": json.loads(row["facts"])})
        entries[row["case_id"], row["run_id"]].append(entry)
    return entries


def _line(case: asyncpg.Record, entries: Entries) -> RegisterLine:
    return register_line(
        Opening.model_validate_json(case["opening"]),
        entries.get((case["case_id"], case["run_id"]), ()),
        state=CaseState(case["state"]),
        closed_at=case["closed_at"],
    )
