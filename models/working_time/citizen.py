"""Limits that bind a citizen: whole days, which end at midnight and never on a day off."""

from datetime import datetime, time, timedelta

from models.kernel.base import vietnam_time
from models.working_time.calendars import ONE_DAY, Calendar, describe_day
from models.working_time.days import Due, add_working_days, is_provisional
from models.working_time.hours import at
from models.working_time.terms import CitizenLimit
from models.working_time.words import describe_instant, describe_special_days, describe_years

END_OF_DAY = time(23, 59, 59)
"""The last second before the 24:00 at which the law lets a day end."""


def citizen_due(wanted_at: datetime, limit: CitizenLimit, *, calendar: Calendar) -> Due:
    """The end of the last day a citizen has; the day of the request is not counted.

    A last day on which offices are closed moves to the next working day (Civil Code 2015,
    articles 147 and 148).
    """
    local = vietnam_time(wanted_at)
    days = limit.working_days or limit.days or 0
    counted = (
        add_working_days(local, days, calendar=calendar)
        if limit.working_days
        else local + timedelta(days=days)
    ).date()
    last = next(calendar.working_days_from(counted))
    kind = "ngày làm việc" if limit.working_days else "ngày"
    moved = f"{describe_day(counted)} là ngày nghỉ → đến ngày làm việc tiếp theo"
    begin = local.date() if limit.working_days else counted
    return Due(
        due_at=at(last, END_OF_DAY),
        counted_from=local.date() + ONE_DAY,
        days=days,
        provisional=is_provisional(local.date(), last, calendar),
        explanation=(
            f"yêu cầu lúc {describe_instant(local)}",
            f"công dân có {days} {kind}, không tính ngày yêu cầu",
            *((moved,) if last != counted else ()),
            *describe_special_days(begin, last, calendar),
            f"đến hết {describe_day(last)}",
            *describe_years(local.date(), last, calendar),
        ),
    )
