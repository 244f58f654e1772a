"""A second opinion on working time: every minute of some years, open or closed, in one long row.

It shares no code, no type and no calendar with the module it judges. Instants are whole seconds
since the first midnight of the row, in Vietnam's time; days are numbered from that midnight.
"""

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from datetime import date

DAY = 24 * 60


@dataclass(frozen=True)
class Clock:
    """Office hours in minutes after midnight."""

    opens: int
    noon: int
    back: int
    closes: int
    saturday_morning: bool

    def minute_is_open(self, minute: int, *, works: bool, saturday_is_open: bool) -> bool:
        in_morning = self.opens <= minute < self.noon
        in_afternoon = self.back <= minute < self.closes
        return (works and (in_morning or in_afternoon)) or (saturday_is_open and in_morning)


class Row:
    """The minutes of an office, and what can be counted on them."""

    def __init__(
        self, first: date, last: date, *, off: set[date], worked: set[date], clock: Clock
    ) -> None:
        self.clock = clock
        self.works: list[bool] = []
        self.minutes = bytearray()
        kinds: dict[tuple[bool, bool], bytes] = {}
        for number in range((last - first).days + 1):
            day = date.fromordinal(first.toordinal() + number)
            works = day in worked or (day.isoweekday() <= 5 and day not in off)
            half = clock.saturday_morning and day.isoweekday() == 6 and day not in off
            self.works.append(works)
            kind = (works, half)
            if kind not in kinds:
                kinds[kind] = bytes(
                    clock.minute_is_open(minute, works=works, saturday_is_open=half)
                    for minute in range(DAY)
                )
            self.minutes += kinds[kind]
        self.open_minutes = [number for number, is_open in enumerate(self.minutes) if is_open]

    def is_open(self, second: int) -> bool:
        return bool(self.minutes[second // 60])

    def next_open(self, second: int) -> int:
        if self.is_open(second):
            return second
        return 60 * self.open_minutes[bisect_left(self.open_minutes, second // 60)]

    def between(self, start: int, end: int) -> int:
        """Open seconds: whole minutes counted in the row, and the cut ones at both ends."""
        if end <= start:
            return 0
        first, last = start // 60, end // 60
        if first == last:
            return (end - start) if self.minutes[first] else 0
        head = (60 - start % 60) if self.minutes[first] else 0
        tail = end % 60 if self.minutes[last] else 0
        return head + 60 * self.minutes.count(1, first + 1, last) + tail

    def add(self, start: int, seconds: int) -> int:
        """Use up the amount, open minute after open minute."""
        if seconds == 0:
            return start
        at = bisect_left(self.open_minutes, start // 60)
        if self.is_open(start):
            here = 60 - start % 60
            if seconds <= here:
                return start + seconds
            seconds -= here
            at += 1
        whole, rest = divmod(seconds - 1, 60)
        return 60 * self.open_minutes[at + whole] + rest + 1

    def subtract(self, end: int, seconds: int) -> int:
        """The same, backwards."""
        if seconds == 0:
            return end
        at = bisect_right(self.open_minutes, end // 60) - 1
        if self.is_open(end):
            here = end % 60
            if seconds <= here:
                return end - seconds
            seconds -= here
            at -= 1
        whole, rest = divmod(seconds - 1, 60)
        return 60 * (self.open_minutes[at - whole] + 1) - rest - 1

    def due(
        self, received: int, days: int, *, cut_off: int | None, reception_is_day_1: bool
    ) -> tuple[int, int]:
        """Crossing off days on a wall calendar: the day it counts from, and the second it ends."""
        day, clock = divmod(received, DAY * 60)
        ends_same_day = days == 0 or (reception_is_day_1 and days == 1)
        too_late = cut_off is not None and clock > cut_off
        if ends_same_day and clock > self.clock.closes * 60:
            too_late = True
        if too_late:
            day += 1
        while not self.works[day]:
            day += 1
        begins = day
        left = days - 1 if reception_is_day_1 and days else days
        while left:
            day += 1
            if self.works[day]:
                left -= 1
        return begins, (day * DAY + self.clock.closes) * 60

    def add_days(self, second: int, days: int) -> int:
        day, clock = divmod(second, DAY * 60)
        while days:
            towards = 1 if days > 0 else -1
            day += towards
            if self.works[day]:
                days -= towards
        return day * DAY * 60 + clock

    def days_between(self, first: int, last: int) -> int:
        return self.works[first + 1 : last + 1].count(True)
