"""Documents in a real PostgreSQL: sealed, kept once, bound to their case, and never changed."""

import asyncio
from collections.abc import AsyncIterator, Callable
from datetime import timedelta
from itertools import count
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import asyncpg
import pytest

from adapters.postgres.database import migrate, open_pool
from adapters.postgres.documents import CLAIM, KeptDocument, PostgresDocumentStore, documents_of
from adapters.postgres.documents_sealing import SealedDocumentError
from codec.keys import Keyring
from codec.marks import CASES
from codec.sealing import SealingCodec
from models.documents.forms import DocumentKey
from models.documents.kinds import FormKind
from models.kernel.base import CaseId
from models.kernel.errors import BackendUnavailableError
from models.kernel.refs import CaseRef

from fakes.documents import MemoryDocumentStore
from harness.document_samples import CASE, CODE, RUN

RING = Keyring.fresh([CASES, "insurance"])
CODEC = SealingCodec(RING, CASES)
SECRET = "Giấy hẹn của Lê Văn Thử, 0987654321".encode()
NOWHERE = "postgresql://nobody@127.0.0.1:1/nothing"
_names = count(1)


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[str]:
    name = f"documents_{next(_names)}"
    admin = await asyncpg.connect(database_url)
    await admin.execute(f"CREATE DATABASE {name}")
    fresh = urlunsplit(urlsplit(database_url)._replace(path=f"/{name}"))
    await migrate(fresh)
    yield fresh
    await admin.execute(f"DROP DATABASE {name} WITH (FORCE)")
    await admin.close()


@pytest.fixture
async def pool(database: str) -> AsyncIterator[asyncpg.Pool]:
    made = await open_pool(database, size=4)
    yield made
    await made.close()


def key(**changed: Any) -> DocumentKey:  # Any: fields of the key
    usual = {"case_id": CASE, "run_id": RUN, "case_code": CODE, "form": FormKind.RECEIPT}
    return DocumentKey.model_validate(usual | {"number": 1} | changed)


def contents(kept: list[KeptDocument]) -> list[bytes]:
    return [one.document for one in kept]


async def test_what_is_kept_comes_back_as_it_was(pool: asyncpg.Pool, database: str) -> None:
    await PostgresDocumentStore(pool, CODEC).keep(key(), SECRET)

    kept = await documents_of(database, CODEC, CASE)

    assert [(one.key, one.document) for one in kept] == [(key(), SECRET)]


async def test_nothing_readable_stands_in_the_table(pool: asyncpg.Pool, database: str) -> None:
    await PostgresDocumentStore(pool, CODEC).keep(key(), SECRET)

    connection = await asyncpg.connect(database)
    row = await connection.fetchrow("SELECT * FROM lienthong.documents")
    digest = await connection.fetchval(
        "SELECT encode(sha256(sealed), 'hex') FROM lienthong.documents"
    )
    await connection.close()
    assert row is not None
    assert b"Gi\xe1\xba\xa5y" not in row["sealed"]
    assert b"0987654321" not in row["sealed"]
    assert row["sha256"] == digest
    assert b"cases-1" in row["sealed"]


@pytest.mark.parametrize(
    "make", [lambda pool: PostgresDocumentStore(pool, CODEC), lambda _: MemoryDocumentStore()]
)
async def test_any_cabinet_keeps_the_first_of_a_form_and_number(
    make: Callable[[asyncpg.Pool], PostgresDocumentStore | MemoryDocumentStore],
    pool: asyncpg.Pool,
    database: str,
) -> None:
    cabinet = make(pool)

    for document in (b"first", b"second"):
        await cabinet.keep(key(), document)
    await cabinet.keep(key(number=2), b"third")

    kept = (
        list(cabinet.documents.values())
        if isinstance(cabinet, MemoryDocumentStore)
        else contents(await documents_of(database, CODEC, CASE))
    )
    assert kept == [b"first", b"third"]


async def test_many_who_keep_the_same_document_at_once_keep_one(
    pool: asyncpg.Pool, database: str
) -> None:
    cabinet = PostgresDocumentStore(pool, CODEC)

    await asyncio.gather(*(cabinet.keep(key(), SECRET) for _ in range(12)))

    assert contents(await documents_of(database, CODEC, CASE)) == [SECRET]


async def test_documents_come_in_order_and_only_those_of_the_newest_run(
    pool: asyncpg.Pool, database: str
) -> None:
    cabinet = PostgresDocumentStore(pool, CODEC)
    await cabinet.keep(key(run_id="run-0", form="03"), b"old run")
    for form, number in (("02", 2), ("01", 1), ("02", 1)):
        await cabinet.keep(key(form=form, number=number), f"{form}-{number}".encode())
    await cabinet.keep(key(case_id=CaseId("birth/other")), b"another case")

    newest = contents(await documents_of(database, CODEC, CASE))
    oldest = contents(await documents_of(database, CODEC, CASE, "run-0"))

    assert newest == [b"01-1", b"02-1", b"02-2"]
    assert oldest == [b"old run"]


async def test_a_key_that_came_later_opens_what_older_ones_sealed(
    pool: asyncpg.Pool, database: str
) -> None:
    await PostgresDocumentStore(pool, CODEC).keep(key(), SECRET)
    rotated = SealingCodec(RING.rotated(CASES), CASES)

    assert contents(await documents_of(database, rotated, CASE)) == [SECRET]


async def test_an_agency_cannot_open_the_documents_of_cases(
    pool: asyncpg.Pool, database: str
) -> None:
    await PostgresDocumentStore(pool, CODEC).keep(key(), SECRET)
    insurance = SealingCodec(RING.for_audience("insurance"), "insurance")

    with pytest.raises(SealedDocumentError, match="Không mở được mẫu 01"):
        await documents_of(database, insurance, CASE)


async def test_a_document_moved_to_another_case_is_not_taken_for_its_own(
    pool: asyncpg.Pool, database: str
) -> None:
    await PostgresDocumentStore(pool, CODEC).keep(key(), SECRET)
    connection = await asyncpg.connect(database)
    await connection.execute("UPDATE lienthong.documents SET case_id = 'birth/other'")
    await connection.close()

    with pytest.raises(SealedDocumentError, match="bị tráo"):
        await documents_of(database, CODEC, "birth/other")


@pytest.mark.parametrize(
    "change", ["UPDATE lienthong.documents SET sealed = ''", "DELETE FROM lienthong.documents"]
)
async def test_the_worker_may_add_documents_and_never_change_one(
    pool: asyncpg.Pool, change: str
) -> None:
    await PostgresDocumentStore(pool, CODEC).keep(key(), SECRET)

    async with pool.acquire() as connection:
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            await connection.execute(change)


async def test_the_database_itself_refuses_a_digest_that_is_not_the_documents(
    pool: asyncpg.Pool,
) -> None:
    async with pool.acquire() as connection:
        with pytest.raises(asyncpg.CheckViolationError):
            await connection.execute(
                "INSERT INTO lienthong.documents (case_id, run_id, case_code, form, number, sha256,"
                " sealed) VALUES ('c', 'r', 'H26', '01', 1, 'x', 'y')"
            )


async def test_a_case_without_documents_has_none_and_is_no_error(database: str) -> None:
    assert await documents_of(database, CODEC, "birth/unknown") == []


async def test_a_database_that_is_away_is_a_delay() -> None:
    away = await open_pool(NOWHERE)

    with pytest.raises(BackendUnavailableError, match="keep a document"):
        await PostgresDocumentStore(away, CODEC).keep(key(), SECRET)
    with pytest.raises(BackendUnavailableError, match="fetch documents"):
        await documents_of(NOWHERE, CODEC, CASE)
    await away.close()


CLOSED = """
    INSERT INTO lienthong.cases
        (case_code, case_id, run_id, procedure_group, event_key, declaration_digest, law_version,
         opening, recorded_at, promised_at, closed_at)
    VALUES ($1, $2, $3, 'birth', $1, '', '', '{}', now(), now(), now() - $4::interval)
"""
DRAWN = """
    INSERT INTO lienthong.documents
        (case_id, run_id, case_code, form, number, sealed, sha256, created_at)
    VALUES ($1, $2, $1, '06', 1, '', encode(sha256(''), 'hex'), now() - $3::interval)
"""
MANY_DONE = """
    INSERT INTO lienthong.cases
        (case_code, case_id, run_id, procedure_group, event_key, declaration_digest, law_version,
         opening, recorded_at, promised_at, closed_at, papers_done_at)
    SELECT 'done-' || n, 'birth/' || n, 'run-' || n, 'birth', 'done-' || n, '', '', '{}',
        now(), now(), now() - interval '1 day', now()
    FROM generate_series(1, 2000) AS n
"""
REST = timedelta(minutes=10)
LATER, EARLIER = timedelta(hours=2), timedelta(hours=3)


async def closed(pool: asyncpg.Pool, run: str, ago: timedelta) -> None:
    await pool.execute(CLOSED, f"code-{run}", f"birth/{run}", run, ago)


async def drawn(pool: asyncpg.Pool, run: str, ago: timedelta) -> None:
    await pool.execute(DRAWN, f"birth/{run}", run, ago)


async def claimed(pool: asyncpg.Pool, most: int = 20) -> list[str]:
    cases = await PostgresDocumentStore(pool, CODEC).claim(most, REST)
    return [case.run_id for case in cases]


def ref(run: str) -> CaseRef:
    return CaseRef(case_id=CaseId(f"birth/{run}"), run_id=run)


async def a_rest_passes(pool: asyncpg.Pool) -> None:
    await pool.execute("UPDATE lienthong.cases SET papers_rest_until = now()")


async def test_forms_drawn_while_a_case_was_open_do_not_stand_for_those_of_its_end(
    pool: asyncpg.Pool,
) -> None:
    await closed(pool, "asked-before", LATER)
    await drawn(pool, "asked-before", EARLIER)
    await closed(pool, "asked-after", EARLIER)
    await drawn(pool, "asked-after", LATER)
    await closed(pool, "a-moment-ago", timedelta(minutes=5))

    assert await claimed(pool) == ["asked-before"]


async def test_however_long_ago_a_case_closed_its_forms_are_drawn_up_the_oldest_first(
    pool: asyncpg.Pool,
) -> None:
    await closed(pool, "this-morning", EARLIER)
    await closed(pool, "a-year-ago", timedelta(days=365))

    assert await claimed(pool) == ["a-year-ago", "this-morning"]


async def test_workers_share_what_there_is_and_none_is_given_to_two(pool: asyncpg.Pool) -> None:
    runs = [f"run-{number}" for number in range(12)]
    for run in runs:
        await closed(pool, run, EARLIER)

    shares = await asyncio.gather(*(claimed(pool, 4) for _ in range(3)))

    assert sorted(run for share in shares for run in share) == sorted(runs)
    assert await claimed(pool) == []


async def test_a_case_is_done_with_once(pool: asyncpg.Pool) -> None:
    await closed(pool, "gone", EARLIER)
    await closed(pool, "drawn", EARLIER)
    cabinet = PostgresDocumentStore(pool, CODEC)
    await claimed(pool)

    await cabinet.done_with(ref("gone"), because="RPCError")
    await cabinet.done_with(ref("drawn"))
    await a_rest_passes(pool)

    assert await claimed(pool) == []


async def test_what_cannot_be_drawn_up_stands_in_nobodys_way_and_comes_again(
    pool: asyncpg.Pool,
) -> None:
    await closed(pool, "hopeless", EARLIER)
    await closed(pool, "newer", LATER)
    cabinet = PostgresDocumentStore(pool, CODEC)

    first = await claimed(pool, 1)
    await cabinet.note_trouble(ref("hopeless"), because="TypesettingError")
    second = await claimed(pool, 1)
    await cabinet.done_with(ref("newer"))
    await a_rest_passes(pool)

    assert (first, second, await claimed(pool, 1)) == (["hopeless"], ["newer"], ["hopeless"])


async def test_each_failure_rests_longer_up_to_six_hours(pool: asyncpg.Pool) -> None:
    await closed(pool, "hopeless", EARLIER)
    rests = []

    for _ in range(12):
        await claimed(pool)
        rests.append(
            await pool.fetchval(
                "SELECT round(extract(epoch FROM papers_rest_until - now()) / 60)"
                " FROM lienthong.cases"
            )
        )
        await a_rest_passes(pool)

    assert rests[:3] == [10, 20, 40]
    assert rests == sorted(rests)
    assert rests[-1] == 6 * 60


async def test_a_look_reads_the_waiting_alone_however_many_have_closed(
    pool: asyncpg.Pool,
) -> None:
    await pool.execute(MANY_DONE)
    await closed(pool, "waiting", EARLIER)

    plan = await pool.fetch("EXPLAIN " + CLAIM, "06", 5, REST)

    text = "\n".join(row[0] for row in plan)
    assert "cases_without_papers" in text
