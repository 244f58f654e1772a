"""Asking the legal clock once, so that history records the answer and replay never asks again."""

from dataclasses import dataclass

from temporalio import activity

from models.clock.deadline_query import Reckon, Reckoning, reckon
from models.law.context import Office


@dataclass(frozen=True)
class DeadlineActivities:
    """The legal clock, asked from outside workflow code because its calendar changes."""

    office: Office

    @activity.defn(name="deadline.reckon")
    async def reckon(self, question: Reckon) -> Reckoning:
        """Count by the pinned rule and today's calendar. Twice is harmless: it stores nothing."""
        return reckon(question, self.office)
