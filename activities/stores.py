"""What activities need from our own database, in our own words."""

from typing import Protocol

from models.admission import Admission
from models.events import LedgerBatch
from models.intake import IntakeOutcome
from models.orders import CloseCase


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


class Ledger(Protocol):
    """An append-only record of what happened."""

    async def append(self, batch: LedgerBatch) -> None:
        """Write entries; writing one again changes nothing."""
        ...
