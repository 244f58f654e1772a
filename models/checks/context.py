"""What a rule may know besides the declaration itself."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from models.law import NumberPattern


class Places(Protocol):
    """The catalogue of communes, which changes with the days."""

    def exists(self, commune: str, day: date) -> bool:
        """Whether a commune of this 5-digit code exists on that day."""
        ...

    def province_of(self, commune: str, day: date) -> str | None:
        """The 2-digit code of the province the commune belongs to on that day."""
        ...


@dataclass(frozen=True, kw_only=True)
class CheckContext:
    """The instant of checking, the prescribed forms of numbers, and the catalogue of places."""

    now: datetime
    patterns: tuple[NumberPattern, ...]
    places: Places
