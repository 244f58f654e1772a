"""How far a parcel has come: the post carries it, and a contact officer hands it over."""

from datetime import datetime, timedelta
from typing import NamedTuple

from backends.post.contracts import Handover, ParcelPosting
from backends.shared import clock
from backends.shared.database import Pool
from backends.shared.problems import ProblemError, unknown
from backends.switchboard.behaviour import AfterDelay, AtOnce
from backends.switchboard.fault_injector import Switch
from models.contracts.dossiers import ParcelState

_SET_OUT = """
INSERT INTO agency_post.parcel_way (key, via_officer, posted_at, ready_at)
VALUES ($1, $2, $3, $4)
ON CONFLICT (key) DO NOTHING
"""
_FIND = """
SELECT via_officer, posted_at, ready_at, confirmed_at, confirmed_by
FROM agency_post.parcel_way WHERE key = $1
"""
_CONFIRM = """
UPDATE agency_post.parcel_way SET confirmed_at = $2, confirmed_by = $3
WHERE key = $1 AND confirmed_at IS NULL
"""


class Way(NamedTuple):
    """What is noted of a parcel's way."""

    via_officer: bool
    posted_at: datetime
    ready_at: datetime | None
    """When it ends by itself; None: when the officer says so."""
    confirmed_at: datetime | None
    confirmed_by: str | None

    def stage(self, now: datetime) -> tuple[ParcelState, datetime]:
        """Where the parcel is, and since when."""
        if self.confirmed_at:
            return ParcelState.HANDED_OVER, self.confirmed_at
        if self.ready_at is None:
            return ParcelState.DELIVERED, self.posted_at
        if self.ready_at > now:
            return ParcelState.POSTED, self.posted_at
        end = ParcelState.HANDED_OVER if self.via_officer else ParcelState.DELIVERED
        return end, self.ready_at


class Ways:
    """The ways of all parcels; how long each takes is as the switch stood when it set out."""

    def __init__(self, switch: Switch, pool: Pool) -> None:
        self._switch = switch
        self._pool = pool

    async def set_out(self, parcel: ParcelPosting, at: datetime) -> None:
        """Note when it will be there; a parcel handed in again keeps its way."""
        is_via = parcel.via is not None
        await self._pool.execute(
            _SET_OUT, parcel.key, is_via, at, self._ready_at(at, is_via=is_via)
        )

    async def find(self, key: str) -> Way | None:
        """The way of a parcel; None: it never set out."""
        row = await self._pool.fetchrow(_FIND, key)
        return Way(*row) if row else None

    async def hand_over(self, key: str, said: Handover) -> Way:
        """The officer says that the recipient has it; said again, the first time counts.

        Raises:
            ProblemError: 404 no such parcel; 409 nobody stands between post and recipient.
        """
        way = await self.find(key)
        if way is None:
            raise unknown("parcel")
        if not way.via_officer:
            raise ProblemError(409, "the parcel goes straight to its recipient")
        await self._pool.execute(_CONFIRM, key, clock.now(), said.by)
        return await self.find(key) or way

    def _ready_at(self, at: datetime, *, is_via: bool) -> datetime | None:
        match self._switch.behaviour.answers:
            case AtOnce():
                return at
            case AfterDelay(seconds=seconds):
                return at + timedelta(seconds=seconds)
            case _:
                return None if is_via else at
