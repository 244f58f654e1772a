"""Lists drawn up and delivered by their workflow: nobody twice, and no list holds up another."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import count

import pytest
from temporalio.client import Client, ScheduleActionStartWorkflow
from temporalio.worker import Worker

from activities.lists import ListActivities
from adapters.law.files import load_law
from adapters.law.lists import load_list_rules
from codec.converter import data_converter
from codec.keys import Keyring
from codec.marks import CASES
from models.contracts.lists import ListKind
from models.kernel.base import VIETNAM, AgencyId
from models.kernel.errors import BackendRefusedRequestError
from models.lists.orders import ListsOutcome, RunLists
from workers.runtime.failures import FailureInterceptor
from workers.runtime.schedules import ensure_list_schedules, schedule_id
from workers.runtime.wiring import STRICT_RUNNER
from workflows.lists import PersonListsWorkflow

from fakes.list_repository import MemoryListRepository
from fakes.person_lists import MemoryListGateway
from fakes.stores import MemoryLedger
from harness.listed_people import COMMUNE, MONTH_END, batch_of, deceased, order

INSURER = AgencyId("insurance")
RUN = RunLists(kind=ListKind.STRIKE_OFFS, agency=INSURER, until=MONTH_END)
_runs = count(1)


@dataclass(kw_only=True)
class ListRoom:
    """A book, an insurer, and a worker between them on a real server."""

    client: Client
    queue: str
    ledger: MemoryLedger = field(default_factory=MemoryLedger)
    insurer: MemoryListGateway = field(default_factory=MemoryListGateway)
    book: MemoryListRepository = field(init=False)

    def __post_init__(self) -> None:
        """The book reads what the ledger was told."""
        self.book = MemoryListRepository(self.ledger)

    async def run(self, asked: RunLists = RUN) -> ListsOutcome:
        """One run, to its end."""
        return await self.client.execute_workflow(
            PersonListsWorkflow.run,
            asked.model_copy(update={"agency": AgencyId(self.queue)}),
            id=f"lists/{self.queue}/{next(_runs)}",
            task_queue=self.queue,
        )

    @asynccontextmanager
    async def working(self) -> AsyncIterator["ListRoom"]:
        """With a worker for both queues."""
        lists = ListActivities(self.book, {AgencyId(self.queue): self.insurer}, load_law().rates)
        async with Worker(
            self.client,
            task_queue=self.queue,
            workflows=[PersonListsWorkflow],
            activities=[lists.compile, lists.deliver],
            interceptors=[FailureInterceptor()],
            workflow_runner=STRICT_RUNNER,
        ):
            yield self


@pytest.fixture
async def room(dev_server: str) -> AsyncIterator[ListRoom]:
    client = await Client.connect(
        dev_server, data_converter=data_converter(Keyring.fresh([CASES]), CASES)
    )
    async with ListRoom(client=client, queue=f"list-room-{next(_runs)}").working() as room:
        yield room


async def test_everybody_is_listed_and_delivered_by_place(room: ListRoom) -> None:
    await room.ledger.append(batch_of([deceased(1), deceased(2), deceased(3, place="070")]))

    outcome = await room.run()

    assert outcome == ListsOutcome(delivered=2)
    delivered = {one.place: len(one.lines) for one in room.insurer.lists.values()}
    assert delivered == {COMMUNE: 2, "070": 1}


async def test_a_second_run_finds_nothing_new(room: ListRoom) -> None:
    await room.ledger.append(batch_of([deceased(1)]))
    await room.run()

    again = await room.run()

    assert again == ListsOutcome()
    assert len(room.insurer.lists) == 1


async def test_many_places_go_on_in_fresh_histories_and_each_is_delivered_once(
    room: ListRoom,
) -> None:
    places = [f"0{number:04d}" for number in range(1, 8)]
    people = [deceased(number, place=place) for number, place in enumerate(places, start=1)]
    await room.ledger.append(batch_of(people))
    small_pages = RUN.model_copy(update={"page": order(most=2, agency=room.queue)})

    outcome = await room.run(small_pages)

    assert outcome == ListsOutcome(delivered=7)
    assert sorted(one.place for one in room.insurer.lists.values()) == places


async def test_an_insurer_who_was_away_gets_the_same_list_later(room: ListRoom) -> None:
    await room.ledger.append(batch_of([deceased(1)]))
    room.insurer.outages = 2

    outcome = await room.run()

    assert outcome == ListsOutcome(delivered=1)
    assert list(room.insurer.lists.values()) == list(room.book.lists.values())


async def test_a_list_drawn_up_before_a_crash_is_delivered_by_the_next_run(room: ListRoom) -> None:
    await room.ledger.append(batch_of([deceased(1)]))
    lists = ListActivities(room.book, {}, load_law().rates)
    await lists.compile(order())

    outcome = await room.run()

    assert outcome == ListsOutcome(delivered=1)
    assert room.insurer.lists == room.book.lists


async def test_a_refused_list_is_noted_and_holds_up_no_other(room: ListRoom) -> None:
    await room.ledger.append(batch_of([deceased(1)]))
    room.insurer.fault = BackendRefusedRequestError("insurance: deliver a list: status 422")

    refused = await room.run()
    noted = dict(room.book.troubles)
    room.insurer.fault = None
    mended = await room.run()

    assert refused == ListsOutcome(troubled=1)
    assert set(noted.values()) == {"BackendRefusedRequestError"}
    assert (mended, room.book.troubles) == (ListsOutcome(delivered=1), {})


async def test_rejected_lines_are_counted_and_kept(room: ListRoom) -> None:
    await room.ledger.append(batch_of([deceased(1), deceased(2)]))
    room.insurer.rejects = {deceased(2).case_code: "LECH_DINH_DANH"}

    outcome = await room.run()

    (receipt,) = room.book.receipts.values()
    assert outcome == ListsOutcome(delivered=1, rejected=1)
    assert receipt.rejected == {"2": "LECH_DINH_DANH"}


async def test_a_scheduled_run_lists_the_month_before(room: ListRoom) -> None:
    today = datetime.now(VIETNAM).date()  # noqa: TID251 -- the server's clock is the real one
    last_month = date.fromordinal(today.replace(day=1).toordinal() - 1)
    people = [deceased(1, on=last_month), deceased(2, on=today)]
    await room.ledger.append(batch_of(people))

    await room.run(RunLists(kind=ListKind.STRIKE_OFFS, agency=INSURER))

    (delivered,) = room.insurer.lists.values()
    assert [line.occurred_on for line in delivered.lines] == [last_month]


async def test_schedules_may_be_made_again_and_what_is_paused_stays_paused(room: ListRoom) -> None:
    rules = load_list_rules()
    await ensure_list_schedules(room.client, rules.values())
    schedule = room.client.get_schedule_handle(schedule_id(rules[ListKind.CARDS]))
    before = await schedule.describe()
    await schedule.pause(note="chờ bảng giá mới")

    await asyncio.gather(*(ensure_list_schedules(room.client, rules.values()) for _ in range(3)))

    after = await schedule.describe()
    assert after.schedule.state.paused
    assert after.info.next_action_times == before.info.next_action_times
    assert before.info.next_action_times[0].astimezone(VIETNAM).strftime("%d %H:%M") == "01 08:00"
    assert before.info.num_actions == after.info.num_actions == 0
    for rule in rules.values():
        await room.client.get_schedule_handle(schedule_id(rule)).delete()


async def test_a_schedule_runs_the_workflow_with_its_order(room: ListRoom) -> None:
    rule = load_list_rules()[ListKind.STRIKE_OFFS]
    await ensure_list_schedules(room.client, [rule])
    schedule = room.client.get_schedule_handle(schedule_id(rule))

    described = await schedule.describe()
    await schedule.delete()

    action = described.schedule.action
    assert isinstance(action, ScheduleActionStartWorkflow)
    (told,) = action.args
    (asked,) = await room.client.data_converter.decode([told], [RunLists])
    assert action.workflow == "PersonLists"
    assert asked == RunLists(kind=ListKind.STRIKE_OFFS, agency=INSURER)
