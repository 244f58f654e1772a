"""Producing the official forms of a case."""

from dataclasses import dataclass

from temporalio import activity

from activities.papers import Cabinet, Printer
from models.documents.forms import PrepareDocument


@dataclass(frozen=True)
class DocumentActivities:
    """Effects on paper: no case ever waits for them."""

    printer: Printer
    cabinet: Cabinet

    @activity.defn(name="document.prepare")
    async def prepare(self, order: PrepareDocument) -> None:
        """Typeset a form and keep it. Twice is harmless: the first of a form and number stays."""
        await self.cabinet.keep(order.key, await self.printer.pdf(order.form))
