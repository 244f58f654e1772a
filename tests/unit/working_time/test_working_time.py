"""What holds for working time whatever the instants, the amounts and the office hours."""

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.law.calendar import load_calendar
from models.kernel.base import VIETNAM
from models.kernel.errors import LawError
from models.working_time.calendars import Calendar
from models.working_time.days import (
    add_working_days,
    due,
    is_same_working_day,
    one_working_day_before,
    working_days_between,
)
from models.working_time.hours import (
    add_working_time,
    is_office_time,
    next_office_instant,
    office_time_between,
    subtract_working_time,
)
from models.working_time.moves import extended_due
from models.working_time.pauses import Pause, resume_due, verification_due
from models.working_time.terms import ClockPolicy, OfficeHours

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
amounts = st.timedeltas(timedelta(), timedelta(hours=90)).map(
    lambda amount: timedelta(seconds=int(amount.total_seconds()))
)
waits = st.timedeltas(timedelta(), timedelta(days=40))
policies = st.sampled_from(ClockPolicy)


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


@given(start=instants, amount=amounts, hours=office_hours)
def test_what_was_added_can_be_measured_again(
    start: datetime, amount: timedelta, hours: OfficeHours
) -> None:
    end = add_working_time(start, amount, calendar=CALENDAR, hours=hours)

    assert office_time_between(start, end, calendar=CALENDAR, hours=hours) == amount


@given(end=instants, amount=amounts, hours=office_hours)
def test_what_was_taken_away_can_be_measured_again(
    end: datetime, amount: timedelta, hours: OfficeHours
) -> None:
    start = subtract_working_time(end, amount, calendar=CALENDAR, hours=hours)

    assert office_time_between(start, end, calendar=CALENDAR, hours=hours) == amount


@given(start=instants, one=amounts, other=amounts, hours=office_hours)
def test_adding_twice_is_adding_the_sum(
    start: datetime, one: timedelta, other: timedelta, hours: OfficeHours
) -> None:
    half = add_working_time(start, one, calendar=CALENDAR, hours=hours)

    whole = add_working_time(half, other, calendar=CALENDAR, hours=hours)

    assert whole == add_working_time(start, one + other, calendar=CALENDAR, hours=hours)


@given(start=instants, amount=amounts, later=waits, hours=office_hours)
def test_who_begins_later_never_ends_sooner(
    start: datetime, amount: timedelta, later: timedelta, hours: OfficeHours
) -> None:
    first = add_working_time(start, amount, calendar=CALENDAR, hours=hours)
    second = add_working_time(start + later, amount, calendar=CALENDAR, hours=hours)

    assert first <= second


@given(start=instants, one=waits, other=waits, hours=office_hours)
def test_office_time_is_additive(
    start: datetime, one: timedelta, other: timedelta, hours: OfficeHours
) -> None:
    first = office_time_between(start, start + one, calendar=CALENDAR, hours=hours)
    second = office_time_between(start + one, start + one + other, calendar=CALENDAR, hours=hours)

    whole = office_time_between(start, start + one + other, calendar=CALENDAR, hours=hours)

    assert whole == first + second


@given(instant=instants, days=st.integers(1, 30))
def test_working_days_added_are_those_counted_between(instant: datetime, days: int) -> None:
    local = instant.astimezone(VIETNAM)

    later = add_working_days(instant, days, calendar=CALENDAR)

    assert working_days_between(local.date(), later.date(), calendar=CALENDAR) == days
    assert later.timetz() == local.timetz()


@given(start=instants, limit=limits, pause=waits, wait=waits, policy=policies, cut_off=cut_offs)
def test_a_pause_never_takes_time_away(  # noqa: PLR0913, PLR0917 - hypothesis gives them by name
    start: datetime,
    limit: int,
    pause: timedelta,
    wait: timedelta,
    policy: ClockPolicy,
    cut_off: time | None,
) -> None:
    old = due(start, limit, calendar=CALENDAR, hours=HOURS).due_at

    moved = resume_due(
        policy,
        old,
        Pause(start + wait, start + wait + pause),
        limit_days=limit,
        calendar=CALENDAR,
        hours=HOURS,
        cut_off=cut_off,
    )

    assert moved.due_at >= moved.old_due_at == old
    assert moved.has_moved == (moved.due_at != old)


@given(start=instants, limit=st.integers(1, 20), wait=waits, pause=waits)
def test_a_clock_that_was_stopped_gives_back_exactly_what_was_left(
    start: datetime, limit: int, wait: timedelta, pause: timedelta
) -> None:
    old = due(start, limit, calendar=CALENDAR, hours=HOURS).due_at
    stopped = min(start + wait, old)
    resumed = stopped + pause

    moved = resume_due(
        ClockPolicy.PAUSE,
        old,
        Pause(stopped, resumed),
        limit_days=limit,
        calendar=CALENDAR,
        hours=HOURS,
    )

    left = office_time_between(stopped, old, calendar=CALENDAR, hours=HOURS)
    given_back = office_time_between(resumed, moved.due_at, calendar=CALENDAR, hours=HOURS)
    assert moved.left == left
    assert given_back == left


@given(start=instants, limit=st.integers(0, 10), more=st.integers(0, 10))
def test_a_verification_never_shortens_a_limit(start: datetime, limit: int, more: int) -> None:
    old = due(start, limit, calendar=CALENDAR, hours=HOURS).due_at

    moved = verification_due(old, start, limit + more, calendar=CALENDAR, hours=HOURS)

    assert moved.due_at == due(start, limit + more, calendar=CALENDAR, hours=HOURS).due_at >= old


@given(instant=instants, days=st.integers(1, 20))
def test_an_extension_ends_with_the_office_hours_of_a_later_working_day(
    instant: datetime, days: int
) -> None:
    moved = extended_due(instant, days, calendar=CALENDAR, hours=HOURS)

    assert moved.due_at > instant
    assert moved.due_at.time() == HOURS.closing
    assert CALENDAR.is_working_day(moved.due_at.date())


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("2026-11-20T07:30", "2026-11-20T17:00", True),
        ("2026-11-20T17:00", "2026-11-21T09:00", False),
        ("2026-11-21T09:00", "2026-11-23T09:00", True),
        ("2026-11-24T09:00", "2026-11-25T09:00", True),
        ("2026-08-22T09:00", "2026-08-24T09:00", False),
    ],
)
def test_a_day_off_belongs_to_the_next_working_day(one: str, other: str, *, same: bool) -> None:
    instants = [datetime.fromisoformat(f"{text}+07:00") for text in (one, other)]

    assert is_same_working_day(*instants, calendar=CALENDAR) is same


@pytest.mark.parametrize("count", [add_working_time, subtract_working_time])
def test_an_amount_of_working_time_is_never_negative(count: Callable[..., datetime]) -> None:
    with pytest.raises(ValueError, match="never negative"):
        count(datetime(2026, 11, 20, tzinfo=UTC), -timedelta(1), calendar=CALENDAR, hours=HOURS)


def test_an_extension_adds_something() -> None:
    with pytest.raises(ValueError, match="at least one"):
        extended_due(datetime(2026, 11, 20, tzinfo=UTC), 0, calendar=CALENDAR, hours=HOURS)


def test_a_clock_does_not_resume_before_it_stopped() -> None:
    instant = datetime(2026, 11, 20, 9, tzinfo=VIETNAM)

    with pytest.raises(ValueError, match="after it has stopped"):
        resume_due(
            ClockPolicy.PAUSE,
            instant,
            Pause(instant, instant - timedelta(seconds=1)),
            limit_days=1,
            calendar=CALENDAR,
            hours=HOURS,
        )


def test_adding_hours_never_guesses_about_a_year_it_does_not_know() -> None:
    short = Calendar(id="vn-2026-2026", first_year=2026, last_year=2026)

    with pytest.raises(LawError, match="không biết năm 2027"):
        add_working_time(
            datetime(2026, 12, 31, 16, tzinfo=VIETNAM),
            timedelta(hours=2),
            calendar=short,
            hours=HOURS,
        )


@pytest.mark.parametrize(
    "spans",
    [
        {"morning": (time(11, 30), time(7, 30))},
        {"afternoon": (time(11, 0), time(17, 0))},
        {"afternoon": (time(17, 0), time(17, 0))},
    ],
)
def test_office_hours_follow_the_order_of_a_day(spans: dict[str, tuple[time, time]]) -> None:
    with pytest.raises(ValueError, match="giờ làm việc"):
        OfficeHours.model_validate(spans)
