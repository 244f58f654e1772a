"""The neighbours of a real worker: agencies over HTTP, our own PostgreSQL, the law files."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager

import httpx

from activities.lists import ListActivities
from adapters.agencies_http.dossiers import HttpAgency
from adapters.agencies_http.entitlements import HttpEntitlementOffice
from adapters.agencies_http.lists import HttpPersonLists
from adapters.agencies_http.notices import HttpNoticeOffice
from adapters.agencies_http.parcels import HttpPostOffice
from adapters.agencies_http.payments import HttpPaymentOffice
from adapters.documents.typst import TypstPrinter
from adapters.law.calendar import load_calendar
from adapters.law.files import load_law
from adapters.law.places import load_places
from adapters.postgres.archive import PostgresCaseBook
from adapters.postgres.cases import PostgresRegister
from adapters.postgres.database import migrate, open_pool
from adapters.postgres.documents import PostgresCabinet
from adapters.postgres.inquiries import PostgresInquiryBook
from adapters.postgres.ledger import PostgresLedger
from adapters.postgres.list_lines import ListLines
from adapters.postgres.list_voiding import VoidingLists
from adapters.postgres.lists import PostgresListBook
from adapters.postgres.outbox import PostgresOutbox
from codec.errors import KeyringError
from codec.keys import Keyring
from codec.marks import CASES
from codec.sealing import SealingCodec
from models.cases.archive import TAKES_LISTS
from models.kernel.base import AgencyId
from models.kernel.errors import SettingsError, UnknownAgencyError
from models.law.context import Office
from workers.runtime.archiver import read_texts
from workers.runtime.settings import Addresses, Settings
from workers.runtime.wiring import Neighbours

PATIENCE = httpx.Timeout(10, connect=3)
NOTICE, POST, TREASURY = AgencyId("notice"), AgencyId("post"), AgencyId("treasury")


@asynccontextmanager
async def real_neighbours(settings: Settings) -> AsyncIterator[Neighbours]:
    """Open what a worker needs, and close it again.

    Raises:
        SettingsError: no database or no address of an agency is known.
        LawError, KeyringError: a file is missing or wrong.
    """
    addresses = settings.addresses()
    if addresses.database_url is None:
        raise SettingsError("Chưa biết cơ sở dữ liệu: chạy `lienthong up` hoặc đặt DATABASE_URL.")
    async with AsyncExitStack() as stack:
        await migrate(addresses.database_url)
        pool = await stack.enter_async_context(await open_pool(addresses.database_url))
        clients = {
            AgencyId(id): await stack.enter_async_context(_client(url))
            for id, url in addresses.agencies.items()
        }
        office = read_office(settings)
        codec = SealingCodec(Keyring.load(settings.key_file), CASES)
        lines, lists = ListLines(codec, office.event_secret), PostgresListBook(pool, codec)
        insurers = {id: HttpPersonLists(id, client) for id, client in clients.items()}
        yield Neighbours(
            office=office,
            agencies={id: HttpAgency(id, client) for id, client in clients.items()},
            notices=HttpNoticeOffice(NOTICE, _needed(clients, NOTICE)),
            post=HttpPostOffice(POST, _needed(clients, POST)),
            register=PostgresRegister(pool, lines),
            ledger=PostgresLedger(pool, lines),
            inquiries=PostgresInquiryBook(pool),
            funds={id: HttpEntitlementOffice(id, client) for id, client in clients.items()},
            outbox=PostgresOutbox(pool),
            book=PostgresCaseBook(pool, codec),
            payers={
                id: HttpPaymentOffice(id, client)
                for id, client in clients.items()
                if id == TREASURY
            },
            listers={
                id: VoidingLists(insurer, lists)
                for id, insurer in insurers.items()
                if id == TAKES_LISTS
            },
            printer=TypstPrinter(settings.law, read_texts(settings)),
            cabinet=PostgresCabinet(pool, codec),
            lists=ListActivities(book=lists, insurers=insurers, rates=office.law.rates),
        )


def read_office(settings: Settings) -> Office:
    """Read the law and what goes with it, once for the life of the process."""
    secret = Keyring.load(settings.key_file).event_secret
    if secret is None:
        raise KeyringError(
            f"{settings.key_file}: thiếu event_secret; đây là khóa của một cơ quan, không phải của"
            " nhóm hồ sơ."
        )
    return Office(
        law=load_law(settings.law),
        calendar=load_calendar(settings.law),
        places=load_places(settings.law),
        event_secret=secret.get_secret_value(),
        allow_plain_starts=settings.allow_plain_starts,
        allow_backdating=settings.allow_backdating,
    )


def queues_of(addresses: Addresses) -> tuple[str, ...]:
    """The queue of cases, and one for each agency whose address is known."""
    return ("cases", *sorted(addresses.agencies))


def _client(url: str) -> httpx.AsyncClient:
    limits = httpx.Limits(max_connections=30, max_keepalive_connections=30)
    return httpx.AsyncClient(base_url=url, timeout=PATIENCE, limits=limits)


def _needed(clients: dict[AgencyId, httpx.AsyncClient], id: AgencyId) -> httpx.AsyncClient:
    try:
        return clients[id]
    except KeyError:
        raise UnknownAgencyError(
            f"Chưa biết địa chỉ của cơ quan {id}: đặt LIENTHONG_AGENCIES hoặc chạy `lienthong up`."
        ) from None
