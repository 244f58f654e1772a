"""What time it is at the agencies: they live in the real world, so they read a real clock."""

from datetime import date, datetime

from models.kernel.base import VIETNAM


def now() -> datetime:
    """This instant, with Vietnam's offset."""
    return datetime.now(VIETNAM)  # noqa: TID251 - an agency has no workflow to ask for the time


def today() -> date:
    """This day in Vietnam, which is the day written on what an agency issues."""
    return now().date()
