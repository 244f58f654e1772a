"""What the facts of a form are read with: dated texts, reasons, and the names of agencies."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from models.documents.texts import FormTexts
from models.documents.words import with_kind
from models.kernel.base import AgencyId
from models.kernel.vocabulary import Holder
from models.law.law import Law

NO_BREAK = "\N{NO-BREAK SPACE}"
"""Keeps the name of a place on one line of a letterhead."""
HOLDER = {one: one.label for one in Holder} | {
    Holder.OUTAGE: "Gián đoạn kết nối (không tính cho cơ quan nào)"
}
"""On form 06 an outage says that it is counted for nobody."""


@dataclass(frozen=True, kw_only=True)
class Heading:
    """An agency at the top of a form, and in its sentences."""

    upper: str = ""
    name: str
    office: str


class PlaceNames(Protocol):
    """Who is called what on a day."""

    def name_of(self, commune: str, day: date) -> str | None:
        """The commune's Vietnamese name with its kind."""
        ...

    def province_of(self, commune: str, day: date) -> str | None:
        """The 2-digit code of the province the commune belongs to."""
        ...

    def province_name(self, province: str, day: date) -> str | None:
        """The province's Vietnamese name."""
        ...


@dataclass(frozen=True, kw_only=True)
class Reading:
    """Read once when a process starts."""

    book: FormTexts
    law: Law
    places: PlaceNames

    def holder_name(self, holder: str) -> str:
        """Who a holder is, in Vietnamese; an id nobody knows is shown as it is."""
        names: Mapping[str, str] = {agency.id: agency.name for agency in self.law.agencies}
        return names.get(holder) or {str(key): name for key, name in HOLDER.items()}.get(
            holder, holder
        )

    def office_of(self, agency: AgencyId, name: str, unit: str, day: date) -> Heading:
        """How a unit of an agency is named on a day; without a letterhead, by its name alone."""
        head = self.book.letterhead_on(agency, day)
        if head is None:
            return Heading(name=name, office=name)
        return Heading(
            upper=self._filled(head.upper, unit, day, space=NO_BREAK),
            name=self._filled(head.name, unit, day, space=NO_BREAK),
            office=self._filled(head.office, unit, day),
        )

    def _filled(self, line: str, unit: str, day: date, space: str = " ") -> str:
        commune = self.places.name_of(unit, day) or ""
        province = self.places.province_name(self.places.province_of(unit, day) or "", day) or ""
        for blank, name in (
            ("{commune}", with_kind(commune, "xã")),
            ("{province}", with_kind(province, "tỉnh")),
        ):
            line = line.replace(blank, name.replace(" ", space))
        return line.strip()
