"""What activities need from our own database, in our own words."""

from contextlib import AbstractAsyncContextManager
from typing import Protocol

from models.admission import Admission
from models.events import LedgerBatch
from models.intake import IntakeOutcome
from models.orders import CloseCase
from models.wire import Notice


class CaseRegister(Protocol):
    """Who guards that one life event has one case, for ever, whatever a starter did."""

    async def open(self, admission: Admission) -> IntakeOutcome:
        """Give the case its code, or name the case that already holds the life event.

        The same run of a case is answered with what was recorded the first time.
        """
        ...

    async def close(self, order: CloseCase) -> None:
        """Record how a case ended, with its last ledger entries; doing so again changes nothing."""
        ...


class Outbox(Protocol):
    """Reminders that were written with the ledger and wait to be sent."""

    def taken(self, most: int) -> AbstractAsyncContextManager[tuple[list[Notice], list[str]]]:
        """Notices nobody else is sending, and a list to put the keys of sent ones into."""
        ...


class Ledger(Protocol):
    """An append-only record of what happened."""

    async def append(self, batch: LedgerBatch) -> None:
        """Write entries; writing one again changes nothing."""
        ...
