"""When somebody was born or died, the notice was issued and the declaration received."""

import random  # noqa: TID251 - only a seeded random.Random is used
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from models.kernel.base import vietnam_time

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
class Reception:
    """When a declaration comes in."""

    at: datetime
    is_backdated: bool
    """Whether the declaration itself says when it was received."""

    @property
    def at_counter(self) -> bool:
        """Whether a counter was open then."""
        return self.at.weekday() < _SATURDAY and any(
            opens <= self.at.time() < closes for opens, closes in _COUNTER_HOURS
        )


@dataclass(frozen=True, kw_only=True)
class Moments:
    """The days of one birth, each after the one before."""

    born_at: datetime
    notice_on: date
    reception: Reception


@dataclass(frozen=True, kw_only=True)
class LastMoments:
    """The days of one death, each after the one before."""

    died_at: datetime
    proof_on: date
    reception: Reception


def moments(chance: random.Random, now: datetime, received_at: datetime | None = None) -> Moments:
    """A birth within the last month, declared now or within the last days, or when it is said."""
    received = _reception(chance, now, received_at)
    age = timedelta(days=chance.randint(3, 25), minutes=chance.randint(0, 1439))
    born_at = received.at - age
    notice_on = born_at.date() + timedelta(days=chance.randint(0, 3))
    return Moments(born_at=born_at.replace(second=0), notice_on=notice_on, reception=received)


def last_moments(
    chance: random.Random, now: datetime, received_at: datetime | None = None
) -> LastMoments:
    """A death declared within the law's time, now or within the last days, or when it is said."""
    received = _reception(chance, now, received_at)
    age = timedelta(days=chance.randint(1, 9), minutes=chance.randint(0, 1439))
    died_at = received.at - age
    proof_on = died_at.date() + timedelta(days=chance.randint(0, 1))
    return LastMoments(died_at=died_at.replace(second=0), proof_on=proof_on, reception=received)


def _reception(chance: random.Random, now: datetime, received_at: datetime | None) -> Reception:
    (age,) = chance.choices(_AGES, weights=[share for share, _, _ in _AGES])
    minutes = chance.randint(*age[1:])
    at = received_at or vietnam_time(now).replace(microsecond=0) - timedelta(minutes=minutes)
    return Reception(at=at, is_backdated=at < now.replace(microsecond=0))
