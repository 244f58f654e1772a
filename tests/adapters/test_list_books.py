"""The promises of a book of lists: everybody once for ever, and a list is always the same."""

import asyncio
from collections.abc import AsyncIterator
from datetime import date

import asyncpg
import pytest

from activities.ports.stores import Ledger, ListRepository
from adapters.postgres import lists as lists_postgres
from adapters.postgres.cases import PostgresCaseRepository
from adapters.postgres.database import open_pool
from adapters.postgres.ledger import PostgresLedger
from adapters.postgres.list_findings import PostgresListFindings
from adapters.postgres.list_lines import ListLines
from adapters.postgres.list_sealing import SealedLineError
from adapters.postgres.list_voiding import VoidingLists
from adapters.postgres.lists import PostgresListRepository
from codec.keys import Keyring
from codec.marks import CASES
from codec.sealing import SealingCodec
from models.contracts.corrections import CorrectionKind, CorrectionNotice
from models.contracts.lists import ListKind, ListReceipt
from models.kernel.base import ProcedureId
from models.kernel.errors import BackendUnavailableError
from models.kernel.vocabulary import CaseState

from fakes.list_repository import MemoryListRepository
from fakes.person_lists import MemoryListGateway
from fakes.stores import MemoryLedger
from harness.admissions import admission, closing, entry
from harness.listed_people import (
    COMMUNE,
    DISTRICT,
    FEE,
    MONTH_END,
    NAME,
    NOON,
    batch_of,
    deceased,
    order,
    person,
    terms,
)
from harness.our_database import OurDatabase, fresh_database

KIND = ListKind.STRIKE_OFFS
RING = Keyring.fresh([CASES])
CODEC = SealingCodec(RING, CASES)
LINES = ListLines(CODEC, b"g" * 32)
FIRST = f"strike_offs-{COMMUNE}-2611-001"
NOTICE = CorrectionNotice(
    correction_id="cc-1",
    kind=CorrectionKind.REVOKED,
    act=ProcedureId("register_death"),
    decided_by="cb-01",
    approved_by="cb-02",
    legal_basis="QĐ 01/QĐ-UBND",
)
EMPTY = """
    TRUNCATE lienthong.list_lines, lienthong.person_lists, lienthong.list_numbers,
        lienthong.list_voids
"""


class Books:
    """A book and the ledger whose batches bring the people."""

    def __init__(self, database: OurDatabase | None) -> None:
        memory = MemoryLedger()
        self.ledger: Ledger = PostgresLedger(database.pool, LINES) if database else memory
        self.book: ListRepository = (
            PostgresListRepository(database.pool, CODEC)
            if database
            else MemoryListRepository(memory)
        )


@pytest.fixture(scope="module")
async def made_once(database_url: str) -> AsyncIterator[OurDatabase]:
    async with fresh_database(database_url) as database:
        yield database


@pytest.fixture
async def database(made_once: OurDatabase) -> OurDatabase:
    """Without anybody in it."""
    admin = await asyncpg.connect(made_once.url)
    await admin.execute(EMPTY)
    await admin.close()
    return made_once


@pytest.fixture(params=["memory", "postgres"])
def books(request: pytest.FixtureRequest, database: OurDatabase) -> Books:
    return Books(None if request.param == "memory" else database)


def receipt(number: str, taken: int, **rejected: str) -> ListReceipt:
    lines = {line.removeprefix("line_"): why for line, why in rejected.items()}
    return ListReceipt(number=number, received_at=NOON, taken=taken, rejected=lines)


async def test_who_was_granted_stands_on_the_list_of_their_place(books: Books) -> None:
    await books.ledger.append(batch_of([deceased(1), deceased(2), deceased(3, place=DISTRICT)]))

    number = await books.book.draw_up(terms())

    assert number == FIRST
    found = await books.book.find(number)
    assert [line.number for line in found.lines] == [1, 2]
    assert [line.facts for line in found.lines] == [deceased(1).facts, deceased(2).facts]
    assert (found.place, found.fee_per_line, found.fee_total) == (COMMUNE, 7_000, 14_000)


async def test_a_rerun_repeats_nobody_and_makes_no_empty_list(books: Books) -> None:
    await books.ledger.append(batch_of([deceased(1)]))
    await books.book.draw_up(terms())

    again = await books.book.draw_up(terms())

    assert again is None


async def test_a_batch_written_twice_lists_its_people_once(books: Books) -> None:
    for _ in range(2):
        await books.ledger.append(batch_of([deceased(1), deceased(2)]))

    await books.book.draw_up(terms())

    assert len((await books.book.find(FIRST)).lines) == 2


async def test_a_person_told_by_two_cases_is_listed_once_for_ever(books: Books) -> None:
    await books.ledger.append(batch_of([deceased(1)]))
    await books.book.draw_up(terms())

    await books.ledger.append(batch_of([deceased(1, case=77)], case_id="death/so-2"))

    assert await books.book.draw_up(terms()) is None


async def test_who_came_late_is_on_the_next_list_of_the_same_month(books: Books) -> None:
    await books.ledger.append(batch_of([deceased(1)]))
    await books.book.draw_up(terms())
    await books.ledger.append(batch_of([deceased(2)]))

    number = await books.book.draw_up(terms())

    assert number == f"strike_offs-{COMMUNE}-2611-002"
    assert [line.case_code for line in (await books.book.find(number)).lines] == [
        deceased(2).case_code
    ]


async def test_who_was_granted_after_the_period_waits_for_the_next(books: Books) -> None:
    await books.ledger.append(batch_of([deceased(1), deceased(2, on=date(2026, 12, 1))]))

    await books.book.draw_up(terms())
    later = await books.book.draw_up(terms(until=date(2026, 12, 31)))

    assert later == f"strike_offs-{COMMUNE}-2612-001"
    assert len((await books.book.find(FIRST)).lines) == 1


async def test_a_list_is_the_same_each_time_it_is_read(books: Books) -> None:
    await books.ledger.append(batch_of([deceased(number) for number in range(1, 6)]))
    await books.book.draw_up(terms())

    first, second = await books.book.find(FIRST), await books.book.find(FIRST)

    assert first == second


async def test_places_are_paged_in_their_order(books: Books) -> None:
    places = ["00004", "00010", "070"]
    people = [deceased(number, place=place) for number, place in enumerate(places, start=1)]
    await books.ledger.append(batch_of(people))

    first = await books.book.places(order(most=2))
    second = await books.book.places(order(most=2, after=first[-1].place))

    assert [(one.place, one.waiting) for one in (*first, *second)] == [(p, 1) for p in places]


async def test_a_list_that_was_not_acknowledged_is_still_owed(books: Books) -> None:
    await books.ledger.append(batch_of([deceased(1)]))
    await books.book.draw_up(terms())

    owed = [one.place for one in await books.book.places(order())]

    assert owed == [COMMUNE]
    assert await books.book.undelivered(KIND, owed) == [FIRST]


async def test_an_acknowledged_list_is_owed_no_more(books: Books) -> None:
    await books.ledger.append(batch_of([deceased(1)]))
    await books.book.draw_up(terms())

    for _ in range(2):
        await books.book.acknowledge(receipt(FIRST, taken=1))

    assert await books.book.places(order()) == []
    assert await books.book.undelivered(KIND, [COMMUNE]) == []


async def test_only_the_place_that_was_asked_for_is_looked_at(books: Books) -> None:
    await books.ledger.append(batch_of([deceased(1), deceased(2, place=DISTRICT)]))

    found = await books.book.places(order(place=DISTRICT))

    assert [one.place for one in found] == [DISTRICT]


async def test_a_revoked_act_strikes_nobody_off_who_stands_on_no_list_yet(books: Books) -> None:
    await books.ledger.append(batch_of([deceased(1), deceased(2)]))

    on_their_way = await books.book.void(deceased(1).case_code)
    await books.ledger.append(batch_of([deceased(1)]))
    await books.book.draw_up(terms())

    (line,) = (await books.book.find(FIRST)).lines
    assert on_their_way == []
    assert line.case_code == deceased(2).case_code


async def test_a_line_written_only_after_its_act_was_revoked_comes_onto_no_list(
    books: Books,
) -> None:
    await books.book.void(deceased(1).case_code)

    await books.ledger.append(batch_of([deceased(1)]))

    assert await books.book.draw_up(terms()) is None


async def test_a_revoked_act_whose_list_is_on_its_way_says_so_until_it_is_acknowledged(
    books: Books,
) -> None:
    await books.ledger.append(batch_of([deceased(1)]))
    await books.book.draw_up(terms())

    before = await books.book.void(deceased(1).case_code)
    await books.book.acknowledge(receipt(FIRST, taken=1))
    after = await books.book.void(deceased(1).case_code)

    assert (before, after) == ([FIRST], [])
    assert len((await books.book.find(FIRST)).lines) == 1


async def test_who_was_declared_dead_in_error_can_be_struck_off_when_they_die(
    database: OurDatabase,
) -> None:
    ledger, book = (
        PostgresLedger(database.pool, LINES),
        PostgresListRepository(database.pool, CODEC),
    )
    await ledger.append(batch_of([deceased(1)]))
    await book.void(deceased(1).case_code)

    await ledger.append(batch_of([deceased(1, case=77)], case_id="death/so-2"))
    await book.draw_up(terms())

    (line,) = (await book.find(FIRST)).lines
    assert line.case_code == deceased(1, case=77).case_code


@pytest.mark.parametrize("kind", [CorrectionKind.REVOKED, CorrectionKind.CORRECTED])
async def test_the_insurer_hears_of_a_revoked_act_only_once_it_has_the_list(
    books: Books, kind: CorrectionKind
) -> None:
    insurer = MemoryListGateway()
    lists, case = VoidingLists(insurer, books.book), deceased(1).case_code
    told = NOTICE.model_copy(update={"kind": kind})
    await books.ledger.append(batch_of([deceased(1)]))
    await books.book.draw_up(terms())

    if kind is CorrectionKind.REVOKED:
        with pytest.raises(BackendUnavailableError, match=FIRST):
            await lists.correct(case, told)
    await books.book.acknowledge(await lists.deliver(await books.book.find(FIRST)))
    receipt_of_correction = await lists.correct(case, told)

    assert receipt_of_correction is not None
    assert receipt_of_correction.acknowledged


async def test_many_compilers_at_once_put_nobody_on_two_lists(database: OurDatabase) -> None:
    people = [deceased(number) for number in range(1, 41)]
    await PostgresLedger(database.pool, LINES).append(batch_of(people))
    async with await open_pool(database.url) as other_pool:
        compilers = [PostgresListRepository(pool, CODEC) for pool in (database.pool, other_pool)]

        numbers = await asyncio.gather(*(book.draw_up(terms()) for book in compilers * 4))

    assert [number for number in numbers if number] == [FIRST]
    assert len((await compilers[0].find(FIRST)).lines) == 40


async def test_a_list_that_fails_half_way_leaves_everybody_waiting(database: OurDatabase) -> None:
    await PostgresLedger(database.pool, LINES).append(batch_of([deceased(1), deceased(2)]))
    book = PostgresListRepository(database.pool, CODEC)
    broken = terms().model_copy(update={"fee": FEE.model_copy(update={"amount": -1})})

    with pytest.raises(asyncpg.CheckViolationError):
        await book.draw_up(broken)
    number = await book.draw_up(terms())

    assert number == FIRST
    assert len((await book.find(FIRST)).lines) == 2


async def test_more_people_than_fit_a_list_stand_on_several(
    database: OurDatabase, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lists_postgres, "MOST_LINES", 3)
    people = [deceased(number) for number in range(1, 8)]
    await PostgresLedger(database.pool, LINES).append(batch_of(people))
    book = PostgresListRepository(database.pool, CODEC)

    numbers = [await book.draw_up(terms()) for _ in range(4)]

    lengths = [len((await book.find(number)).lines) for number in numbers if number]
    assert (lengths, numbers[-1]) == ([3, 3, 1], None)


async def test_closing_a_case_lists_whom_its_last_entries_grant(database: OurDatabase) -> None:
    register = PostgresCaseRepository(database.pool, LINES)
    admitted = admission(7_500, "run-1")
    await register.open(admitted)
    last_order = closing(admitted, CaseState.COMPLETED, entry(1))
    last = last_order.batch.model_copy(update={"persons": (deceased(1),)})

    for _ in range(2):
        await register.close(last_order.model_copy(update={"batch": last}))

    book = PostgresListRepository(database.pool, CODEC)
    assert [one.waiting for one in await book.places(order())] == [1]


async def test_the_database_itself_moves_nobody_to_another_list(database: OurDatabase) -> None:
    await PostgresLedger(database.pool, LINES).append(batch_of([deceased(1)]))
    await PostgresListRepository(database.pool, CODEC).draw_up(terms())

    with pytest.raises(asyncpg.IntegrityConstraintViolationError):
        await database.pool.execute("UPDATE lienthong.list_lines SET line_number = 2")


async def test_the_database_sees_no_person(database: OurDatabase) -> None:
    await PostgresLedger(database.pool, LINES).append(batch_of([deceased(1)]))
    await PostgresListRepository(database.pool, CODEC).draw_up(terms())

    rows = await database.pool.fetch(
        "SELECT line::text FROM lienthong.list_lines AS line"
        " UNION ALL SELECT list::text FROM lienthong.person_lists AS list"
    )

    assert len(rows) == 2
    assert not any(told in row[0] for row in rows for told in (NAME, person(1), "0123456789"))


async def test_a_line_put_in_the_place_of_another_is_not_believed(database: OurDatabase) -> None:
    await PostgresLedger(database.pool, LINES).append(batch_of([deceased(1), deceased(2)]))
    admin = await asyncpg.connect(database.url)
    await admin.execute(
        "UPDATE lienthong.list_lines SET sealed ="
        " (SELECT sealed FROM lienthong.list_lines ORDER BY person_hash LIMIT 1)"
    )
    await admin.close()
    book = PostgresListRepository(database.pool, CODEC)
    await book.draw_up(terms())

    with pytest.raises(SealedLineError):
        await book.find(FIRST)


async def test_a_ledger_without_a_key_for_persons_writes_nothing_of_the_batch(
    database: OurDatabase,
) -> None:
    with pytest.raises(ValueError, match="no key"):
        await PostgresLedger(database.pool).append(batch_of([deceased(1)]))

    assert await database.pool.fetchval("SELECT count(*) FROM lienthong.list_lines") == 0


async def test_a_rejected_line_is_a_finding_until_a_person_settles_it(
    database: OurDatabase,
) -> None:
    await PostgresLedger(database.pool, LINES).append(batch_of([deceased(1), deceased(2)]))
    book, shelf = PostgresListRepository(database.pool, CODEC), PostgresListFindings(database.pool)
    await book.draw_up(terms())
    await book.acknowledge(receipt(FIRST, 1, line_2="LECH_DINH_DANH"))

    (before,) = await shelf.issued(KIND, None, "2027-01")
    settled = await shelf.settle(FIRST, 2, by="cb-01", how="Đã sửa số định danh")
    again = await shelf.settle(FIRST, 2, by="cb-02", how="Khác")

    assert before.has_findings
    assert [(one.line, one.reason_code) for one in before.rejections] == [(2, "LECH_DINH_DANH")]
    assert (settled, again) == (deceased(2).case_code, None)
    assert await shelf.issued(KIND, None, "2027-01") == []


async def test_a_list_says_what_a_line_costs_and_on_which_basis(database: OurDatabase) -> None:
    await PostgresLedger(database.pool, LINES).append(batch_of([deceased(1), deceased(2)]))
    await PostgresListRepository(database.pool, CODEC).draw_up(terms())

    (issued,) = await PostgresListFindings(database.pool).issued(KIND, COMMUNE, "2026-11")

    assert (issued.lines, issued.fee_per_line, issued.fee_total) == (2, 7_000, 14_000)
    assert (issued.fee, issued.until, issued.taken) == (FEE, MONTH_END, None)


async def test_trouble_with_a_list_stays_on_it_until_it_is_acknowledged(
    database: OurDatabase,
) -> None:
    await PostgresLedger(database.pool, LINES).append(batch_of([deceased(1)]))
    book, shelf = PostgresListRepository(database.pool, CODEC), PostgresListFindings(database.pool)
    await book.draw_up(terms())

    await book.note_trouble(FIRST, "BackendRefusedRequestError")
    (troubled,) = await shelf.issued(KIND, None, "2026-11")
    await book.acknowledge(receipt(FIRST, taken=1))
    (mended,) = await shelf.issued(KIND, None, "2026-11")

    assert (troubled.trouble, mended.trouble) == ("BackendRefusedRequestError", None)


async def test_a_book_whose_database_is_away_says_so() -> None:
    async with await open_pool("postgresql://nobody@127.0.0.1:9/none") as nowhere:
        with pytest.raises(BackendUnavailableError):
            await PostgresListRepository(nowhere, CODEC).draw_up(terms())
