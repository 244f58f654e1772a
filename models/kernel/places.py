"""To be described."""

from datetime import date
from typing import Protocol


class Places(Protocol):
    """The catalogue of communes, which changes with the days."""

    def exists(self, commune: str, day: date) -> bool:
        """Whether a commune of this 5-digit code exists on that day."""
        ...

    def province_of(self, commune: str, day: date) -> str | None:
        """The 2-digit code of the province the commune belongs to on that day."""
        ...
