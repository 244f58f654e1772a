"""The counter tests speak through: real cases on a real server, neighbours in memory."""

import logging
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import cache
from itertools import count
from pathlib import Path
from typing import Any, Self

import pytest
from temporalio.api.enums.v1 import IndexedValueType
from temporalio.api.operatorservice.v1 import AddSearchAttributesRequest
from temporalio.client import Client
from temporalio.common import WorkflowIDConflictPolicy, WorkflowIDReusePolicy
from temporalio.converter import DataConverter
from temporalio.testing import WorkflowEnvironment

from adapters.law.calendar import load_calendar
from adapters.law.files import load_law
from adapters.law.places import load_places
from codec.converter import data_converter
from codec.keys import Keyring
from codec.marks import CASES
from models.entitlements.prechecks import PrecheckAnswer
from models.kernel.base import AgencyId, vietnam_time
from models.law.context import LegalContext
from models.law.rules import GroupRule
from models.working_time.calendars import Calendar, SpecialDay
from workers.runtime.wiring import CASES_QUEUE, Dependencies, build_workers
from workflows.runtime.attributes import ALL

from fakes.agencies import MemoryAgencyGateway, MemoryNoticeGateway, MemoryPostGateway
from fakes.archive import MemoryCaseArchive
from fakes.entitlements import MemoryEntitlementGateway
from fakes.payments import MemoryPaymentGateway
from fakes.person_lists import MemoryListGateway
from fakes.stores import MemoryCaseRepository, MemoryInquiryRepository, MemoryLedger
from harness import families
from harness.case_handle import CaseHandle

AGENCIES = ("civil_status", "residence", "insurance", "social_affairs")
FUNDS = ("insurance", "social_affairs")
QUEUES = (CASES_QUEUE, *AGENCIES, "treasury", "notice", "post")
TUESDAY = 1
AT_MOST = timedelta(days=20)
"""How far the test server's clock may run on: after a case has ended it jumps to the case's own
timeout, ten years away unless told otherwise."""
LONGEST_STEP = timedelta(hours=6)
QUIET_DAYS = 7
"""Days after the first morning in which no holiday disturbs the examples."""

_families = count(1)
_law, _calendar, _places = cache(load_law), cache(load_calendar), cache(load_places)


@dataclass(kw_only=True)
class SystemUnderTest:
    """Declares births, moves the clock, and holds the neighbours the test tells how to behave."""

    environment: WorkflowEnvironment
    client: Client
    ring: Keyring
    context: LegalContext
    agencies: dict[str, MemoryAgencyGateway]
    ledger: MemoryLedger
    register: MemoryCaseRepository
    notices: MemoryNoticeGateway = field(default_factory=MemoryNoticeGateway)
    post: MemoryPostGateway = field(default_factory=MemoryPostGateway)
    funds: dict[str, MemoryEntitlementGateway] = field(
        default_factory=lambda: {id: MemoryEntitlementGateway(name=id) for id in FUNDS}
    )
    treasury: MemoryPaymentGateway = field(default_factory=MemoryPaymentGateway)
    inquiries: MemoryInquiryRepository = field(default_factory=MemoryInquiryRepository)
    longest_run: timedelta = AT_MOST
    lists: MemoryListGateway = field(default_factory=MemoryListGateway)
    book: MemoryCaseArchive = field(init=False)
    queues: tuple[str, ...] = QUEUES
    _working: AsyncExitStack = field(default_factory=AsyncExitStack)

    def __post_init__(self) -> None:
        """The book of cases stands beside the register."""
        self.book = MemoryCaseArchive(self.register)

    async def declare(
        self,
        *procedures: str,
        change: Callable[[families.Raw], families.Raw] = lambda raw: raw,
        by: Client | None = None,
    ) -> CaseHandle:
        """Start the case of a new family that asks for these procedures, or for all three."""
        raw = await self.new_family(*procedures)
        return await self.start(change(raw), case_id=f"birth/{raw['notice']['number']}", by=by)

    async def new_family(self, *procedures: str) -> families.Raw:
        """The declaration of a family nobody has heard of yet."""
        return families.birth(next(_families), await self.now(), procedures or families.ALL)

    async def declare_death(
        self,
        *procedures: str,
        change: Callable[[families.Raw], families.Raw] = lambda raw: raw,
    ) -> CaseHandle:
        """Start the case of a death nobody has heard of yet, for these procedures or all four."""
        raw = await self.new_death(*procedures)
        case_id = f"death/x-{raw['notice']['number']}"
        return await self.start(change(raw), case_id=case_id, workflow="DeathGroup")

    async def new_death(self, *procedures: str) -> families.Raw:
        """The declaration of a death nobody has heard of yet."""
        return families.death(
            next(_families), await self.now(), procedures or families.ALL_OF_DEATH
        )

    async def precheck(self, raw: object) -> PrecheckAnswer:
        """Ask what a family would be told before it files."""
        answer: PrecheckAnswer = await self.client.execute_workflow(
            "Precheck",
            raw,
            id=f"precheck/{next(_families)}",
            task_queue=CASES_QUEUE,
            run_timeout=AT_MOST,
            result_type=PrecheckAnswer,
        )
        return answer

    async def start(
        self,
        *arguments: object,
        case_id: str,
        workflow: str = "BirthGroup",
        by: Client | None = None,
        policies: dict[str, Any] | None = None,  # Any: Temporal's own options
    ) -> CaseHandle:
        """Start a case with whatever is said to be a declaration, as any backend would."""
        usual = {
            "id_reuse_policy": WorkflowIDReusePolicy.ALLOW_DUPLICATE,
            "id_conflict_policy": WorkflowIDConflictPolicy.USE_EXISTING,
        }
        handle = await (by or self.client).start_workflow(
            workflow,
            args=list(arguments),
            id=case_id,
            task_queue=CASES_QUEUE,
            run_timeout=self.longest_run,
            **(usual if policies is None else policies),
        )
        pinned = self.client.get_workflow_handle(case_id, run_id=handle.result_run_id)
        return CaseHandle(self, pinned)

    async def now(self) -> datetime:
        """What the server's clock shows."""
        return vietnam_time(await self.environment.get_current_time())

    async def pass_time(self, **amount: float) -> None:
        """Let time go by, so many `days`, `hours` or `seconds` of it.

        In steps, because the server answers each only when it is over, and callers give up on it.
        """
        left = timedelta(**amount)
        while left > timedelta(0):
            step = min(left, LONGEST_STEP)
            await self.environment.sleep(step)
            left -= step

    async def until_clock(self, instant: datetime) -> None:
        """Let time go by until an instant."""
        await self.pass_time(seconds=(instant - await self.now()).total_seconds())

    @asynccontextmanager
    async def skipping(self) -> AsyncIterator[None]:
        """Let the clock jump over waits while something is awaited, where the server can."""
        if not self.environment.supports_time_skipping:
            yield
            return
        async with self.environment.time_skipping_unlocked():  # type: ignore[attr-defined]  # of the kind of environment we start
            yield

    async def wait_for_a_quiet_tuesday(self) -> None:
        """Open at eight on a day after which nothing is off or made up."""
        now = await self.now()
        await self.environment.sleep(first_morning(now, self.context.calendar) - now)

    def use_calendar(self, calendar: Calendar) -> Calendar:
        """Count by another calendar from now on; returns the one before."""
        before = self.context.calendar
        object.__setattr__(self.context, "calendar", calendar)
        return before

    def use_law(self, groups: tuple[GroupRule, ...]) -> None:
        """Have no other rules in force from now on."""
        law = self.context.law.model_copy(update={"groups": groups})
        object.__setattr__(self.context, "law", law)

    def change_rules(self, **terms: object) -> None:
        """Have every rule say this from now on; a case goes on by what it was opened with."""
        groups = (group.model_copy(update=terms) for group in self.context.law.groups)
        self.use_law(tuple(groups))

    def decree_day_off(self, *days: date) -> Calendar:
        """Count from now on by a calendar with these days off; returns the one before."""
        before = self.context.calendar
        extra = [SpecialDay(day=day, name="Ngày nghỉ bổ sung", source="TB thử") for day in days]
        terms = dict(before) | {"days_off": (*before.days_off, *extra)}
        return self.use_calendar(Calendar(**terms))

    def permit(self, **settings: bool) -> None:
        """Permit from now on what a setting permits, such as plain starts."""
        for name, permitted in settings.items():
            object.__setattr__(self.context, name, permitted)

    def client_of(self, audience: str) -> Client:
        """Somebody who holds the keys of one audience and no other."""
        theirs = self.ring.for_audience(audience)
        return _client(self.environment, data_converter(theirs, audience))

    def unknown_client(self) -> Client:
        """Somebody who seals with keys nobody else has."""
        return _client(self.environment, data_converter(Keyring.fresh([CASES]), CASES))

    def stranger(self) -> Client:
        """Somebody who holds no key."""
        return self.environment.client

    async def restart(self) -> None:
        """Stop every worker, as a deployment does, and start new ones."""
        await self.stop()
        await self.work()

    async def work(self) -> Self:
        """Start the workers."""
        dependencies = Dependencies(
            context=self.context,
            agencies={AgencyId(id): agency for id, agency in self.agencies.items()},
            notices=self.notices,
            post=self.post,
            register=self.register,
            ledger=self.ledger,
            inquiries=self.inquiries,
            funds={AgencyId(id): fund for id, fund in self.funds.items()},
            payers={AgencyId("treasury"): self.treasury},
            book=self.book,
            listers={AgencyId("insurance"): self.lists},
        )
        for worker in build_workers(self.client, dependencies, self.queues):
            await self._working.enter_async_context(worker)
        return self

    async def stop(self) -> None:
        """Stop the workers."""
        await self._working.aclose()


@asynccontextmanager
async def open_system(
    environment: WorkflowEnvironment, ring: Keyring, register: MemoryCaseRepository
) -> AsyncIterator[SystemUnderTest]:
    """A desk on a server, with its workers."""
    system = SystemUnderTest(
        environment=environment,
        client=_client(environment, data_converter(ring, CASES)),
        ring=ring,
        context=_context(ring),
        agencies={id: MemoryAgencyGateway.named(AgencyId(id)) for id in AGENCIES},
        ledger=register.ledger,
        register=register,
    )
    logging.getLogger("temporalio.activity").setLevel(logging.ERROR)  # outages are the examples
    await system.work()
    try:
        yield system
    finally:
        await system.stop()


def first_morning(now: datetime, calendar: Calendar) -> datetime:
    """Eight o'clock of the next Tuesday after which a week passes without a day off or made up."""
    special = {day.day for day in (*calendar.days_off, *calendar.make_up_days)}
    day = now.date()
    while True:
        day += timedelta(days=1)
        week = {day + timedelta(days=offset) for offset in range(QUIET_DAYS)}
        if day.weekday() == TUESDAY and not week & special:
            return datetime.combine(day, time(8), now.tzinfo)


async def _register_attributes(client: Client) -> None:
    """As a worker does, but for the comparison of types: the test server cannot list them."""
    types = {key.name: IndexedValueType.ValueType(key.indexed_value_type.value) for key in ALL}
    request = AddSearchAttributesRequest(namespace=client.namespace, search_attributes=types)
    await client.operator_service.add_search_attributes(request)


def _client(environment: WorkflowEnvironment, converter: DataConverter) -> Client:
    """A client of the same server, for who holds other keys."""
    config = environment.client.config()
    config["data_converter"] = converter
    return Client(**config)


def _context(ring: Keyring) -> LegalContext:
    if ring.event_secret is None:
        raise ValueError("the ring of the cases holds the secret of the events")
    return LegalContext(
        law=_law(),
        calendar=_calendar(),
        places=_places(),
        event_secret=ring.event_secret.get_secret_value(),
    )


@asynccontextmanager
async def own_system(
    ring: Keyring | None = None, register: MemoryCaseRepository | None = None
) -> AsyncIterator[SystemUnderTest]:
    """A desk on a fresh server whose clock jumps over waits: one for each test, as it has one."""
    ring = ring or Keyring.fresh([CASES, *AGENCIES])
    register = register or MemoryCaseRepository(MemoryLedger())
    program = Path(sys.prefix) / "bin" / "temporal-test-server"
    async with (
        await WorkflowEnvironment.start_time_skipping(
            test_server_existing_path=str(program)
        ) as environment,
        open_system(environment, ring, register) as system,
    ):
        await _register_attributes(environment.client)
        await system.wait_for_a_quiet_tuesday()
        yield system


@asynccontextmanager
async def system_on(address: str) -> AsyncIterator[SystemUnderTest]:
    """A desk on a real server, where waits take the time they take."""
    environment = WorkflowEnvironment.from_client(await Client.connect(address))
    ring, register = Keyring.fresh([CASES, *AGENCIES]), MemoryCaseRepository(MemoryLedger())
    async with open_system(environment, ring, register) as system:
        yield system


@pytest.fixture
async def real_system(dev_server: str) -> AsyncIterator[SystemUnderTest]:
    """A desk for what the server that skips time cannot do: restarts, lists."""
    async with system_on(dev_server) as system:
        yield system


@pytest.fixture
async def system() -> AsyncIterator[SystemUnderTest]:
    """A desk for one test."""
    async with own_system() as system:
        yield system
