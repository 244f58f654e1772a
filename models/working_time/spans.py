"""Amounts of office time that explain themselves: limits in hours, and time measured."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import groupby

from models.kernel.base import Instant, Message, vietnam_time
from models.working_time.calendars import Calendar, describe_day
from models.working_time.days import is_provisional
from models.working_time.hours import (
    add_working_time,
    next_office_instant,
    office_time_between,
    spans_between,
)
from models.working_time.terms import OfficeHours
from models.working_time.words import (
    describe_amount,
    describe_due,
    describe_instant,
    describe_special_days,
    describe_time,
    describe_years,
)


class HoursDue(Message):
    """When a limit in working hours ends, and why, line by line in Vietnamese."""

    due_at: Instant
    counted_from: Instant
    """When the office was first open; the limit runs from then on."""
    amount: timedelta
    provisional: bool
    explanation: tuple[str, ...]


class OfficeTime(Message):
    """How much office time lies between two instants, and on which days."""

    start: Instant
    end: Instant
    total: timedelta
    provisional: bool
    explanation: tuple[str, ...]


def due_in_hours(
    received: datetime, limit: timedelta, *, calendar: Calendar, hours: OfficeHours
) -> HoursDue:
    """The end of a limit in working hours, to the second; it runs from the next open minute."""
    local = vietnam_time(received)
    start = next_office_instant(local, calendar=calendar, hours=hours)
    due_at = add_working_time(start, limit, calendar=calendar, hours=hours)
    from_then = "lúc này" if start == local else describe_instant(start)
    return HoursDue(
        due_at=due_at,
        counted_from=start,
        amount=limit,
        provisional=is_provisional(local.date(), due_at.date(), calendar),
        explanation=(
            f"nhận {describe_instant(local)} → tính từ {from_then}",
            f"thời hạn {describe_amount(limit)} làm việc",
            *_days(start, due_at, calendar, hours),
            *describe_special_days(local.date(), due_at.date(), calendar),
            describe_due(due_at),
            *describe_years(local.date(), due_at.date(), calendar),
        ),
    )


def measured(
    start: datetime, end: datetime, *, calendar: Calendar, hours: OfficeHours
) -> OfficeTime:
    """The office time between two instants, with a line for each day on which there was any."""
    begin, finish = vietnam_time(start), vietnam_time(end)
    total = office_time_between(begin, finish, calendar=calendar, hours=hours)
    return OfficeTime(
        start=begin,
        end=finish,
        total=total,
        provisional=is_provisional(begin.date(), finish.date(), calendar),
        explanation=(
            f"từ {describe_instant(begin)} đến {describe_instant(finish)}",
            *_days(begin, finish, calendar, hours),
            *describe_special_days(begin.date(), finish.date(), calendar),
            f"cộng {describe_amount(total)} làm việc",
            *describe_years(begin.date(), finish.date(), calendar),
        ),
    )


def _days(start: datetime, end: datetime, calendar: Calendar, hours: OfficeHours) -> Iterator[str]:
    spans = spans_between(start, end, calendar=calendar, hours=hours)
    for day, of_day in groupby(spans, key=lambda span: span[0].date()):
        parts = list(of_day)
        clock = ", ".join(f"{describe_time(a.time())}–{describe_time(b.time())}" for a, b in parts)
        total = sum((b - a for a, b in parts), timedelta())
        yield f"{describe_day(day)}: {clock}, {describe_amount(total)}"
