"""Working time against a slow oracle that walks minute by minute and shares no code with it."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.calendar_holidays import load_calendar
from models.base import VIETNAM
from models.calendars import Calendar
from models.errors import LawError
from models.law import OfficeHours
from models.working_time import (
    due,
    is_office_time,
    next_office_instant,
    office_time_between,
    one_working_day_before,
    working_days_between,
)

CALENDAR = load_calendar()
HOURS = OfficeHours()
SATURDAYS = OfficeHours(saturday_morning=True)
OFF = {special.day for special in CALENDAR.days_off}
WORKED = {special.day for special in CALENDAR.make_up_days}

instants = st.datetimes(
    min_value=datetime(2023, 1, 1),  # noqa: DTZ001 - hypothesis adds the offset
    max_value=datetime(2026, 12, 1),  # noqa: DTZ001 - likewise
    timezones=st.sampled_from([VIETNAM, UTC]),
)
limits = st.integers(min_value=0, max_value=30)
cut_offs = st.sampled_from([None, time(15, 0), time(11, 30)])
office_hours = st.sampled_from([HOURS, SATURDAYS])


def works(day: date) -> bool:
    return day in WORKED or (day.isoweekday() <= 5 and day not in OFF)


def oracle_due(received: datetime, limit: int, cut_off: time | None) -> datetime:
    """Day after day with a counter, as one does on a wall calendar."""
    local = received + timedelta(hours=7) - (received.utcoffset() or timedelta())
    day = local.date()
    too_late = bool(cut_off) and local.time() > (cut_off or time.max)
    if limit == 0 and local.time() > time(17, 0):
        too_late = True
    if too_late or not works(day):
        day = day + timedelta(days=1)
        while not works(day):
            day = day + timedelta(days=1)
    left = limit
    while left > 0:
        day = day + timedelta(days=1)
        if works(day):
            left = left - 1
    return datetime(day.year, day.month, day.day, 17, tzinfo=VIETNAM)


def open_minute(instant: datetime, hours: OfficeHours) -> bool:
    local = instant.astimezone(VIETNAM)
    minute = local.hour * 60 + local.minute
    morning = 450 <= minute < 690
    if works(local.date()):
        return morning or 780 <= minute < 1020
    saturday = hours.saturday_morning and local.isoweekday() == 6 and local.date() not in OFF
    return saturday and morning


@given(received=instants, limit=limits, cut_off=cut_offs)
def test_a_due_date_is_what_a_wall_calendar_says(
    received: datetime, limit: int, cut_off: time | None
) -> None:
    answer = due(received, limit, calendar=CALENDAR, hours=HOURS, cut_off=cut_off)

    assert answer.due_at == oracle_due(received, limit, cut_off)


@given(received=instants, limit=limits, cut_off=cut_offs)
def test_a_due_date_is_the_end_of_a_working_day_not_before_reception(
    received: datetime, limit: int, cut_off: time | None
) -> None:
    answer = due(received, limit, calendar=CALENDAR, hours=HOURS, cut_off=cut_off)

    assert answer.due_at >= received
    assert CALENDAR.is_working_day(answer.due_at.date())
    assert answer.due_at.time() == HOURS.closing


@given(received=instants, later=st.timedeltas(timedelta(), timedelta(days=9)), limit=limits)
def test_a_file_received_later_is_never_due_sooner(
    received: datetime, later: timedelta, limit: int
) -> None:
    first = due(received, limit, calendar=CALENDAR, hours=HOURS, cut_off=time(15, 0))
    second = due(received + later, limit, calendar=CALENDAR, hours=HOURS, cut_off=time(15, 0))

    assert first.due_at <= second.due_at


@given(received=instants, limit=limits)
def test_the_days_of_a_limit_can_be_counted_back(received: datetime, limit: int) -> None:
    answer = due(received, limit, calendar=CALENDAR, hours=HOURS, cut_off=time(15, 0))

    days = working_days_between(answer.counted_from, answer.due_at.date(), calendar=CALENDAR)

    assert days == limit


@given(start=instants, minutes=st.integers(0, 60 * 24 * 4), hours=office_hours)
def test_office_time_is_the_sum_of_the_open_minutes(
    start: datetime, minutes: int, hours: OfficeHours
) -> None:
    start = start.replace(second=0, microsecond=0)
    end = start + timedelta(minutes=minutes)

    open_for = office_time_between(start, end, calendar=CALENDAR, hours=hours)

    counted = sum(open_minute(start + timedelta(minutes=m), hours) for m in range(minutes))
    assert open_for == timedelta(minutes=counted)


@given(instant=instants, hours=office_hours)
def test_the_next_office_instant_is_the_first_open_one(
    instant: datetime, hours: OfficeHours
) -> None:
    opening = next_office_instant(instant, calendar=CALENDAR, hours=hours)

    assert is_office_time(opening, calendar=CALENDAR, hours=hours)
    assert office_time_between(instant, opening, calendar=CALENDAR, hours=hours) == timedelta()
    assert (opening == instant) == is_office_time(instant, calendar=CALENDAR, hours=hours)


@given(instant=instants, hours=office_hours)
def test_an_office_is_open_in_its_open_minutes(instant: datetime, hours: OfficeHours) -> None:
    assert is_office_time(instant, calendar=CALENDAR, hours=hours) == open_minute(instant, hours)


@pytest.mark.parametrize(
    ("due_at", "due_soon_at"),
    [
        ("2026-11-27T17:00", "2026-11-26T17:00"),
        ("2026-11-25T17:00", "2026-11-23T17:00"),
        ("2026-02-23T17:00", "2026-02-13T17:00"),
        ("2026-08-24T17:00", "2026-08-22T17:00"),
    ],
)
def test_due_soon_begins_one_working_day_before(due_at: str, due_soon_at: str) -> None:
    soon = one_working_day_before(datetime.fromisoformat(f"{due_at}+07:00"), calendar=CALENDAR)

    assert soon == datetime.fromisoformat(f"{due_soon_at}+07:00")


def test_working_days_are_counted_backwards_too() -> None:
    days = working_days_between(date(2026, 11, 27), date(2026, 11, 23), calendar=CALENDAR)

    assert days == -3


def test_a_calendar_never_guesses_about_a_year_it_does_not_know() -> None:
    short = Calendar(id="vn-2026-2026", first_year=2026, last_year=2026)

    with pytest.raises(LawError, match="không biết năm 2027"):
        due(datetime(2026, 12, 31, 10, tzinfo=VIETNAM), 3, calendar=short, hours=HOURS)
