"""How officials write an instant, and name a fund."""

from datetime import datetime

from models.kernel.base import vietnam_time


def official_time(instant: datetime) -> str:
    """Write an instant as officials do: 17:00 27/11/2026."""
    return f"{vietnam_time(instant):%H:%M %d/%m/%Y}"
