"""Having lists drawn up on demand, and finding out what became of them."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import date, datetime

from temporalio.client import Client

from adapters.postgres.database import open_pool
from adapters.postgres.list_findings import PostgresListFindings
from adapters.postgres.lists import PostgresListRepository
from codec.keys import Keyring
from codec.marks import CASES
from codec.sealing import SealingCodec
from models.contracts.lists import PersonList
from models.kernel.errors import SettingsError
from models.law.list_rules import ListRule
from models.law.rates import Rates
from models.lists.issued_lists import IssuedList
from models.lists.orders import CompileLists, LineFee, RunLists, WaitingPlace
from workers.runtime.settings import Settings
from workers.runtime.wiring import CASES_QUEUE
from workflows.lists import PersonListsWorkflow

EVERY_PLACE = 100_000
"""More places than there are: a dry run looks at all of them at once."""


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """Which lists are asked for."""

    rule: ListRule
    until: date
    place: str | None = None


@dataclass(frozen=True)
class ListClient:
    """Reads our own database; drawing up and delivering is the workers' work."""

    book: PostgresListRepository
    shelf: PostgresListFindings

    async def issued(self, wanted: Wanted) -> list[IssuedList]:
        """The lists of the month, and older ones somebody must still look after."""
        month = f"{wanted.until:%Y-%m}"
        return await self.shelf.issued(wanted.rule.kind, wanted.place, month)

    async def foretold(self, wanted: Wanted, at: datetime) -> list[WaitingPlace]:
        """Who would be listed where, without doing it."""
        order = CompileLists(
            kind=wanted.rule.kind,
            agency=wanted.rule.agency,
            until=wanted.until,
            at=at,
            place=wanted.place,
            most=EVERY_PLACE,
        )
        return [one for one in await self.book.places(order) if one.waiting]

    async def persons(self, number: str) -> PersonList:
        """A list with its persons, for printing."""
        return await self.book.find(number)


@asynccontextmanager
async def open_list_client(settings: Settings) -> AsyncIterator[ListClient]:
    """Open our own database for reading lists.

    Raises:
        SettingsError: no database is known.
        KeyringError: there is no key file.
        BackendUnavailableError: the database is away, once it is asked.
    """
    database_url = settings.addresses().database_url
    if database_url is None:
        raise SettingsError("Chưa biết cơ sở dữ liệu: chạy `lienthong up` hoặc đặt DATABASE_URL.")
    codec = SealingCodec(Keyring.load(settings.key_file), CASES)
    async with await open_pool(database_url, size=2) as pool:
        yield ListClient(PostgresListRepository(pool, codec), PostgresListFindings(pool))


async def run_lists(client: Client, wanted: Wanted, at: datetime, patience: float) -> bool:
    """Have the lists drawn up and delivered; False where that still goes on after `patience`.

    Each run has an id of its own: one that waits for an insurer who is away hides no other.

    Raises:
        WorkflowFailureError: the run has failed.
    """
    rule = wanted.rule
    run = await client.start_workflow(
        PersonListsWorkflow.run,
        RunLists(kind=rule.kind, agency=rule.agency, until=wanted.until, place=wanted.place),
        id=f"lists/{rule.kind}/{wanted.place or 'all'}/{at:%Y%m%dT%H%M%S%f}",
        task_queue=CASES_QUEUE,
        static_summary=rule.title,
    )
    try:
        await asyncio.wait_for(run.result(), patience)
    except TimeoutError:
        return False
    return True


def fee_of(waiting: WaitingPlace, wanted: Wanted, rates: Rates) -> LineFee:
    """What a line of a place's list would be paid with."""
    return LineFee.on(wanted.until, wanted.rule.kind, waiting.province, rates)
