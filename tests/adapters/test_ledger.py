"""The promises of a ledger: written once, in order, and changed by nobody."""

import asyncio
from collections.abc import AsyncIterator

import asyncpg
import pytest

from activities.ports.stores import CaseRepository, Ledger
from adapters.postgres.cases import PostgresCaseRepository
from adapters.postgres.database import MIGRATIONS, migrate, open_pool
from adapters.postgres.ledger import PostgresLedger, entries_of
from models.cases.events import LedgerEntry
from models.kernel.errors import BackendUnavailableError
from models.kernel.vocabulary import CaseState

from fakes.stores import MemoryCaseRepository, MemoryLedger
from harness.admissions import admission, batch, closing, entry
from harness.our_database import OurDatabase, fresh_database

REWRITING = [
    "UPDATE lienthong.ledger_entries SET event = 'case.closed'",
    "DELETE FROM lienthong.ledger_entries",
    "TRUNCATE lienthong.ledger_entries",
    "DROP TABLE lienthong.ledger_entries",
    "ALTER TABLE lienthong.ledger_entries DROP COLUMN facts",
    "DELETE FROM lienthong.cases",
]


class Ledgers:
    """A ledger, its register, and a way to read what was written."""

    def __init__(self, database: OurDatabase | None) -> None:
        self.database, self.memory = database, MemoryLedger()
        self.ledger: Ledger = PostgresLedger(database.pool) if database else self.memory
        self.register: CaseRepository = (
            PostgresCaseRepository(database.pool) if database else MemoryCaseRepository(self.memory)
        )

    async def written(self, case_id: str, run_id: str = "run-1") -> list[LedgerEntry]:
        if self.database is None:
            return self.memory.of_run(case_id, run_id)
        return await entries_of(self.database.url, case_id, run_id)


@pytest.fixture(scope="module")
async def database(database_url: str) -> AsyncIterator[OurDatabase]:
    async with fresh_database(database_url) as database:
        yield database


@pytest.fixture(params=["memory", "postgres"])
def ledgers(request: pytest.FixtureRequest, database: OurDatabase) -> Ledgers:
    return Ledgers(None if request.param == "memory" else database)


_cases = iter(f"birth/so-{number}" for number in range(1, 10_000))


async def test_what_was_appended_is_there_in_order(ledgers: Ledgers) -> None:
    case, entries = next(_cases), [entry(1), entry(2, note="hai"), entry(3)]

    await ledgers.ledger.append(batch(case, *entries[:2]))
    await ledgers.ledger.append(batch(case, entries[2]))

    assert await ledgers.written(case) == entries


async def test_appending_twice_is_appending_once(ledgers: Ledgers) -> None:
    case, entries = next(_cases), [entry(1), entry(2)]

    await ledgers.ledger.append(batch(case, *entries))
    await ledgers.ledger.append(batch(case, *entries))

    assert await ledgers.written(case) == entries


async def test_batches_that_overlap_lose_nothing_and_double_nothing(ledgers: Ledgers) -> None:
    case, entries = next(_cases), [entry(number) for number in range(1, 8)]

    await asyncio.gather(
        *(ledgers.ledger.append(batch(case, *entries[start : start + 4])) for start in range(4))
    )

    assert await ledgers.written(case) == entries


async def test_an_entry_once_written_is_never_written_otherwise(ledgers: Ledgers) -> None:
    case = next(_cases)
    await ledgers.ledger.append(batch(case, entry(1, note="trước")))

    await ledgers.ledger.append(batch(case, entry(1, note="sau")))

    assert await ledgers.written(case) == [entry(1, note="trước")]


async def test_two_runs_of_one_id_are_two_records(ledgers: Ledgers) -> None:
    case = next(_cases)

    await ledgers.ledger.append(batch(case, entry(1, note="một")))
    await ledgers.ledger.append(batch(case, entry(1, note="hai"), run_id="run-2"))

    assert await ledgers.written(case) == [entry(1, note="một")]
    assert await ledgers.written(case, "run-2") == [entry(1, note="hai")]


async def test_an_empty_batch_is_no_trouble(ledgers: Ledgers) -> None:
    case = next(_cases)

    await ledgers.ledger.append(batch(case))

    assert await ledgers.written(case) == []


async def test_closing_a_case_writes_its_last_entries_once(ledgers: Ledgers) -> None:
    admitted = admission(7_000, "run-1")
    await ledgers.register.open(admitted)
    order = closing(admitted, CaseState.COMPLETED, entry(1), entry(2))

    await ledgers.register.close(order)
    await ledgers.register.close(order)

    assert await ledgers.written(admitted.submission.case_id) == [entry(1), entry(2)]


@pytest.mark.parametrize("statement", REWRITING)
async def test_a_worker_cannot_rewrite_what_happened(database: OurDatabase, statement: str) -> None:
    await PostgresLedger(database.pool).append(batch(next(_cases), entry(1)))

    async with database.pool.acquire() as connection:
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            await connection.execute(statement)


async def test_a_connection_used_before_is_still_the_workers(database: OurDatabase) -> None:
    ledger = PostgresLedger(database.pool)
    for _ in range(20):
        await ledger.append(batch(next(_cases), entry(1)))

    async with database.pool.acquire() as connection:
        role = await connection.fetchval("SELECT current_user")
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            await connection.execute(REWRITING[0])

    assert role == "lienthong_worker"


async def test_a_worker_is_served_again_after_its_connections_were_cut(
    database: OurDatabase,
) -> None:
    ledger, case = PostgresLedger(database.pool), next(_cases)
    await ledger.append(batch(case, entry(1)))
    admin = await asyncpg.connect(database.url)
    await admin.execute(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
        " WHERE datname = current_database() AND pid <> pg_backend_pid()"
    )
    await admin.close()

    await until_appended(ledger, case)

    assert await entries_of(database.url, case, "run-1") == [entry(1), entry(2)]


async def until_appended(ledger: PostgresLedger, case: str) -> None:
    """As Temporal does: try again while the database says it is away."""
    for _ in range(20):
        try:
            return await ledger.append(batch(case, entry(2)))
        except BackendUnavailableError:
            await asyncio.sleep(0.05)
    raise AssertionError("still away")


async def test_a_ledger_whose_database_is_away_says_so() -> None:
    async with await open_pool("postgresql://nobody@127.0.0.1:9/none") as nowhere:
        with pytest.raises(BackendUnavailableError):
            await PostgresLedger(nowhere).append(batch(next(_cases), entry(1)))


async def test_many_processes_may_bring_the_schema_up_to_date_at_once(
    database: OurDatabase,
) -> None:
    await asyncio.gather(*(migrate(database.url) for _ in range(5)))

    connection = await asyncpg.connect(database.url)
    applied = await connection.fetchval("SELECT count(*) FROM lienthong.migrations")
    await connection.close()
    assert applied == len(list(MIGRATIONS.glob("*.sql")))
