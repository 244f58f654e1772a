"""Vietnam's calendar from the `holidays` library, corrected by a dated file of our own."""

from collections.abc import Iterable, Mapping
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Self

from holidays.countries.vietnam import Vietnam
from pydantic import Field, model_validator

from adapters.law.files import parse, read_toml
from law import FOLDER as LAW_FOLDER
from models.kernel.base import Definition
from models.working_time.calendars import Calendar, SpecialDay

FIRST_YEAR, LAST_YEAR = 2015, 2035


class Statute(Definition):
    """The text public holidays rest on from a day on; with `holiday`, only the one so named."""

    valid_from: date
    document: str = Field(min_length=1)
    holiday: str = ""


class OfficialYear(Definition):
    """A year whose official calendar somebody has compared with ours."""

    year: int
    source: str = Field(min_length=1)


class Override(Definition):
    """One day decided by an authority: off or worked, whatever the library says."""

    day: date
    name: str = Field(min_length=1)
    source: str = Field(min_length=1)


class Overrides(Definition):
    """The content of `calendar/overrides.toml`."""

    statute: tuple[Statute, ...] = Field(min_length=1)
    official: tuple[OfficialYear, ...] = ()
    off: tuple[Override, ...] = ()
    worked: tuple[Override, ...] = ()

    @model_validator(mode="after")
    def _decided_once(self) -> Self:
        days = sorted(one.day for one in (*self.off, *self.worked))
        for one, other in pairwise(days):
            if one == other:
                raise ValueError(f"ngày {one:%d/%m/%Y} khai hai lần trong off, worked: bỏ bớt một")
        return self


def load_calendar(folder: Path = LAW_FOLDER) -> Calendar:
    """The calendar of the years we know, made in a few milliseconds; the caller keeps it.

    Raises:
        LawError: the override file is missing or wrong.
    """
    path = folder / "calendar" / "overrides.toml"
    return calendar_of(parse(path, Overrides, read_toml(path)))


def calendar_of(
    overrides: Overrides, *, first_year: int = FIRST_YEAR, last_year: int = LAST_YEAR
) -> Calendar:
    """The library's rule for each year; where the file says otherwise, the file wins."""
    years = range(first_year, last_year + 1)
    library = Vietnam(language="vi", years=years)  # type: ignore[no-untyped-call]  # the library's
    official = {year.year for year in overrides.official}
    computed = {day: name for day, name in library.items() if day.year in years}
    off = _special_days(computed, overrides.statute, official) | _decided(overrides.off)
    worked = _worked(library, official) | _decided(overrides.worked)
    return Calendar(
        id=f"vn-{first_year}-{last_year}",
        first_year=first_year,
        last_year=last_year,
        official_years=tuple(sorted(official)),
        days_off=tuple(off[day] for day in sorted(off.keys() - _decided(overrides.worked))),
        make_up_days=tuple(worked[day] for day in sorted(worked.keys() - _decided(overrides.off))),
    )


def _decided(days: Iterable[Override]) -> dict[date, SpecialDay]:
    return {one.day: SpecialDay(day=one.day, name=one.name, source=one.source) for one in days}


def _special_days(
    computed: Mapping[date, str], statutes: Iterable[Statute], official: set[int]
) -> dict[date, SpecialDay]:
    known = tuple(statutes)
    return {
        day: SpecialDay(
            day=day,
            name=name,
            source=_source(day, name, known),
            provisional=day.year not in official,
        )
        for day, name in computed.items()
    }


def _source(day: date, name: str, statutes: tuple[Statute, ...]) -> str:
    """The newest text in force; one that names the holiday goes before one for all of them."""
    fitting = [
        statute
        for statute in statutes
        if statute.valid_from <= day and name.startswith(statute.holiday)
    ]
    best = max(fitting, key=lambda statute: (bool(statute.holiday), statute.valid_from))
    return best.document


def _worked(library: Vietnam, official: set[int]) -> dict[date, SpecialDay]:
    return {
        day: SpecialDay(
            day=day,
            name="Làm bù",
            source="thư viện holidays",
            provisional=day.year not in official,
        )
        for day in library.weekend_workdays
        if day.year >= FIRST_YEAR
    }
