"""A world in which every commune exists and no number has a prescribed form."""

from datetime import date, datetime

from models.declarations.rules.context import CheckContext
from models.kernel.base import VIETNAM


class AnyPlace:
    """A catalogue that holds whatever is looked up."""

    def exists(self, _commune: str, _day: date) -> bool:
        return True

    def province_of(self, commune: str, _day: date) -> str | None:
        return commune[:2]


CONTEXT = CheckContext(
    now=datetime(2026, 11, 20, 9, 0, tzinfo=VIETNAM), patterns=(), places=AnyPlace()
)
