"""Which days are working days: holidays, swapped days and make-up days, each with its source."""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from functools import cached_property
from hashlib import sha256

from pydantic import Field

from models.kernel.base import Message
from models.kernel.errors import LawError

WEEKDAYS = ("thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật")
SATURDAY = 5
ONE_DAY = timedelta(days=1)


class SpecialDay(Message):
    """A day that is not what its weekday says: a day off, or a worked rest day."""

    day: date
    name: str = Field(min_length=1)
    """Vietnamese, e.g. `Ngày Văn hóa Việt Nam`."""
    source: str = Field(min_length=1)
    provisional: bool = False
    """True: computed from the statute, no official calendar of that year was compared."""


class Calendar(Message):
    """Vietnam's working days over a span of years.

    The digest names the content, so that a due date recorded with it can be checked years later;
    a changed calendar is made by the constructor, never by `model_copy`, which keeps the digest.
    """

    id: str
    first_year: int
    last_year: int
    official_years: tuple[int, ...] = ()
    days_off: tuple[SpecialDay, ...] = ()
    make_up_days: tuple[SpecialDay, ...] = ()

    @cached_property
    def digest(self) -> str:
        """`sha256:…` of everything in the calendar."""
        return f"sha256:{sha256(self.model_dump_json().encode()).hexdigest()}"

    def is_working_day(self, day: date) -> bool:
        """Whether offices work that day. A Saturday morning does not make a working day.

        Raises:
            LawError: the calendar does not reach that year; it never guesses.
        """
        self._check_known(day)
        return day in self._make_up or (day.weekday() < SATURDAY and day not in self._off)

    def is_holiday(self, day: date) -> bool:
        """Whether it is a public holiday or a swapped day off, on whatever weekday it falls."""
        self._check_known(day)
        return day in self._off

    def why_off(self, day: date) -> str:
        """Why offices are closed, in Vietnamese; empty for a working day."""
        if self.is_working_day(day):
            return ""
        special = self._off.get(day)
        return f"{special.name} ({special.source})" if special else WEEKDAYS[day.weekday()]

    def is_provisional(self, day: date) -> bool:
        """Whether no official calendar of that year was compared."""
        self._check_known(day)
        return day.year not in self.official_years

    def make_up_day(self, day: date) -> SpecialDay | None:
        """What makes a rest day a worked one, if it is."""
        return self._make_up.get(day)

    def working_days_from(self, day: date) -> Iterator[date]:
        """The working days from a day on, that day included if it is one."""
        while True:
            if self.is_working_day(day):
                yield day
            day += ONE_DAY

    @cached_property
    def _off(self) -> Mapping[date, SpecialDay]:
        return {special.day: special for special in self.days_off}

    @cached_property
    def _make_up(self) -> Mapping[date, SpecialDay]:
        return {special.day: special for special in self.make_up_days}

    def _check_known(self, day: date) -> None:
        if not self.first_year <= day.year <= self.last_year:
            raise LawError(
                f"lịch làm việc {self.id} chỉ biết các năm {self.first_year}–{self.last_year},"
                f" không biết năm {day.year}"
            )


def describe_day(day: date) -> str:
    """A day as people say it: `thứ Sáu 27/11/2026`."""
    return f"{WEEKDAYS[day.weekday()]} {day:%d/%m/%Y}"


def month_before(day: date) -> date:
    """The last day of the month before a day's."""
    return day.replace(day=1) - ONE_DAY
