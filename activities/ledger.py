"""Writing what happened where it cannot be lost."""

from dataclasses import dataclass

from temporalio import activity

from activities.ports.stores import Ledger
from models.cases.events import LedgerBatch


@dataclass(frozen=True)
class LedgerActivities:
    """Effects on the ledger."""

    ledger: Ledger

    @activity.defn(name="ledger.append")
    async def append(self, batch: LedgerBatch) -> None:
        """Append entries. Twice is harmless: an entry is known by case, run and number."""
        await self.ledger.append(batch)
