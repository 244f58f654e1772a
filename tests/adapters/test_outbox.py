"""The outbox of reminders: each is sent at least once, by one worker at a time, and then rests."""

from collections.abc import AsyncIterator

import pytest
from admissions import batch, entry
from our_database import OurDatabase, fresh_database

from adapters.agencies_memory import MemoryNoticeOffice
from adapters.ledger_postgres import PostgresLedger
from adapters.outbox_postgres import PostgresOutbox
from models.base import CaseCode
from models.errors import BackendRefusedRequestError, BackendUnavailableError
from models.wire import Notice
from workers.relay import send_some

CODE = CaseCode("H26.05.13-261117-0001")


def reminder(number: int) -> Notice:
    return Notice(
        key=f"{CODE}-{number}-due-1-2611191700",
        case_code=CODE,
        kind="due",
        to={"agency": "residence", "unit": "00004"},
        title="Đến hạn",
        body="Hồ sơ đến hạn giải quyết.",
    )


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[OurDatabase]:
    async with fresh_database(database_url) as database:
        yield database


async def written(database: OurDatabase, *numbers: int) -> PostgresOutbox:
    """An outbox in which these reminders wait, as a ledger batch put them there."""
    notices = tuple(reminder(number) for number in numbers)
    told = batch("birth/so-1", entry(1)).model_copy(update={"notices": notices})
    await PostgresLedger(database.pool).append(told)
    return PostgresOutbox(database.pool)


async def test_what_the_ledger_wrote_is_sent_as_it_was_written(database: OurDatabase) -> None:
    outbox, office = await written(database, 1, 2), MemoryNoticeOffice()

    sent = await send_some(outbox, office)

    assert sent == 2
    assert sorted(office.sent.values(), key=lambda one: one.key) == [reminder(1), reminder(2)]


async def test_what_was_sent_is_not_sent_again(database: OurDatabase) -> None:
    outbox, office = await written(database, 1), MemoryNoticeOffice()
    await send_some(outbox, office)

    again = await send_some(outbox, office)

    assert again == 0


async def test_a_batch_written_twice_is_sent_once(database: OurDatabase) -> None:
    await written(database, 1)
    outbox, office = await written(database, 1), MemoryNoticeOffice()

    assert await send_some(outbox, office) == 1


async def test_while_the_office_is_away_nothing_is_lost(database: OurDatabase) -> None:
    outbox, office = await written(database, 1, 2), MemoryNoticeOffice(unreachable=True)

    with pytest.raises(BackendUnavailableError):
        await send_some(outbox, office)
    office.unreachable = False
    sent = await send_some(outbox, office)

    assert sent == 2


async def test_what_one_worker_sends_no_other_takes(database: OurDatabase) -> None:
    outbox = await written(database, 1, 2)

    async with outbox.taken(1) as (mine, _), outbox.taken(5) as (theirs, _):
        keys = [notice.key for notice in (*mine, *theirs)]

    assert (len(mine), len(theirs)) == (1, 1)
    assert len(set(keys)) == 2


async def test_a_reminder_the_office_refuses_holds_up_no_other(database: OurDatabase) -> None:
    office = MemoryNoticeOffice()
    office.sent[reminder(1).key] = reminder(1).model_copy(update={"body": "Khác."})
    outbox = await written(database, 1, 2)

    sent = await send_some(outbox, office)

    with pytest.raises(BackendRefusedRequestError):
        await office.send(reminder(1))
    assert sent == 2
    assert reminder(2).key in office.sent
