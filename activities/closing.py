"""Putting a case on record as closed."""

from dataclasses import dataclass

from temporalio import activity

from activities.ports.corrections import CaseArchive
from activities.ports.stores import CaseRepository
from models.cases.orders import CloseCase


@dataclass(frozen=True)
class ClosingActivities:
    """The end of a case in our own database."""

    register: CaseRepository
    book: CaseArchive | None = None
    """None: no corrections are carried out here."""

    @activity.defn(name="case.close")
    async def close(self, order: CloseCase) -> None:
        """Write the last entries and the final state in one transaction. Twice changes nothing.

        The file for later corrections is kept before: who finds the case closed finds it there.
        """
        if self.book is not None:
            await self.book.file_away(order)
        await self.register.close(order)
