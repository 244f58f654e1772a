"""What a rule may know besides the declaration itself."""

from dataclasses import dataclass
from datetime import datetime

from models.kernel.places import Places
from models.law.law import NumberPattern


@dataclass(frozen=True, kw_only=True)
class CheckContext:
    """The instant of checking, the prescribed forms of numbers, and the catalogue of places."""

    now: datetime
    patterns: tuple[NumberPattern, ...]
    places: Places
