"""What activities need from our own database, in our own words."""

from datetime import timedelta
from typing import Protocol

from models.cases.events import LedgerBatch
from models.cases.orders import CloseCase
from models.contracts.lists import ListKind, ListReceipt, PersonList
from models.entitlements.prechecks import Inquiry
from models.intake.admission import Admission
from models.intake.intake import IntakeOutcome
from models.kernel.base import CaseCode
from models.lists.orders import CompileLists, ListTerms, WaitingPlace
from models.operations.outbox import Delivery, LeasedNotice


class CaseRepository(Protocol):
    """Who guards that one life event has one case, for ever, whatever a starter did."""

    async def open(self, admission: Admission) -> IntakeOutcome:
        """Give the case its code, or name the case that already holds the life event.

        The same run of a case is answered with what was recorded the first time.
        """
        ...

    async def close(self, order: CloseCase) -> None:
        """Record how a case ended, with its last ledger entries; doing so again changes nothing."""
        ...


class InquiryRepository(Protocol):
    """Who keeps that somebody asked what a person was entitled to."""

    async def keep(self, inquiry: Inquiry) -> None:
        """Keep an asking; the same run again changes nothing."""
        ...


class Outbox(Protocol):
    """Reminders that were written with the ledger and wait to be sent."""

    async def lease(self, most: int, term: timedelta) -> list[LeasedNotice]:
        """The longest waiting that nobody is sending; nobody else is given them until the term."""
        ...

    async def settle(self, delivery: Delivery) -> None:
        """Record what a try came to; unsaid, it is sent again when its lease has ended."""
        ...


class Ledger(Protocol):
    """An append-only record of what happened."""

    async def append(self, batch: LedgerBatch) -> None:
        """Write entries; writing one again changes nothing."""
        ...


class ListRepository(Protocol):
    """Who keeps the persons to be listed and the lists."""

    async def places(self, order: CompileLists) -> list[WaitingPlace]:
        """The next page of places with something to list or to deliver, by code."""
        ...

    async def draw_up(self, terms: ListTerms) -> str | None:
        """Number the next list of a place and put its persons on it; None: nobody waits.

        Whoever stands on a list is never put on another, however many draw up at once.
        """
        ...

    async def undelivered(self, kind: ListKind, places: list[str]) -> list[str]:
        """Numbers of these places' lists that were not acknowledged."""
        ...

    async def find(self, number: str) -> PersonList:
        """A list with its persons; the same each time."""
        ...

    async def acknowledge(self, receipt: ListReceipt) -> None:
        """Keep what the insurer said; said again it changes nothing."""
        ...

    async def note_trouble(self, number: str, because: str) -> None:
        """Keep why a list cannot be delivered, until it is."""
        ...

    async def void(self, case_code: CaseCode) -> list[str]:
        """A revoked act's line counts no more: on no list yet, it never comes onto one.

        Returns the numbers of lists with such a line that were not acknowledged. Twice is harmless.
        """
        ...
