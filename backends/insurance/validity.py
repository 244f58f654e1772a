"""How long a card for a child under six is valid."""

from calendar import monthrange
from datetime import date

AGE_LIMIT_YEARS = 6
SCHOOL_YEAR_STARTS = (9, 30)


def valid_to(born_on: date) -> date:
    """The day 72 months are reached; until 30/9 of that year where that day comes earlier."""
    reached = _years_later(born_on, AGE_LIMIT_YEARS)
    return max(reached, date(reached.year, *SCHOOL_YEAR_STARTS))


def _years_later(day: date, years: int) -> date:
    year = day.year + years
    return date(year, day.month, min(day.day, monthrange(year, day.month)[1]))
