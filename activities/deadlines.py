"""Working out a due instant once, so that history records it and replay never asks again."""

from dataclasses import dataclass

from temporalio import activity

from models.deadlines import DossierDue, dossier_due
from models.law import GroupRule
from models.office import Office
from models.orders import AssessDue


@dataclass(frozen=True)
class DeadlineActivities:
    """The legal clock, asked from outside workflow code because its calendar changes."""

    office: Office

    @activity.defn(name="deadline.assess")
    async def assess(self, order: AssessDue) -> DossierDue:
        """Count the pinned limit from the hand-over. Twice is harmless: it stores nothing."""
        rule = GroupRule.model_validate(order.law)
        step = rule.procedure(order.procedure)
        return dossier_due(
            rule,
            step.id,
            order.handed_over_at,
            self.office.calendar,
            self.office.law.agency(step.agency),
            case_due_at=order.case_due_at,
        )
