"""How working time explains itself in Vietnamese, line by line."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from models.working_time.calendars import ONE_DAY, SATURDAY, Calendar, describe_day
from models.working_time.terms import Counting

MINUTE, HOUR = 60, 3600


def describe_instant(instant: datetime) -> str:
    """An instant in Vietnam's time as people say it: `17:00 thứ Sáu 27/11/2026`."""
    return f"{describe_time(instant.time())} {describe_day(instant.date())}"


def describe_time(clock: time) -> str:
    """A time of day; seconds are said only where there are any."""
    return f"{clock:%H:%M:%S}" if clock.second else f"{clock:%H:%M}"


def describe_amount(amount: timedelta) -> str:
    """An amount of working time: `1 giờ 40 phút`; never in days, which are counted otherwise."""
    seconds = int(amount.total_seconds())
    parts = (
        (seconds // HOUR, "giờ"),
        (seconds % HOUR // MINUTE, "phút"),
        (seconds % MINUTE, "giây"),
    )
    return " ".join(f"{count} {unit}" for count, unit in parts if count) or "0 phút"


def describe_reception(
    local: datetime, start: date, calendar: Calendar, latest: time | None
) -> str:
    """When it was received and from which day it counts, with the reason if that is another."""
    received = f"nhận {describe_instant(local)}"
    if start == local.date():
        return f"{received} → tính từ ngày này"
    is_late = latest is not None and calendar.is_working_day(local.date())
    reason = f"sau {latest:%H:%M}" if is_late else "ngày nghỉ"
    return f"{received}, {reason} → tính từ {describe_day(start)}"


def describe_counting(limit_days: int, counting: Counting) -> str:
    """The limit and how its first day is counted."""
    if limit_days == 0:
        return "thời hạn: trong ngày làm việc"
    if counting is Counting.RECEPTION_IS_DAY_1:
        return f"thời hạn {limit_days} ngày làm việc, ngày bắt đầu là ngày thứ nhất"
    return f"thời hạn {limit_days} ngày làm việc, không tính ngày bắt đầu"


def describe_special_days(first: date, last: date, calendar: Calendar) -> Iterator[str]:
    """Each weekday off and each make-up day on the way; ordinary weekends go without saying."""
    day = first
    while day <= last:
        if made_up := calendar.make_up_day(day):
            yield f"làm việc {day:%d/%m/%Y}: {made_up.name} ({made_up.source})"
        elif day.weekday() < SATURDAY and not calendar.is_working_day(day):
            yield f"nghỉ {day:%d/%m/%Y}: {calendar.why_off(day)}"
        day += ONE_DAY


def describe_due(due_at: datetime) -> str:
    """The due instant."""
    return f"hạn {describe_instant(due_at)}"


def describe_years(first: date, last: date, calendar: Calendar) -> Iterator[str]:
    """A line for each year on the way whose calendar is only computed from the statute."""
    for year in sorted({*range(first.year, last.year + 1)} - set(calendar.official_years)):
        yield f"tạm tính: lịch nghỉ năm {year} chưa đối chiếu với lịch chính thức"
