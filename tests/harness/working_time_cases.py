"""Random questions about working time, each asked of the module and of the oracle."""

import random  # noqa: TID251 - seeded: the same number asks the same question
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, timezone

from adapters.law.calendar import load_calendar
from models.working_time.calendars import Calendar, SpecialDay
from models.working_time.days import add_working_days, due, working_days_between
from models.working_time.hours import (
    add_working_time,
    is_office_time,
    next_office_instant,
    office_time_between,
    subtract_working_time,
)
from models.working_time.moves import extended_due
from models.working_time.pauses import Pause, resume_due, verification_due
from models.working_time.terms import ClockPolicy, Counting, OfficeHours

from harness.working_time_oracle import DAY, Clock, Row

HANOI = timezone(timedelta(hours=7))
SECOND = timedelta(seconds=1)
CLOCKS = (
    Clock(450, 690, 780, 1020, saturday_morning=False),
    Clock(450, 690, 780, 1020, saturday_morning=True),
    Clock(480, 720, 810, 1050, saturday_morning=True),
    Clock(420, 720, 720, 975, saturday_morning=False),
)
OFFICIAL_OFF = (
    "2025-01-01 2025-01-27 2025-01-28 2025-01-29 2025-01-30 2025-01-31 2025-02-01 2025-04-07"
    " 2025-04-30 2025-05-01 2025-05-02 2025-09-01 2025-09-02"
    " 2026-01-01 2026-01-02 2026-02-16 2026-02-17 2026-02-18 2026-02-19 2026-02-20 2026-04-27"
    " 2026-04-30 2026-05-01 2026-08-31 2026-09-01 2026-09-02 2026-11-24"
)
OFFICIAL_WORKED = "2025-04-26 2026-01-10 2026-08-22"
FIRST, LAST = date(2025, 1, 1), date(2026, 12, 31)
MARGIN_DAYS = 60
MARGIN_AT_END = 110


@dataclass(frozen=True)
class World:
    """One office under one calendar, as the module and as the oracle know it."""

    calendar: Calendar
    hours: OfficeHours
    row: Row

    def instant(self, second: int, *, zone: timezone = HANOI) -> datetime:
        return (datetime(2025, 1, 1, tzinfo=HANOI) + second * SECOND).astimezone(zone)

    def second(self, instant: datetime) -> int:
        return (instant - datetime(2025, 1, 1, tzinfo=HANOI)) // SECOND


def worlds(*, forgotten: date | None = None) -> tuple[World, ...]:
    """The official calendar and two invented ones, each with four kinds of office hours.

    A forgotten day off is left out of what the oracle knows, to see that it is noticed.
    """
    made = [
        (load_calendar(), _days(OFFICIAL_OFF) - {forgotten}, _days(OFFICIAL_WORKED)),
        *(_invented(seed) for seed in (1, 2)),
    ]
    return tuple(
        World(calendar, _hours(clock), Row(FIRST, LAST, off=off, worked=worked, clock=clock))
        for calendar, off, worked in made
        for clock in CLOCKS
    )


def mismatch(worlds: tuple[World, ...], seed: int, number: int) -> str | None:
    """Ask one question of both; what they disagree about, if they do."""
    chance = random.Random(f"{seed}/{number}")  # noqa: S311 - seeded on purpose
    world, question = chance.choice(worlds), chance.choice(QUESTIONS)
    asked, answer, expected = question(world, chance)
    if answer == expected:
        return None
    about = f"{question.__name__[1:]} {asked} under {world.calendar.id}, {world.hours!r}"
    return f"case {seed}/{number}: {about}: {answer}, the oracle says {expected}"


Asked = tuple[str, object, object]


def _open(world: World, chance: random.Random) -> Asked:
    start = _second(world, chance)
    instant = _instant(world, chance, start)
    answer = is_office_time(instant, calendar=world.calendar, hours=world.hours)
    return str(instant), answer, world.row.is_open(start)


def _next_open(world: World, chance: random.Random) -> Asked:
    start = _second(world, chance)
    instant = _instant(world, chance, start)
    answer = next_office_instant(instant, calendar=world.calendar, hours=world.hours)
    return str(instant), world.second(answer), world.row.next_open(start)


def _between(world: World, chance: random.Random) -> Asked:
    start = _second(world, chance)
    end = start + chance.choice((chance.randint(-99, 7200), chance.randint(0, 3_000_000)))
    one, other = _instant(world, chance, start), _instant(world, chance, end)
    answer = office_time_between(one, other, calendar=world.calendar, hours=world.hours)
    return f"{one} {other}", answer // SECOND, world.row.between(start, end)


def _add(world: World, chance: random.Random) -> Asked:
    start, amount = _second(world, chance), _amount(chance)
    instant = _instant(world, chance, start)
    answer = add_working_time(instant, amount * SECOND, calendar=world.calendar, hours=world.hours)
    return f"{instant} + {amount} s", world.second(answer), world.row.add(start, amount)


def _subtract(world: World, chance: random.Random) -> Asked:
    end, amount = _second(world, chance), _amount(chance)
    instant = _instant(world, chance, end)
    answer = subtract_working_time(
        instant, amount * SECOND, calendar=world.calendar, hours=world.hours
    )
    return f"{instant} - {amount} s", world.second(answer), world.row.subtract(end, amount)


def _due(world: World, chance: random.Random) -> Asked:
    start, days = _second(world, chance), chance.choice((0, 1, 2, 3, chance.randint(0, 25)))
    cut_off, counting = _cut_off(chance), chance.choice(tuple(Counting))
    instant = _instant(world, chance, start)
    answer = due(
        instant,
        days,
        calendar=world.calendar,
        hours=world.hours,
        counting=counting,
        cut_off=_time(cut_off),
    )
    counted_from = (answer.counted_from - FIRST).days
    expected = world.row.due(
        start,
        days,
        cut_off=cut_off,
        reception_is_day_1=counting is Counting.RECEPTION_IS_DAY_1,
    )
    asked = f"{instant}, {days} days, {counting}, cut-off {cut_off}"
    return asked, (counted_from, world.second(answer.due_at)), expected


def _days_on(world: World, chance: random.Random) -> Asked:
    start, days = _second(world, chance), chance.randint(-20, 25)
    instant = _instant(world, chance, start)
    answer = add_working_days(instant, days, calendar=world.calendar)
    return f"{instant}, {days} days", world.second(answer), world.row.add_days(start, days)


def _days_between(world: World, chance: random.Random) -> Asked:
    first = _second(world, chance) // (DAY * 60)
    last = first + chance.randint(0, 60)
    one, other = (world.instant(day * DAY * 60).date() for day in (first, last))
    answer = working_days_between(one, other, calendar=world.calendar)
    return f"{one} {other}", answer, world.row.days_between(first, last)


def _resumed(world: World, chance: random.Random) -> Asked:
    start, days = _second(world, chance), chance.randint(0, 8)
    paused = start + chance.randint(0, 900_000)
    resumed = paused + chance.choice((0, chance.randint(0, 90_000), chance.randint(0, 2_000_000)))
    policy, cut_off = chance.choice(tuple(ClockPolicy)), _cut_off(chance)
    _, old = world.row.due(start, days, cut_off=None, reception_is_day_1=False)
    answer = resume_due(
        policy,
        world.instant(old),
        Pause(world.instant(paused), _instant(world, chance, resumed)),
        limit_days=days,
        calendar=world.calendar,
        hours=world.hours,
        cut_off=_time(cut_off),
    )
    anew = world.row.due(resumed, days, cut_off=cut_off, reception_is_day_1=False)
    expected = {
        ClockPolicy.RESTART: max(old, anew[1]),
        ClockPolicy.PAUSE: _paused(world, old, paused, resumed),
        ClockPolicy.CONTINUE: old,
    }[policy]
    return f"{policy} {start} {paused} {resumed}", world.second(answer.due_at), expected


def _verified(world: World, chance: random.Random) -> Asked:
    start, days = _second(world, chance), chance.randint(0, 5)
    paused = start + chance.randint(0, 400_000)
    resumed = paused + chance.randint(0, 900_000)
    _, old = world.row.due(start, days, cut_off=None, reception_is_day_1=False)
    _, longer = world.row.due(start, days + 2, cut_off=None, reception_is_day_1=False)
    answer = verification_due(
        world.instant(old),
        world.instant(start),
        days + 2,
        calendar=world.calendar,
        hours=world.hours,
        pauses=(Pause(world.instant(paused), world.instant(resumed)),),
    )
    expected = _paused(world, longer, paused, resumed)
    return f"{start} {days} {paused} {resumed}", world.second(answer.due_at), expected


def _extended(world: World, chance: random.Random) -> Asked:
    start, days = _second(world, chance), chance.randint(1, 20)
    answer = extended_due(world.instant(start), days, calendar=world.calendar, hours=world.hours)
    last = world.row.add_days(start, days) // (DAY * 60)
    return (
        f"{start} {days}",
        world.second(answer.due_at),
        (last * DAY + world.row.clock.closes) * 60,
    )


QUESTIONS: tuple[Callable[[World, random.Random], Asked], ...] = (
    _open,
    _next_open,
    _between,
    _add,
    _subtract,
    _due,
    _days_on,
    _days_between,
    _resumed,
    _verified,
    _extended,
)


def _paused(world: World, old: int, paused: int, resumed: int) -> int:
    """Whoever was in time gets back what was left; whoever was late gets nothing."""
    if paused > old:
        return old
    return max(old, world.row.add(resumed, world.row.between(paused, old)))


def _second(world: World, chance: random.Random) -> int:
    """Any second of the row, as often near an edge of the office hours as not."""
    day = chance.randint(MARGIN_DAYS, len(world.row.works) - MARGIN_AT_END)
    clock = world.row.clock
    edges = (0, clock.opens, clock.noon, clock.back, clock.closes, 15 * 60, DAY - 1)
    near = 60 * chance.choice(edges) + chance.randint(-61, 61)
    return day * DAY * 60 + chance.choice((near, chance.randrange(DAY * 60)))


def _instant(world: World, chance: random.Random, second: int) -> datetime:
    """The same instant, now and then written with another offset."""
    return world.instant(second, zone=chance.choice((HANOI, HANOI, UTC)))


def _amount(chance: random.Random) -> int:
    whole = 3600 * chance.randint(0, 40)
    return chance.choice((0, 1, whole, whole + 1, chance.randint(0, 500_000)))


def _cut_off(chance: random.Random) -> int | None:
    return chance.choice((None, 15 * 3600, 15 * 3600, 11 * 3600 + 1800))


def _time(second: int | None) -> time | None:
    return None if second is None else time(second // 3600, second // 60 % 60)


def _days(text: str) -> set[date]:
    return {date.fromisoformat(day) for day in text.split()}


def _hours(clock: Clock) -> OfficeHours:
    opens, noon, back, closes = (
        time(*divmod(minute, 60)) for minute in (clock.opens, clock.noon, clock.back, clock.closes)
    )
    return OfficeHours(
        morning=(opens, noon), afternoon=(back, closes), saturday_morning=clock.saturday_morning
    )


def _invented(seed: int) -> tuple[Calendar, set[date], set[date]]:
    """Days off on any weekday, one in seven; a rest day in ten is worked."""
    chance = random.Random(seed)  # noqa: S311 - seeded on purpose
    days = [date.fromordinal(FIRST.toordinal() + n) for n in range((LAST - FIRST).days + 1)]
    off = {day for day in days if chance.random() < 1 / 7}
    worked = {day for day in days if day.weekday() > 4 and chance.random() < 0.1} - off
    calendar = Calendar(
        id=f"invented-{seed}",
        first_year=FIRST.year,
        last_year=LAST.year,
        days_off=tuple(_special(day) for day in sorted(off)),
        make_up_days=tuple(_special(day) for day in sorted(worked)),
    )
    return calendar, off, worked


def _special(day: date) -> SpecialDay:
    return SpecialDay(day=day, name="Ngày đặt ra", source="bộ kiểm thử")
