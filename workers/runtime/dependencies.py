"""The neighbours of a real worker: agencies over HTTP, our own PostgreSQL, the law files."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager

import httpx

from activities.lists import ListActivities
from adapters.agencies_http.dossiers import HttpAgencyGateway
from adapters.agencies_http.entitlements import HttpEntitlementGateway
from adapters.agencies_http.lists import HttpListGateway
from adapters.agencies_http.notices import HttpNoticeGateway
from adapters.agencies_http.parcels import HttpPostGateway
from adapters.agencies_http.payments import HttpPaymentGateway
from adapters.documents.typst import TypstPrinter
from adapters.law.calendar import load_calendar
from adapters.law.files import load_law
from adapters.law.places import load_places
from adapters.postgres.archive import PostgresCaseArchive
from adapters.postgres.cases import PostgresCaseRepository
from adapters.postgres.database import migrate, open_pool
from adapters.postgres.documents import PostgresDocumentStore
from adapters.postgres.inquiries import PostgresInquiryRepository
from adapters.postgres.ledger import PostgresLedger
from adapters.postgres.list_lines import ListLines
from adapters.postgres.list_voiding import VoidingLists
from adapters.postgres.lists import PostgresListRepository
from adapters.postgres.outbox import PostgresOutbox
from codec.errors import KeyringError
from codec.keys import Keyring
from codec.marks import CASES
from codec.sealing import SealingCodec
from models.cases.archive import TAKES_LISTS
from models.kernel.base import AgencyId
from models.kernel.errors import SettingsError, UnknownAgencyError
from models.law.context import LegalContext
from workers.runtime.archiver import read_texts
from workers.runtime.settings import Addresses, Settings
from workers.runtime.wiring import Dependencies

PATIENCE = httpx.Timeout(10, connect=3)
NOTICE, POST, TREASURY = AgencyId("notice"), AgencyId("post"), AgencyId("treasury")


@asynccontextmanager
async def real_dependencies(settings: Settings) -> AsyncIterator[Dependencies]:
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
        context = read_legal_context(settings)
        codec = SealingCodec(Keyring.load(settings.key_file), CASES)
        lines, lists = ListLines(codec, context.event_secret), PostgresListRepository(pool, codec)
        insurers = {id: HttpListGateway(id, client) for id, client in clients.items()}
        yield Dependencies(
            context=context,
            agencies={id: HttpAgencyGateway(id, client) for id, client in clients.items()},
            notices=HttpNoticeGateway(NOTICE, _needed(clients, NOTICE)),
            post=HttpPostGateway(POST, _needed(clients, POST)),
            register=PostgresCaseRepository(pool, lines),
            ledger=PostgresLedger(pool, lines),
            inquiries=PostgresInquiryRepository(pool),
            funds={id: HttpEntitlementGateway(id, client) for id, client in clients.items()},
            outbox=PostgresOutbox(pool),
            book=PostgresCaseArchive(pool, codec),
            payers={
                id: HttpPaymentGateway(id, client)
                for id, client in clients.items()
                if id == TREASURY
            },
            listers={
                id: VoidingLists(insurer, lists)
                for id, insurer in insurers.items()
                if id == TAKES_LISTS
            },
            printer=TypstPrinter(settings.law, read_texts(settings)),
            cabinet=PostgresDocumentStore(pool, codec),
            lists=ListActivities(book=lists, insurers=insurers, rates=context.law.rates),
        )


def read_legal_context(settings: Settings) -> LegalContext:
    """Read the law and what goes with it, once for the life of the process."""
    secret = Keyring.load(settings.key_file).event_secret
    if secret is None:
        raise KeyringError(
            f"{settings.key_file}: thiếu event_secret; đây là khóa của một cơ quan, không phải của"
            " nhóm hồ sơ."
        )
    return LegalContext(
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
