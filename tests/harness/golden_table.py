"""Reading the golden tables of docs/working-time.md, as officials write instants and amounts."""

import re
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from pathlib import Path

from models.kernel.base import VIETNAM
from models.working_time.calendars import WEEKDAYS
from models.working_time.terms import OfficeHours

PAGE = Path(__file__).parents[2] / "docs" / "working-time.md"
DAY = re.compile(r"(thứ \S+|Chủ nhật) (\d\d)/(\d\d)/(\d{4})")
AMOUNT = re.compile(r"(\d+) (giờ|phút|giây)")
SECONDS = {"giờ": 3600, "phút": 60, "giây": 1}
HOURS = {
    "thường": OfficeHours(),
    "sáng thứ Bảy": OfficeHours(saturday_morning=True),
}

Row = tuple[str, ...]


def tables() -> dict[str, list[Row]]:
    """Every table under the heading of golden cases, by its own heading, without its header."""
    page = PAGE.read_text("utf-8")
    golden = page.partition("\n## Bảng mẫu\n")[2].partition("\n## ")[0]
    return {title: list(_rows(text)) for title, text in _sections(golden)}


def instant(text: str) -> datetime:
    """`15:20 thứ Sáu 20/11/2026`; the weekday must be the right one."""
    clock, _, day = text.partition(" ")
    return datetime.combine(day_of(day), time.fromisoformat(clock), tzinfo=VIETNAM)


def day_of(text: str) -> date:
    """`thứ Sáu 20/11/2026`; the weekday must be the right one."""
    found = DAY.fullmatch(text)
    assert found, text
    weekday, day, month, year = found.groups()
    read = date(int(year), int(month), int(day))
    assert WEEKDAYS[read.weekday()] == weekday, text
    return read


def amount(text: str) -> timedelta:
    """`33 giờ 40 phút`."""
    parts = AMOUNT.findall(text)
    assert " ".join(f"{count} {unit}" for count, unit in parts) == text, text
    return timedelta(seconds=sum(int(count) * SECONDS[unit] for count, unit in parts))


def days(text: str) -> int:
    """`3 ngày`."""
    return int(text.removesuffix(" làm việc").removesuffix(" ngày"))


def cut_off(text: str) -> time | None:
    """`15:00`, or a dash where there is none."""
    return None if text == "–" else time.fromisoformat(text)


def _sections(golden: str) -> Iterator[tuple[str, str]]:
    for section in golden.split("\n### ")[1:]:
        title, _, text = section.partition("\n")
        yield title, text


def _rows(text: str) -> Iterator[Row]:
    lines = [line for line in text.splitlines() if line.startswith("|")]
    for line in lines[2:]:
        yield tuple(cell.strip() for cell in line.strip("|").split("|"))
