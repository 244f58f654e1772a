"""To be described."""

from datetime import date
from typing import Protocol, Self

from models.kernel.base import Message
from models.kernel.places import Places


class PlacesOfLists(Protocol):
    """What lists need to know of places, which change with the days."""

    def name_of(self, commune: str, day: date) -> str | None:
        """The commune's Vietnamese name."""
        ...

    def province_of(self, commune: str, day: date) -> str | None:
        """The 2-digit code of the province the commune belongs to."""
        ...

    def district_of(self, commune: str, day: date) -> str | None:
        """The 3-digit code of the commune's district; None: there is none, or it is not known."""
        ...

    def district_name(self, district: str, day: date) -> str | None:
        """The district's Vietnamese name."""
        ...


class ListPlace(Message):
    """Whose list a person comes onto: the district where there was one we know, else the commune.

    Taken from the administrative division of the reception day, and kept with the case.
    """

    code: str
    name: str
    commune: str
    district: str | None = None
    province: str | None = None

    @classmethod
    def on(cls, day: date, commune: str, places: PlacesOfLists) -> Self:
        """Where a commune's persons are listed on a day."""
        district = places.district_of(commune, day)
        name = places.district_name(district, day) if district else places.name_of(commune, day)
        code = district or commune
        return cls(
            code=code,
            name=name or code,
            commune=commune,
            district=district,
            province=places.province_of(commune, day),
        )


class NamedPlaces(Places, PlacesOfLists, Protocol):
    """A catalogue that also knows names, districts, and what dossier codes begin with."""

    def agency_code_of(self, commune: str, day: date) -> str:
        """The identification code that dossier codes begin with."""
        ...
