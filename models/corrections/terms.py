"""When people are reminded of what they owe a correction, by the rule in force that day."""

from datetime import datetime

from models.kernel.base import Instant, Message, vietnam_time
from models.law.context import LegalContext
from models.law.corrections import CorrectionRule, Reminding
from models.working_time.citizen import citizen_due
from models.working_time.days import add_working_days


class Reminders(Message):
    """When somebody who owes a decision is reminded; computed once, where history records it."""

    at: tuple[Instant, ...] = ()
    then_every_days: int = 7
    due_at: Instant | None = None
    verified: bool = False


def approval_reminders(since: datetime, context: LegalContext) -> Reminders:
    """When a second person is reminded that their word is awaited."""
    rule = _rule_on(since, context)
    return _reminders(since, rule.approval, context).model_copy(
        update={"verified": rule.basis.verified}
    )


def claim_reminders(since: datetime, context: LegalContext) -> Reminders:
    """By when money is to be claimed back, and when its claimant is reminded."""
    rule = _rule_on(since, context)
    due = citizen_due(since, rule.claim_limit, calendar=context.calendar)
    return _reminders(since, rule.claim, context).model_copy(
        update={"due_at": due.due_at, "verified": rule.claim_limit.verified}
    )


def _reminders(since: datetime, reminding: Reminding, context: LegalContext) -> Reminders:
    return Reminders(
        at=tuple(
            add_working_days(since, days, calendar=context.calendar)
            for days in reminding.working_days
        ),
        then_every_days=reminding.then_every_days,
    )


def _rule_on(since: datetime, context: LegalContext) -> CorrectionRule:
    """The rule in force that day.

    Raises:
        LookupError: `law/corrections.toml` leaves that day without one; a mistake of ours.
    """
    day = vietnam_time(since).date()
    for rule in context.law.corrections:
        if rule.is_in_force(day):
            return rule
    raise LookupError(f"no rule of corrections is in force on {day}")
