"""How a due date explains itself in Vietnamese, line by line."""

from collections.abc import Iterator
from datetime import date, datetime, time

from models.calendars import ONE_DAY, SATURDAY, Calendar, say_day
from models.law import Counting


def say_instant(instant: datetime) -> str:
    """An instant in Vietnam's time as people say it: `17:00 thứ Sáu 27/11/2026`."""
    return f"{instant:%H:%M} {say_day(instant.date())}"


def say_reception(local: datetime, start: date, calendar: Calendar, latest: time | None) -> str:
    """When it was received and from which day it counts, with the reason if that is another."""
    received = f"nhận {say_instant(local)}"
    if start == local.date():
        return f"{received} → tính từ ngày này"
    is_late = latest is not None and calendar.is_working_day(local.date())
    reason = f"sau {latest:%H:%M}" if is_late else "ngày nghỉ"
    return f"{received}, {reason} → tính từ {say_day(start)}"


def say_counting(limit_days: int, counting: Counting) -> str:
    """The limit and how its first day is counted."""
    if limit_days == 0:
        return "thời hạn: trong ngày làm việc"
    if counting is Counting.RECEPTION_IS_DAY_1:
        return f"thời hạn {limit_days} ngày làm việc, ngày bắt đầu là ngày thứ nhất"
    return f"thời hạn {limit_days} ngày làm việc, không tính ngày bắt đầu"


def say_special_days(first: date, last: date, calendar: Calendar) -> Iterator[str]:
    """Each weekday off and each make-up day on the way; ordinary weekends go without saying."""
    day = first
    while day <= last:
        if made_up := calendar.make_up_day(day):
            yield f"làm việc {day:%d/%m/%Y}: {made_up.name} ({made_up.source})"
        elif day.weekday() < SATURDAY and not calendar.is_working_day(day):
            yield f"nghỉ {day:%d/%m/%Y}: {calendar.why_off(day)}"
        day += ONE_DAY


def say_due(due_at: datetime) -> str:
    """The due instant."""
    return f"hạn {say_instant(due_at)}"


def say_years(first: date, last: date, calendar: Calendar) -> Iterator[str]:
    """A line for each year on the way whose calendar is only computed from the statute."""
    for year in sorted({first.year, last.year} - set(calendar.official_years)):
        yield f"tạm tính: lịch nghỉ năm {year} chưa đối chiếu với lịch chính thức"
