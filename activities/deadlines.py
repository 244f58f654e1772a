"""Asking the legal clock once, so that history records the answer and replay never asks again."""

from dataclasses import dataclass

from temporalio import activity

from models.clock.deadline_query import DeadlineQuery, DeadlineResult, compute_deadline
from models.law.context import LegalContext


@dataclass(frozen=True)
class DeadlineActivities:
    """The legal clock, asked from outside workflow code because its calendar changes."""

    context: LegalContext

    @activity.defn(name="deadline.reckon")
    async def compute(self, question: DeadlineQuery) -> DeadlineResult:
        """Count by the pinned rule and today's calendar. Twice is harmless: it stores nothing."""
        return compute_deadline(question, self.context)
