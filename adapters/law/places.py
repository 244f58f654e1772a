"""Provinces and communes by date: today's from `vietnam_provinces`, older ones from `law/`."""

import json
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import TypeVar

from pydantic import Field
from vietnam_provinces import NESTED_DIVISIONS_JSON_PATH

from adapters.law.files import read_entries
from law import FOLDER as LAW_FOLDER
from models.kernel.errors import LawError
from models.kernel.legal_basis import Dated

REFORM = date(2025, 7, 1)
"""From this day on there are 34 provinces and no districts; the library knows only these."""


class Province(Dated):
    """A province as long as it exists, with its electronic identification code."""

    code: str = Field(pattern=r"^[0-9]{2}$")
    name: str
    agency_code: str = Field(pattern=r"^[A-Z][0-9]{2}$")
    source: str = Field(min_length=1)
    verified: bool = True


class District(Dated):
    """A district as long as it existed; since the reform there are none."""

    code: str = Field(pattern=r"^[0-9]{3}$")
    name: str
    province: str = Field(pattern=r"^[0-9]{2}$")
    valid_to: date
    source: str = Field(min_length=1)
    verified: bool = True


class Commune(Dated):
    """A commune as long as it exists under this code and name."""

    code: str = Field(pattern=r"^[0-9]{5}$")
    name: str
    province: str = Field(pattern=r"^[0-9]{2}$")
    district: str | None = Field(default=None, pattern=r"^[0-9]{3}$")
    """Its district before the reform, where we know it."""
    agency_code: str = ""
    """Its own electronic identification code, where it is known."""
    source: str = Field(min_length=1)
    verified: bool = True


Place = TypeVar("Place", Province, District, Commune)


class Places:
    """Who is where on a day. A code unknown on that day is None or False, never a guess."""

    def __init__(
        self,
        provinces: Iterable[Province],
        communes: Iterable[Commune],
        districts: Iterable[District] = (),
    ) -> None:
        self._provinces = _by_code(provinces)
        self._districts = _by_code(districts)
        self._communes = _by_code(communes)

    def exists(self, commune: str, day: date) -> bool:
        """Whether a commune bears this code on that day."""
        return self._commune(commune, day) is not None

    def province_of(self, commune: str, day: date) -> str | None:
        """The 2-digit code of the province a commune belongs to on that day."""
        found = self._commune(commune, day)
        return found.province if found else None

    def name_of(self, commune: str, day: date) -> str | None:
        """The commune's name on that day, with its kind: `Phường Ba Đình`."""
        found = self._commune(commune, day)
        return found.name if found else None

    def province_name(self, province: str, day: date) -> str | None:
        """The province's name on that day."""
        found = _on(self._provinces, province, day)
        return found.name if found else None

    def district_of(self, commune: str, day: date) -> str | None:
        """The 3-digit code of the district a commune belongs to on that day, where it is known."""
        found = self._commune(commune, day)
        return found.district if found else None

    def district_name(self, district: str, day: date) -> str | None:
        """The district's name on that day."""
        found = _on(self._districts, district, day)
        return found.name if found else None

    def agency_code_of(self, commune: str, day: date) -> str:
        """What its dossier codes begin with: its own code, or its province's with its number.

        Raises:
            LawError: no such commune on that day, or its province has no code in the law files.
        """
        found = self._commune(commune, day)
        province = found and _on(self._provinces, found.province, day)
        if not found or not province:
            raise LawError(
                f"places.toml: không có mã định danh cho xã {commune} ngày {day:%d/%m/%Y}"
            )
        return found.agency_code or f"{province.agency_code}.{found.code}"

    def communes(self, day: date) -> tuple[Commune, ...]:
        """Every commune known for a day, by code."""
        codes = sorted(self._communes)
        return tuple(found for code in codes if (found := self._commune(code, day)))

    def _commune(self, code: str, day: date) -> Commune | None:
        return _on(self._communes, code, day)


def load_places(folder: Path = LAW_FOLDER) -> Places:
    """Read all places once; the caller keeps them.

    Raises:
        LawError: `places.toml` is missing or wrong.
    """
    path = folder / "places.toml"
    ours = read_entries(path, "commune", Commune)
    return Places(
        provinces=read_entries(path, "province", Province),
        communes=(*ours, *_communes_of_library()),
        districts=read_entries(path, "district", District),
    )


def _communes_of_library() -> Iterator[Commune]:
    for province in json.loads(NESTED_DIVISIONS_JSON_PATH.read_text("utf-8")):
        for ward in province["wards"]:
            yield Commune.model_construct(
                code=f"{ward['code']:05d}",
                name=ward["name"],
                province=f"{province['code']:02d}",
                valid_from=REFORM,
                source="vietnam_provinces",
            )


def _by_code(places: Iterable[Place]) -> dict[str, list[Place]]:
    found: dict[str, list[Place]] = {}
    for place in places:
        found.setdefault(place.code, []).append(place)
    return found


def _on(places: dict[str, list[Place]], code: str, day: date) -> Place | None:
    """What bears the code on that day; our own file stands before the library."""
    return next((place for place in places.get(code, ()) if place.is_in_force(day)), None)
