"""Working days: limits that end with the office hours of a day, and days counted on and back."""

from datetime import date, datetime, time
from itertools import islice

from models.kernel.base import Instant, Message, vietnam_time
from models.working_time.calendars import ONE_DAY, Calendar
from models.working_time.hours import at
from models.working_time.terms import Counting, OfficeHours
from models.working_time.words import (
    describe_counting,
    describe_due,
    describe_reception,
    describe_special_days,
    describe_years,
)


class Due(Message):
    """When a limit ends, from which day it was counted, and why, line by line in Vietnamese."""

    due_at: Instant
    counted_from: date
    """The first working day the limit belongs to; day 0 or day 1 by the counting rule."""
    days: int
    """The limit in days; 0 is the same working day."""
    provisional: bool
    """True: a year on the way has no official calendar yet."""
    explanation: tuple[str, ...]


def due(  # noqa: PLR0913 - these are the terms in which the law states a limit
    received: datetime,
    limit_days: int,
    *,
    calendar: Calendar,
    hours: OfficeHours,
    counting: Counting = Counting.RECEPTION_IS_DAY_0,
    cut_off: time | None = None,
) -> Due:
    """The end of office hours of the last working day of a limit.

    Received after the cut-off (at the cut-off is in time) or on a day off, it counts from the next
    working day. A limit that ends the same day also moves on when the office has already closed,
    so that the due instant never lies before the reception.
    """
    local = vietnam_time(received)
    steps = _steps(limit_days, counting)
    latest = _latest_reception(cut_off, hours, same_day=steps == 0)
    start = _first_day(local, calendar, latest)
    last = _nth_working_day(start, steps, calendar)
    due_at = at(last, hours.closing)
    return Due(
        due_at=due_at,
        counted_from=start,
        days=limit_days,
        provisional=is_provisional(local.date(), last, calendar),
        explanation=(
            describe_reception(local, start, calendar, latest),
            describe_counting(limit_days, counting),
            *describe_special_days(local.date(), last, calendar),
            describe_due(due_at),
            *describe_years(local.date(), last, calendar),
        ),
    )


def add_working_days(instant: datetime, days: int, *, calendar: Calendar) -> datetime:
    """The same time of day so many working days later, or earlier for a negative number.

    Zero changes nothing, not even on a day off.
    """
    local = vietnam_time(instant)
    day = local.date()
    direction = ONE_DAY if days > 0 else -ONE_DAY
    left = abs(days)
    while left:
        day += direction
        left -= calendar.is_working_day(day)
    return at(day, local.time())


def one_working_day_before(instant: datetime, *, calendar: Calendar) -> datetime:
    """The same time of day on the working day before: from then on a due instant is "due soon"."""
    return add_working_days(instant, -1, calendar=calendar)


def working_days_between(start: date, end: date, *, calendar: Calendar) -> int:
    """How many working days lie after `start` up to and including `end`; negative backwards."""
    if end < start:
        return -working_days_between(end, start, calendar=calendar)
    days = range(start.toordinal() + 1, end.toordinal() + 1)
    return sum(calendar.is_working_day(date.fromordinal(day)) for day in days)


def is_same_working_day(one: datetime, other: datetime, *, calendar: Calendar) -> bool:
    """Whether two instants belong to one working day; a day off belongs to the next one."""
    days = (vietnam_time(instant).date() for instant in (one, other))
    first, second = (next(calendar.working_days_from(day)) for day in days)
    return first == second


def is_provisional(first: date, last: date, calendar: Calendar) -> bool:
    """Whether a year on the way has no official calendar."""
    return any(
        calendar.is_provisional(date(year, 1, 1)) for year in range(first.year, last.year + 1)
    )


def _steps(limit_days: int, counting: Counting) -> int:
    if limit_days < 0:
        raise ValueError("a limit is never negative")
    if counting is Counting.RECEPTION_IS_DAY_1:
        return max(limit_days - 1, 0)
    return limit_days


def _latest_reception(cut_off: time | None, hours: OfficeHours, *, same_day: bool) -> time | None:
    """The last time of day that still belongs to the day, if there is one."""
    return min(cut_off or hours.closing, hours.closing) if same_day else cut_off


def _first_day(local: datetime, calendar: Calendar, latest: time | None) -> date:
    day = local.date()
    is_late = latest is not None and local.time() > latest
    return next(calendar.working_days_from(day + ONE_DAY if is_late else day))


def _nth_working_day(start: date, steps: int, calendar: Calendar) -> date:
    return next(islice(calendar.working_days_from(start), steps, None))
