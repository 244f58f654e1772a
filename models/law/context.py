"""What the intake goes by: the law, the calendar, the places, and what is permitted here."""

from dataclasses import dataclass, field

from models.law.law import Law
from models.law.places import NamedPlaces
from models.working_time.calendars import Calendar


@dataclass(frozen=True, kw_only=True)
class LegalContext:
    """Read once when a process starts; a case keeps what it was opened with."""

    law: Law
    calendar: Calendar
    places: NamedPlaces
    event_secret: bytes = field(repr=False)
    allow_plain_starts: bool = False
    allow_backdating: bool = False
