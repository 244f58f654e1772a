"""The office days around one limit, kept in history: with them time is told without a calendar."""

from datetime import date, datetime, time, timedelta
from typing import Self

from pydantic import Field

from models.kernel.base import Message, vietnam_time
from models.working_time.calendars import ONE_DAY, Calendar
from models.working_time.hours import NOTHING, at, open_spans
from models.working_time.terms import OfficeHours


class OfficeDays(Message):
    """When one office is open, from the day a limit is counted from to the day it ends."""

    first: date
    sessions: str = Field(pattern="^[012]*$")
    """For each day from the first on, how many of its two sessions the office keeps: one digit a
    day, so that a month costs thirty bytes. One session is a morning."""
    morning: tuple[time, time]
    afternoon: tuple[time, time]

    @classmethod
    def until(cls, due_at: datetime, first: date, calendar: Calendar, hours: OfficeHours) -> Self:
        """As the calendar in force has them.

        Raises:
            LawError: the calendar does not know a year on the way.
        """
        days = (vietnam_time(due_at).date() - first) // ONE_DAY + 1
        kept = (str(len(open_spans(first + n * ONE_DAY, calendar, hours))) for n in range(days))
        return cls(
            first=first,
            sessions="".join(kept),
            morning=hours.morning,
            afternoon=hours.afternoon,
        )

    def worked(self, start: datetime, end: datetime) -> timedelta:
        """How long the office was open between two instants; nothing outside the days kept."""
        begin, finish = vietnam_time(start), vietnam_time(end)
        spans = (span for number in range(len(self.sessions)) for span in self._open(number))
        inside = (min(until, finish) - max(since, begin) for since, until in spans)
        return sum((amount for amount in inside if amount > NOTHING), NOTHING)

    def _open(self, number: int) -> tuple[tuple[datetime, datetime], ...]:
        day = self.first + number * ONE_DAY
        spans = (self.morning, self.afternoon)[: int(self.sessions[number])]
        return tuple((at(day, since), at(day, until)) for since, until in spans)
