"""Putting a case on record as closed."""

from dataclasses import dataclass

from temporalio import activity

from activities.stores import CaseRegister
from models.orders import CloseCase


@dataclass(frozen=True)
class ClosingActivities:
    """The end of a case in our own database."""

    register: CaseRegister

    @activity.defn(name="case.close")
    async def close(self, order: CloseCase) -> None:
        """Write the last entries and the final state in one transaction. Twice changes nothing."""
        await self.register.close(order)
