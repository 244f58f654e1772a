"""When a file counts as received: what the starter says, if it may be believed."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from models.kernel.findings import Finding, Severity
from models.working_time.calendars import Calendar
from models.working_time.hours import office_time_between
from models.working_time.terms import OfficeHours

TOLERANCE = timedelta(hours=1)
"""How much working time may pass between reception at a counter and the start of the case."""
FIELD = "reception.received_at"


@dataclass(frozen=True, kw_only=True)
class Reception:
    """The instant that counts, whether it lies in the past by permission, and what to tell."""

    received_at: datetime
    backdated: bool = False
    findings: tuple[Finding, ...] = ()


def reception_of(
    stated: datetime | None,
    recorded_at: datetime,
    *,
    calendar: Calendar,
    hours: OfficeHours,
    allow_backdating: bool,
) -> Reception:
    """Believe a stated reception of the last working hour; an earlier one only by permission."""
    if stated is None:
        return Reception(received_at=recorded_at)
    if stated > recorded_at:
        return Reception(received_at=recorded_at, findings=(_in_future(),))
    if office_time_between(stated, recorded_at, calendar=calendar, hours=hours) <= TOLERANCE:
        return Reception(received_at=stated)
    if allow_backdating:
        return Reception(received_at=stated, backdated=True)
    return Reception(received_at=recorded_at, findings=(_too_old(),))


def _in_future() -> Finding:
    return Finding(
        field=FIELD, rule="not_in_future", message="Giờ tiếp nhận không được ở tương lai"
    )


def _too_old() -> Finding:
    return Finding(
        field=FIELD,
        rule="recent_reception",
        message="Giờ tiếp nhận cách lúc ghi nhận quá 1 giờ làm việc: hạn được tính từ lúc ghi nhận",
        severity=Severity.WARNING,
    )
