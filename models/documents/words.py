"""Dates and places as official documents write them."""

from datetime import date, datetime

from models.kernel.base import vietnam_time

KINDS = ("Phường", "Xã", "Đặc khu", "Thị trấn", "Thị xã", "Thành phố", "Tỉnh", "Quận", "Huyện")
LAST_MONTH_WITH_A_ZERO = 2
"""Office rules put a zero before the months 1 and 2 only, and before every day below 10."""


def long_date(day: date) -> str:
    """A day in full: `ngày 05 tháng 9 năm 2026`."""
    month = f"{day.month:02d}" if day.month <= LAST_MONTH_WITH_A_ZERO else f"{day.month}"
    return f"ngày {day.day:02d} tháng {month} năm {day.year}"


def long_instant(instant: datetime) -> str:
    """An instant in full: `09 giờ 05 phút, ngày 20 tháng 11 năm 2026`."""
    local = vietnam_time(instant)
    return f"{local:%H} giờ {local:%M} phút, {long_date(local.date())}"


def short_instant(instant: datetime | None) -> str:
    """An instant in a table: `09:05 20/11/2026`; empty where there is none."""
    return f"{vietnam_time(instant):%H:%M %d/%m/%Y}" if instant else ""


def short_date(day: date) -> str:
    """A day in a table: `20/11/2026`."""
    return f"{day:%d/%m/%Y}"


def place_of(commune_name: str) -> str:
    """The place before the date: the commune's name without its kind, unless it is a number."""
    _, name = _kind_and_name(commune_name)
    return commune_name if name.isdigit() else name


def with_kind(name: str, usual: str) -> str:
    """A place in running text: `phường Ba Đình`; a name without a kind gets the usual one."""
    kind, rest = _kind_and_name(name)
    return f"{kind.lower() or usual} {rest}" if rest else ""


def sentence(text: str) -> str:
    """A stated reason as a whole sentence: with a full stop, and only one."""
    return f"{text.rstrip(' .;')}." if text.strip() else ""


def _kind_and_name(place: str) -> tuple[str, str]:
    for kind in KINDS:
        if place.startswith(f"{kind} "):
            return kind, place.removeprefix(f"{kind} ")
    return "", place
