"""Looking at single cases until they stand as they have to, e.g. to be left for people."""

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass

from models.cases.status import CaseStatus, DossierStatus
from models.contracts.payments import PaymentState
from simulation.demo.progress import Progress
from workers.client.cases import CaseClient, NoAnswerError

_LOOK_EVERY = 0.2


@dataclass(frozen=True, kw_only=True)
class Onlooker:
    """Asks the few cases somebody does something for; all others are watched from afar."""

    desk: CaseClient
    progress: Progress
    within: float = float("inf")
    """Seconds after which it looks no longer, where nothing is in the way."""

    async def keep(self, at: int, holds: Callable[[CaseStatus], bool]) -> None:
        """Leave a case open once it stands so."""
        status = await self.until(at, holds)
        if status is not None:
            self.progress.keep(at, status)

    async def until(self, at: int, holds: Callable[[CaseStatus], bool]) -> CaseStatus | None:
        """The case once it stands so; None where it has ended, or does not come to that in time."""
        give_up = time.monotonic() + self.within
        while at not in self.progress.told and time.monotonic() < give_up:
            status = await self._status(at)
            if status is not None and (status.closed_at or holds(status)):
                return None if status.closed_at else status
            await asyncio.sleep(_LOOK_EVERY)
        return None

    async def _status(self, at: int) -> CaseStatus | None:
        taken = self.progress.taken.get(at)
        if taken is None:
            return None
        try:
            return await self.desk.status(self.progress.planned[at].case_id, taken.run_id)
        except NoAnswerError:
            return None  # busy: the next look will tell


def rests(status: CaseStatus, but: str) -> bool:
    """Whether nobody has anything left to do but on one procedure."""
    return all(_is_done(each) for each in status.dossiers if each.procedure != but)


def _is_done(dossier: DossierStatus) -> bool:
    payment = dossier.payment
    is_paid = payment is None or payment.state is not PaymentState.ACCEPTED
    return dossier.settled_at is not None and is_paid
