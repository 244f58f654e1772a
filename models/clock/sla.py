"""How a case stands against its due instant."""

from datetime import datetime

from models.kernel.base import vietnam_time
from models.kernel.vocabulary import SlaStatus


def sla_while_open(now: datetime, *, due_soon_at: datetime, due_at: datetime) -> SlaStatus:
    """On time until one working day before, then due soon; overdue after the due instant."""
    if now > due_at:
        return SlaStatus.OVERDUE
    return SlaStatus.DUE_SOON if now >= due_soon_at else SlaStatus.ON_TIME


def sla_when_closed(closed_at: datetime, *, due_at: datetime) -> SlaStatus:
    """Early means before the due DAY; later on that day is on time."""
    if closed_at > due_at:
        return SlaStatus.CLOSED_LATE
    before_the_day = vietnam_time(closed_at).date() < vietnam_time(due_at).date()
    return SlaStatus.CLOSED_EARLY if before_the_day else SlaStatus.CLOSED_ON_TIME
