"""When an invented child was born, its notice issued and its declaration received."""

import random  # noqa: TID251 - only a seeded random.Random is used
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from models.base import vietnam_time

_AGES = (
    (0.45, 0, 0),
    (0.15, 5, 45),
    (0.20, 2 * 60, 20 * 60),
    (0.10, 24 * 60, 48 * 60),
    (0.10, 4 * 24 * 60, 9 * 24 * 60),
)
"""Share of declarations received between so many minutes ago: of the last, some are late."""
_COUNTER_HOURS = ((time(7, 30), time(11, 30)), (time(13), time(17)))
_SATURDAY = 5


@dataclass(frozen=True, kw_only=True)
class Moments:
    """The days of one birth, each after the one before."""

    born_at: datetime
    notice_on: date
    received_at: datetime
    is_backdated: bool
    """Whether the declaration itself says when it was received."""

    @property
    def at_counter(self) -> bool:
        """Whether a counter was open when the declaration came in."""
        at = self.received_at
        return at.weekday() < _SATURDAY and any(a <= at.time() < b for a, b in _COUNTER_HOURS)


def moments(chance: random.Random, now: datetime, received_at: datetime | None = None) -> Moments:
    """A birth within the last month, declared now or within the last days, or when it is said."""
    (age,) = chance.choices(_AGES, weights=[share for share, _, _ in _AGES])
    minutes = chance.randint(*age[1:])
    received_at = received_at or vietnam_time(now).replace(microsecond=0) - timedelta(
        minutes=minutes
    )
    born_at = received_at - timedelta(days=chance.randint(3, 25), minutes=chance.randint(0, 1439))
    notice_on = born_at.date() + timedelta(days=chance.randint(0, 3))
    return Moments(
        born_at=born_at.replace(second=0),
        notice_on=notice_on,
        received_at=received_at,
        is_backdated=received_at < now.replace(microsecond=0),
    )
