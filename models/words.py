"""How officials write an instant."""

from datetime import datetime

from models.base import vietnam_time


def moment(instant: datetime) -> str:
    """Write an instant as officials do: 17:00 27/11/2026."""
    return f"{vietnam_time(instant):%H:%M %d/%m/%Y}"
