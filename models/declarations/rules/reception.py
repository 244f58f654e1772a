"""The instant a declaration is judged by: a case taken in earlier is judged as on that day."""

from datetime import date, datetime

from models.declarations.rules.context import CheckContext
from models.declarations.rules.facts import Facts
from models.kernel.base import vietnam_time


def reception_instant(facts: Facts, context: CheckContext) -> datetime:
    """When the declaration was taken in, as stated but never later than now."""
    received_at = facts.get("reception.received_at", datetime)
    return min(received_at, context.now) if received_at else context.now


def reception_day(facts: Facts, context: CheckContext) -> date:
    """The day of that instant, in Vietnam."""
    return vietnam_time(reception_instant(facts, context)).date()
