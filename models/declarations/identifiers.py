"""How the numbers people and dossiers bear are written, read and matched against dated patterns."""

import re
from datetime import date
from enum import StrEnum
from typing import Self

from pydantic import Field, ValidationError
from typing_extensions import override

from models.kernel.base import AgencyId, CaseCode, Definition
from models.law.law import NumberPattern


class Sex(StrEnum):
    """Sex as civil status records it."""

    MALE = "male"
    FEMALE = "female"


PLACES_OF_REGISTRATION = frozenset(
    f"{code:03d}"
    for code in (
        *(1, 2, 4, 6, 8, 10, 11, 12, 14, 15, 17, 19, 20, 22, 24, 25, 26, 27, 30, 31, 33, 34),
        *(35, 36, 37, 38, 40, 42, 44, 45, 46, 48, 49, 51, 52, 54, 56, 58, 60, 62, 64, 66, 67),
        *(68, 70, 72, 74, 75, 77, 79, 80, 82, 83, 84, 86, 87, 89, 91, 92, 93, 94, 95, 96),
    )
)
"""The 63 provinces before 01/7/2025; numbers given out keep them, today's 34 reuse them."""

LAST_DOMESTIC_PLACE = "096"
NO_INSURANCE_NUMBER = "0000000000"
"""What a hospital writes when the person has no insurance number."""

_PERSONAL_NUMBER = re.compile(r"(\d{3})(\d)(\d{2})(\d{6})", re.ASCII)
_BIRTH_NOTICE = re.compile(r"\d{5}\.GCS\.([0-9A-Z]{5})\.(\d{2})", re.ASCII)
_AGENCY = r"[A-Z]\d{2}(?:\.\d{2,5}){0,4}|\d{3}(?:\.\d{2}){2}\.[A-Z]\d{2}"
_DOSSIER_CODE = re.compile(
    rf"(?P<agency>{_AGENCY})-(?P<day>\d{{6}})-(?P<sequence>\d{{4,7}})(?:-(?P<part>[1-9]\d?))?",
    re.ASCII,
)


class PersonalNumber(Definition):
    """What the 12 digits of a personal number say about its holder; it has no check digit."""

    place: str
    """Three digits: the province that registered the birth, or above 096 the country."""
    sex: Sex
    birth_year: int
    serial: str

    @property
    def is_born_abroad(self) -> bool:
        """Whether the place is a country and not a province."""
        return self.place > LAST_DOMESTIC_PLACE

    @property
    def has_known_place(self) -> bool:
        """Whether the place was ever given out."""
        return self.is_born_abroad or self.place in PLACES_OF_REGISTRATION


class DossierCode(Definition):
    """The code a citizen follows a case by; with a part, the code of one dossier of that case."""

    agency: AgencyId = Field(pattern=rf"^(?:{_AGENCY})$")
    """Electronic identification code of the receiving unit, in today's or the legacy form."""
    day: date
    """The day of reception."""
    sequence: str = Field(pattern=r"^[0-9]{4,7}$")
    part: int | None = Field(default=None, ge=1, le=99)

    @override
    def __str__(self) -> str:
        """Write the code as it stands on the receipt."""
        case = f"{self.agency}-{self.day:%y%m%d}-{self.sequence}"
        return case if self.part is None else f"{case}-{self.part}"

    @property
    def case_code(self) -> CaseCode:
        """The code of the case this dossier belongs to."""
        return CaseCode(str(self.dossier(None)))

    def dossier(self, part: int | None) -> Self:
        """Name the n-th dossier of the case; None names the case itself."""
        return self.model_copy(update={"part": part})


def read_personal_number(text: str) -> PersonalNumber | None:
    """Take a personal number apart; None unless it is exactly 12 digits."""
    match = _PERSONAL_NUMBER.fullmatch(text)
    if match is None:
        return None
    place, century, year, serial = match.groups()
    return PersonalNumber(
        place=place,
        sex=Sex.FEMALE if int(century) % 2 else Sex.MALE,
        birth_year=1900 + 100 * (int(century) // 2) + int(year),
        serial=serial,
    )


def read_dossier_code(text: str) -> DossierCode | None:
    """Take a case's or dossier's code apart, legacy form too; None if it is neither."""
    match = _DOSSIER_CODE.fullmatch(text)
    if match is None:
        return None
    year, month, day = (int(match["day"][at : at + 2]) for at in (0, 2, 4))
    try:
        return DossierCode(
            agency=AgencyId(match["agency"]),
            day=date(2000 + year, month, day),
            sequence=match["sequence"],
            part=int(match["part"]) if match["part"] else None,
        )
    except (ValueError, ValidationError):
        return None


def facility_in_notice(number: str) -> str | None:
    """The facility a birth notice's number names; None for a number written freely."""
    match = _BIRTH_NOTICE.fullmatch(number.upper())
    return match[1] if match else None


def year_in_notice(number: str) -> int | None:
    """The year a birth notice's number names; None for a number written freely."""
    match = _BIRTH_NOTICE.fullmatch(number.upper())
    return 2000 + int(match[2]) if match else None


def pattern_on(patterns: tuple[NumberPattern, ...], kind: str, day: date) -> NumberPattern | None:
    """The newest pattern in force for a number issued that day; None: nothing is prescribed."""
    in_force = [
        pattern
        for pattern in patterns
        if pattern.kind == kind
        and pattern.valid_from <= day
        and (pattern.valid_to is None or day <= pattern.valid_to)
    ]
    return max(in_force, key=lambda pattern: pattern.valid_from, default=None)


def is_written_as(pattern: NumberPattern, text: str) -> bool:
    """Whether the whole text has the prescribed form; only ASCII digits are digits."""
    return pattern.pattern is None or re.fullmatch(pattern.pattern, text, re.ASCII) is not None
