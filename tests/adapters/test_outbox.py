"""The outbox of reminders: each is sent at least once, by one worker at a time, and then rests."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import timedelta

import asyncpg
import pytest
from typing_extensions import override

from adapters.postgres.database import open_pool
from adapters.postgres.ledger import PostgresLedger
from adapters.postgres.outbox import PostgresOutbox
from models.contracts.dossiers import Notice
from models.kernel.base import CaseCode
from models.kernel.errors import BackendRefusedRequestError, BackendUnavailableError
from models.operations.outbox import Delivery, Fate, LeasedNotice
from workers.runtime.relay import AT_ONCE, send_some

from fakes.agencies import MemoryNoticeGateway
from harness.admissions import batch, entry
from harness.our_database import OurDatabase, fresh_database

CODE = CaseCode("H26.05.13-261117-0001")
A_MINUTE = timedelta(minutes=1)
LONG_AGO = """
    UPDATE lienthong.outbox
    SET leased_until = leased_until - interval '1 day', rests_until = rests_until - interval '1 day'
"""


def reminder(number: int) -> Notice:
    return Notice(
        key=f"{CODE}-{number:04d}-due-1-2611191700",
        case_code=CODE,
        kind="due",
        to={"agency": "residence", "unit": "00004"},
        title="Đến hạn",
        body="Hồ sơ đến hạn giải quyết.",
    )


@pytest.fixture(scope="module")
async def shared(database_url: str) -> AsyncIterator[OurDatabase]:
    async with fresh_database(database_url) as database:
        yield database


@pytest.fixture
async def database(shared: OurDatabase) -> OurDatabase:
    """Ours, with an empty outbox: a database of its own for each test takes a second."""
    owner = await asyncpg.connect(shared.url)
    await owner.execute("TRUNCATE lienthong.outbox, lienthong.ledger_entries")
    await owner.close()
    return shared


async def written(database: OurDatabase, *numbers: int) -> PostgresOutbox:
    """An outbox in which these reminders wait, as a ledger batch put them there."""
    notices = tuple(reminder(number) for number in numbers)
    told = batch("birth/so-1", entry(1)).model_copy(update={"notices": notices})
    await PostgresLedger(database.pool).append(told)
    return PostgresOutbox(database.pool)


async def a_day_passes(database: OurDatabase) -> None:
    """Every lease, and every rest, is over."""
    await database.pool.execute(LONG_AGO)


def keys(leased: list[LeasedNotice]) -> list[str]:
    return [one.notice.key for one in leased]


@dataclass
class SlowOffice(MemoryNoticeGateway):
    """Takes its time with each, and counts how often it was told."""

    told: Counter[str] = field(default_factory=Counter)

    @override
    async def send(self, notice: Notice) -> None:
        self.told[notice.key] += 1
        await asyncio.sleep(0)
        await super().send(notice)


class CrashingOutbox(PostgresOutbox):
    """A worker that is killed after it has sent, before it can say so."""

    @override
    async def settle(self, delivery: Delivery) -> None:
        raise asyncio.CancelledError


async def test_what_the_ledger_wrote_is_sent_as_it_was_written(database: OurDatabase) -> None:
    outbox, office = await written(database, 1, 2), MemoryNoticeGateway()

    fates = await send_some(outbox, office)

    assert fates == {Fate.SENT: 2}
    assert sorted(office.sent.values(), key=lambda one: one.key) == [reminder(1), reminder(2)]


async def test_what_was_sent_is_not_sent_again(database: OurDatabase) -> None:
    outbox, office = await written(database, 1), MemoryNoticeGateway()
    await send_some(outbox, office)
    await a_day_passes(database)

    again = await send_some(outbox, office)

    assert again == {}


async def test_a_batch_written_twice_is_sent_once(database: OurDatabase) -> None:
    await written(database, 1)
    outbox, office = await written(database, 1), MemoryNoticeGateway()

    assert await send_some(outbox, office) == {Fate.SENT: 1}


async def test_while_the_office_is_away_nothing_is_lost(database: OurDatabase) -> None:
    outbox, office = await written(database, 1, 2), MemoryNoticeGateway(unreachable=True)

    away = await send_some(outbox, office)
    office.unreachable = False
    at_once = await send_some(outbox, office)
    await a_day_passes(database)
    later = await send_some(outbox, office)

    assert (away, at_once, later) == ({Fate.PUT_OFF: 2}, {}, {Fate.SENT: 2})


async def test_the_longest_waiting_are_leased_first(database: OurDatabase) -> None:
    for number in (3, 1, 2):
        await written(database, number)

    leased = await PostgresOutbox(database.pool).lease(2, A_MINUTE)

    assert keys(leased) == [reminder(3).key, reminder(1).key]


async def test_what_one_worker_sends_no_other_is_given(database: OurDatabase) -> None:
    outbox = await written(database, 1, 2)

    mine, theirs = await asyncio.gather(outbox.lease(1, A_MINUTE), outbox.lease(5, A_MINUTE))

    assert sorted(keys(mine) + keys(theirs)) == [reminder(1).key, reminder(2).key]


async def test_two_workers_at_once_send_each_reminder_once(database: OurDatabase) -> None:
    many = 6 * AT_ONCE
    outbox, office = await written(database, *range(many)), SlowOffice()

    async def emptied() -> int:
        """How many looks one worker needed until nothing was left."""
        looks = 0
        while await send_some(outbox, office):
            looks += 1
        return looks

    looks = await asyncio.gather(emptied(), emptied())

    assert len(office.told) == many
    assert set(office.told.values()) == {1}
    assert all(looks)


async def test_no_transaction_is_open_while_a_reminder_is_sent(database: OurDatabase) -> None:
    outbox = await written(database, 1)
    seen: list[int] = []

    class Watching(MemoryNoticeGateway):
        @override
        async def send(self, notice: Notice) -> None:
            """Look, while sending, for sessions in a transaction; and wait for no lock."""
            watch = "SELECT count(*) FROM pg_stat_activity WHERE state LIKE 'idle in trans%'"
            seen.append(await database.pool.fetchval(watch))

    await send_some(outbox, Watching())

    assert seen == [0]


async def test_a_worker_killed_between_sending_and_marking_has_it_sent_again(
    database: OurDatabase,
) -> None:
    outbox, office = await written(database, 1), SlowOffice()
    with pytest.raises(asyncio.CancelledError):
        await send_some(CrashingOutbox(database.pool), office)

    at_once = await send_some(outbox, office)
    await a_day_passes(database)
    later = await send_some(outbox, office)

    assert (at_once, later) == ({}, {Fate.SENT: 1})
    assert office.told[reminder(1).key] == 2
    assert list(office.sent.values()) == [reminder(1)], "the office keeps one, by its key"


async def test_a_worker_that_lost_its_lease_takes_nothing_from_its_successor(
    database: OurDatabase,
) -> None:
    outbox = await written(database, 1)
    (slow,) = await outbox.lease(1, A_MINUTE)
    await a_day_passes(database)
    await outbox.lease(1, A_MINUTE)

    for fate in (Fate.PUT_OFF, Fate.REFUSED):
        await outbox.settle(Delivery(key=slow.notice.key, attempt=slow.attempt, fate=fate))

    assert await outbox.lease(1, A_MINUTE) == [], "its successor still sends it"
    assert (await outbox.count()).refused == 0


async def test_sent_stays_sent_whatever_the_slower_of_two_says_afterwards(
    database: OurDatabase,
) -> None:
    outbox = await written(database, 1)
    (slow,) = await outbox.lease(1, A_MINUTE)
    await a_day_passes(database)
    (quick,) = await outbox.lease(1, A_MINUTE)
    key = slow.notice.key

    await outbox.settle(Delivery(key=key, attempt=slow.attempt, fate=Fate.SENT))
    await outbox.settle(Delivery(key=key, attempt=quick.attempt, fate=Fate.REFUSED, error="X"))

    counted = await outbox.count()
    assert (counted.waiting, counted.refused) == (0, 0)


async def test_a_poisoned_first_reminder_holds_up_no_other(database: OurDatabase) -> None:
    """It makes the office fall over whenever it comes, and it stands first."""

    class Poisoned(SlowOffice):
        @override
        async def send(self, notice: Notice) -> None:
            if notice.key == reminder(0).key:
                raise BackendUnavailableError("the office fell over")
            await super().send(notice)

    outbox, office = await written(database, *range(3 * AT_ONCE)), Poisoned()
    while await send_some(outbox, office):
        pass

    counted = await outbox.count()
    assert len(office.sent) == 3 * AT_ONCE - 1
    assert (counted.waiting, counted.resting, counted.refused) == (1, 1, 0)


async def test_a_refused_reminder_is_not_sent_and_can_be_seen(database: OurDatabase) -> None:
    office = MemoryNoticeGateway()
    office.sent[reminder(1).key] = reminder(1).model_copy(update={"body": "Khác."})
    outbox = await written(database, 1, 2)

    fates = await send_some(outbox, office)

    (refused,) = await outbox.refused()
    counted = await outbox.count()
    assert fates == {Fate.SENT: 1, Fate.REFUSED: 1}
    assert (refused.key, refused.error) == (reminder(1).key, BackendRefusedRequestError.__name__)
    assert (counted.waiting, counted.refused) == (0, 1)
    assert await send_some(outbox, office) == {}


@pytest.mark.parametrize("key", [reminder(1).key, None])
async def test_a_person_may_have_a_refused_reminder_tried_again(
    database: OurDatabase, key: str | None
) -> None:
    outbox, office = await written(database, 1), MemoryNoticeGateway()
    (leased,) = await outbox.lease(1, A_MINUTE)
    await outbox.settle(
        Delivery(key=leased.notice.key, attempt=leased.attempt, fate=Fate.REFUSED, error="X")
    )

    put_back = await outbox.retry(key)

    assert put_back == 1
    assert await outbox.retry(key) == 0
    assert await send_some(outbox, office) == {Fate.SENT: 1}


async def test_what_no_longer_reads_as_a_reminder_is_refused_and_blocks_nobody(
    database: OurDatabase,
) -> None:
    await database.pool.execute(
        "INSERT INTO lienthong.outbox (key, notice, written_at) VALUES ('broken', '{}', 'epoch')"
    )
    outbox = await written(database, 1)

    leased = await outbox.lease(5, A_MINUTE)

    (refused,) = await outbox.refused()
    assert keys(leased) == [reminder(1).key]
    assert (refused.key, refused.error) == ("broken", "ValidationError")


async def test_an_outbox_whose_database_is_away_says_so() -> None:
    async with await open_pool("postgresql://nobody@127.0.0.1:9/none") as nowhere:
        outbox = PostgresOutbox(nowhere)

        for call in (outbox.lease(1, A_MINUTE), outbox.count(), outbox.refused(), outbox.retry()):
            with pytest.raises(BackendUnavailableError):
                await call
