"""Making the calls an agency owes: in the background, patiently, until each has its end."""

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, Final, TypeAlias

import structlog
from asyncpg import PostgresError

from backends.shared import clock
from backends.shared.callbacks import CallBook, End, OwedCall
from backends.shared.database import Pool
from backends.switchboard.fault_injector import Switch
from models.kernel.base import AgencyId

if TYPE_CHECKING:
    from backends.shared.callbacks_line import CaseLine
    from codec.keys import Keyring

_BEAT = 0.5
_BATCH = 20
_HELD_FOR = timedelta(seconds=60)
"""Longer than any attempt takes: who died in the middle of one keeps nobody waiting for long."""
_LONGEST_PAUSE = timedelta(minutes=5)
_UNKNOWN_AFTER: Final = timedelta(hours=1)
"""A list of cases may lag behind; a code it does not know for so long belongs to no case."""
_GIVE_UP_AFTER: Final = timedelta(days=7)
log = structlog.get_logger()


@dataclass(frozen=True, kw_only=True)
class Exchange:
    """How agencies reach cases; nothing of it is read before the first call is due."""

    connection: Callable[[], Mapping[str, Any]]  # Any: what Temporal's SDK connects with
    ring_of: "Callable[[AgencyId], Keyring | None]"
    """The agency's own keys and no others; None: it has none."""


_Opening: TypeAlias = "tuple[type[CaseLine], Keyring | None, Mapping[str, Any]]"


class Caller:
    """Makes the calls of one agency while its switch lets it; kept back, they are made later."""

    def __init__(self, switch: Switch, pool: Pool, book: CallBook, exchange: Exchange) -> None:
        self._switch = switch
        self._pool = pool
        self._book = book
        self._exchange = exchange
        self._line: CaseLine | None = None

    async def keep_calling(self) -> None:
        """Make what is due, every half second, until cancelled."""
        while True:
            await asyncio.sleep(_BEAT)
            try:
                await self.make_due()
            except (OSError, PostgresError, TimeoutError) as error:
                log.warning("calls.failed", agency=self._agency, error=type(error).__name__)

    async def make_due(self) -> int:
        """Make the calls that are due now; says how many were tried."""
        if not self._switch.behaviour.calls_back:
            return 0
        now = clock.now()
        calls = await self._book.take_up(self._pool, at=now, until=now + _HELD_FOR, limit=_BATCH)
        if calls:
            line = self._line = self._line or await self._open()
            await asyncio.gather(*(self._make(call, line) for call in calls))
        return len(calls)

    @property
    def _agency(self) -> AgencyId:
        return self._switch.agency

    async def _open(self) -> "CaseLine | None":
        line, ring, connection = await asyncio.to_thread(self._prepare)
        if ring is None:
            log.warning("calls.without_key", agency=self._agency)
            return None
        return await line.open(self._agency, ring, connection)

    def _prepare(self) -> _Opening:
        """In a thread, so that loading the SDK delays no answer of the agency."""
        from backends.shared.callbacks_line import CaseLine  # noqa: PLC0415 - see there

        return CaseLine, self._exchange.ring_of(self._agency), self._exchange.connection()

    async def _make(self, call: OwedCall, line: "CaseLine | None") -> None:
        if line is None:
            await self._put_off(call, "no_line")
            return
        told = await line.tell(call)
        now = clock.now()
        end = told.end or _end_of_patience(call, told.because, now)
        if end is None:
            await self._put_off(call, told.because or "")
            return
        await self._book.end(self._pool, call, end, now, told.because)
        log.info("call.ended", agency=self._agency, end=end, because=told.because)

    async def _put_off(self, call: OwedCall, because: str) -> None:
        pause = min(timedelta(seconds=2 ** min(call.attempts, 10) / 2), _LONGEST_PAUSE)
        await self._book.put_off(self._pool, call, clock.now() + pause, because)
        log.info("call.put_off", agency=self._agency, because=because, attempt=call.attempts)


def _end_of_patience(call: OwedCall, because: str | None, now: datetime) -> End | None:
    owed_for = now - call.owed_since
    if because == "no_such_case" and owed_for > _UNKNOWN_AFTER:
        return End.UNKNOWN
    return End.GIVEN_UP if owed_for > _GIVE_UP_AFTER else None
