"""Reminders to people who owe a decision: calendar days, at any hour, and never the last one."""

from collections.abc import Sequence
from datetime import datetime, timedelta


def reminder_at(named: Sequence[datetime], every_days: int, times: int) -> datetime:
    """The next reminder after `times`; beyond those the rule names, one every so many days.

    Raises:
        IndexError: the rule names none.
    """
    if times < len(named):
        return named[times]
    return named[-1] + timedelta(days=every_days) * (times - len(named) + 1)
