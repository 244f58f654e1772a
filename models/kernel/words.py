"""How officials write an instant, and name a fund."""

from datetime import datetime

from models.kernel.base import vietnam_time
from models.kernel.vocabulary import Fund

FUND = {
    Fund.INSURANCE: "bảo hiểm xã hội",
    Fund.SOCIAL: "bảo trợ xã hội",
    Fund.NONE: "không có quỹ nào",
}


def official_time(instant: datetime) -> str:
    """Write an instant as officials do: 17:00 27/11/2026."""
    return f"{vietnam_time(instant):%H:%M %d/%m/%Y}"
