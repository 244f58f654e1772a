"""Office time, exact to the second: added, taken away and measured between two instants."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from models.kernel.base import VIETNAM, vietnam_time
from models.working_time.calendars import ONE_DAY, SATURDAY, Calendar
from models.working_time.terms import OfficeHours

NOTHING = timedelta()


def is_office_time(instant: datetime, *, calendar: Calendar, hours: OfficeHours) -> bool:
    """Whether the office is open at that instant; closing time itself is no longer open."""
    local = vietnam_time(instant)
    return any(start <= local < end for start, end in open_spans(local.date(), calendar, hours))


def next_office_instant(instant: datetime, *, calendar: Calendar, hours: OfficeHours) -> datetime:
    """The instant itself if the office is open, else the next opening."""
    local = vietnam_time(instant)
    day = local.date()
    while True:
        for start, end in open_spans(day, calendar, hours):
            if local < end:
                return max(local, start)
        day += ONE_DAY


def office_time_between(
    start: datetime, end: datetime, *, calendar: Calendar, hours: OfficeHours
) -> timedelta:
    """How long the office was open between two instants; zero if the end is not after the start."""
    spans = spans_between(start, end, calendar=calendar, hours=hours)
    return sum((closing - opening for opening, closing in spans), NOTHING)


def add_working_time(
    start: datetime, amount: timedelta, *, calendar: Calendar, hours: OfficeHours
) -> datetime:
    """The first instant by which the office has been open that long; the start itself for nothing.

    Raises:
        ValueError: the amount is negative.
        LawError: the calendar ends before the amount does.
    """
    local = vietnam_time(start)
    if _is_nothing(amount):
        return local
    day = local.date()
    while True:
        for opening, closing in open_spans(day, calendar, hours):
            begin = max(opening, local)
            if begin + amount <= closing:
                return begin + amount
            amount -= max(closing - begin, NOTHING)
        day += ONE_DAY


def subtract_working_time(
    end: datetime, amount: timedelta, *, calendar: Calendar, hours: OfficeHours
) -> datetime:
    """The last instant from which the office is open that long until the end.

    Raises:
        ValueError: the amount is negative.
        LawError: the calendar begins after the amount does.
    """
    local = vietnam_time(end)
    if _is_nothing(amount):
        return local
    day = local.date()
    while True:
        for opening, closing in reversed(open_spans(day, calendar, hours)):
            finish = min(closing, local)
            if finish - amount >= opening:
                return finish - amount
            amount -= max(finish - opening, NOTHING)
        day -= ONE_DAY


def spans_between(
    start: datetime, end: datetime, *, calendar: Calendar, hours: OfficeHours
) -> Iterator[tuple[datetime, datetime]]:
    """When the office was open between two instants: in order, never empty, never overlapping."""
    begin, finish = vietnam_time(start), vietnam_time(end)
    day, last = begin.date(), finish.date()
    while day <= last:
        for opening, closing in open_spans(day, calendar, hours):
            first, until = max(opening, begin), min(closing, finish)
            if first < until:
                yield first, until
        day += ONE_DAY


def open_spans(
    day: date, calendar: Calendar, hours: OfficeHours
) -> tuple[tuple[datetime, datetime], ...]:
    """When the office is open on a day: a make-up Saturday in full, another in the morning only."""
    if calendar.is_working_day(day):
        spans: tuple[tuple[time, time], ...] = (hours.morning, hours.afternoon)
    elif hours.saturday_morning and day.weekday() == SATURDAY and not calendar.is_holiday(day):
        spans = (hours.morning,)
    else:
        spans = ()
    return tuple((at(day, start), at(day, end)) for start, end in spans)


def at(day: date, clock: time) -> datetime:
    """An instant in Vietnam."""
    return datetime.combine(day, clock, tzinfo=VIETNAM)


def _is_nothing(amount: timedelta) -> bool:
    if amount < NOTHING:
        raise ValueError("an amount of working time is never negative")
    return not amount
