"""The agencies of one process: their switches, their ports, their work in the background."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Self

import structlog
from asyncpg import PostgresError

from backends.country.world import found
from backends.dossiers.office import Office
from backends.registry import AGENCIES
from backends.shared.agency import Surroundings, application
from backends.shared.callbacks import CallBook
from backends.shared.callbacks_round import Caller, Exchange
from backends.shared.database import Pool, migrate, open_pool, schema_of
from backends.shared.listener import Listener
from backends.switchboard.app import SWITCHBOARD, switchboard
from backends.switchboard.fault_injector import Switch
from backends.switchboard.store import BehaviourStore, Setting
from models.kernel.base import AgencyId

_BEAT = 0.5
log = structlog.get_logger()


@dataclass(frozen=True, kw_only=True)
class Site:
    """Where a process serves which agencies, and where it finds the others."""

    agencies: Sequence[str]
    host: str
    ports: Mapping[str, int]
    switchboard_port: int | None = None
    neighbours: Mapping[str, str] | None = None
    """Base URLs of agencies served elsewhere; by default on this host, on their ports."""

    def url(self, agency: str) -> str:
        """Where an agency answers."""
        known = (self.neighbours or {}).get(agency)
        return known or f"http://{self.host}:{self.ports.get(agency, 0)}"


class Plant:
    """Everything one process runs. Entered: schemas are there, ports are open. Left: closed."""

    def __init__(self, site: Site, database_url: str, exchange: Exchange | None = None) -> None:
        """Without an exchange no case is ever called: each asks by itself."""
        self._site = site
        self._exchange = exchange
        self._database_url = database_url
        self._switches = {AgencyId(id): Switch(AgencyId(id)) for id in site.agencies}
        self._listeners: dict[AgencyId, Listener] = {}
        self._offices: list[Office] = []
        self._callers: list[Caller] = []
        self._chores: list[asyncio.Task[None]] = []
        self._pool: Pool | None = None

    async def __aenter__(self) -> Self:
        """Start; whatever was set before this process came is obeyed from the first call."""
        self._pool = pool = await open_pool(self._database_url)
        try:
            await migrate(pool, _schemas())
            await found(pool)
            self._build(pool)
            await self._obey(pool)
            if SWITCHBOARD in self._listeners:
                await self._listeners[SWITCHBOARD].open()
        except BaseException:
            await self._stop()
            raise
        self._chores = [
            asyncio.create_task(chore)
            for chore in (self._make_rounds(pool), *(each.keep_calling() for each in self._callers))
        ]
        return self

    async def __aexit__(self, *_: object) -> None:
        """Stop listening, finish what is under way, and let go of the database."""
        await self._stop()

    def _build(self, pool: Pool) -> None:
        urls = {str(id): self._site.url(id) for id in AGENCIES}
        for id, switch in self._switches.items():
            surroundings = Surroundings(switch=switch, pool=pool, neighbours=urls)
            agency = AGENCIES[id].make(surroundings)
            if agency.office:
                self._staff(agency.office, pool)
            self._listeners[id] = Listener(
                application(agency, surroundings), host=self._site.host, port=self._site.ports[id]
            )
        if self._site.switchboard_port is not None:
            board = switchboard(pool, tuple(AGENCIES), self._apply)
            port = self._site.switchboard_port
            self._listeners[SWITCHBOARD] = Listener(board, host=self._site.host, port=port)

    def _staff(self, office: Office, pool: Pool) -> None:
        self._offices.append(office)
        if self._exchange:
            book = CallBook(schema_of(office.agency))
            office.owe_calls(book)
            self._callers.append(Caller(office.switch, pool, book, self._exchange))

    async def _obey(self, pool: Pool) -> None:
        settings = await BehaviourStore(pool).all()
        for id, switch in self._switches.items():
            if id in settings:
                switch.turn(settings[id])
        await asyncio.gather(*(self._follow(id) for id in self._switches))

    async def _apply(self, agency: AgencyId, setting: Setting) -> None:
        if agency in self._switches and self._switches[agency].turn(setting):
            log.info("agency.turned", agency=agency, reachable=setting.behaviour.reachable)
            await self._follow(agency)

    async def _follow(self, agency: AgencyId) -> None:
        listener = self._listeners[agency]
        await (listener.open() if self._switches[agency].is_up else listener.close())

    async def _make_rounds(self, pool: Pool) -> None:
        """Every half second: obey what another process's switchboard set, decide what is due."""
        while True:
            await asyncio.sleep(_BEAT)
            try:
                for agency, setting in (await BehaviourStore(pool).all()).items():
                    await self._apply(agency, setting)
                for office in self._offices:
                    await office.decide_due()
            except (OSError, PostgresError, TimeoutError) as error:
                log.warning("round.failed", error=type(error).__name__)

    async def _stop(self) -> None:
        for chore in self._chores:
            chore.cancel()
        if self._chores:
            await asyncio.wait(self._chores)
        await asyncio.gather(*(listener.close() for listener in self._listeners.values()))
        if self._pool:
            await self._pool.close()


def _schemas() -> Mapping[str, Sequence[str]]:
    schemas: dict[str, Sequence[str]] = {
        schema_of(id): plan.migrations for id, plan in AGENCIES.items()
    }
    return schemas | {schema_of(SWITCHBOARD): ("backends.switchboard",)}
