"""What the intake goes by: the law, the calendar, the places, and what is permitted here."""

from dataclasses import dataclass, field
from datetime import date
from typing import Protocol

from models.calendars import Calendar
from models.checks.context import Places
from models.law import Law
from models.lists import PlacesOfLists


class NamedPlaces(Places, PlacesOfLists, Protocol):
    """A catalogue that also knows names, districts, and what dossier codes begin with."""

    def agency_code_of(self, commune: str, day: date) -> str:
        """The identification code that dossier codes begin with."""
        ...


@dataclass(frozen=True, kw_only=True)
class Office:
    """Read once when a process starts; a case keeps what it was opened with."""

    law: Law
    calendar: Calendar
    places: NamedPlaces
    event_secret: bytes = field(repr=False)
    allow_plain_starts: bool = False
    allow_backdating: bool = False
