"""How hospitals write values: one reader per form, none of which repeats what it could not read."""

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from typing import TypeAlias

from pydantic import JsonValue

from models.declarations.identifiers import NO_INSURANCE_NUMBER, Sex, read_personal_number
from models.kernel.base import VIETNAM
from models.kernel.findings import Finding, Severity

JsonObject: TypeAlias = dict[str, JsonValue]
Reader: TypeAlias = Callable[[str], JsonValue]

SEXES = {"1": Sex.MALE, "2": Sex.FEMALE}
"""GIOI_TINH, GIOI_TINH_CON: 1 male, 2 female [assumed]."""
DAYS = {r"[12]\d{7}": "%Y%m%d", r"\d{2}/\d{2}/[12]\d{3}": "%d/%m/%Y"}
INSTANTS = {
    r"[12]\d{11}": "%Y%m%d%H%M",
    r"[12]\d{13}": "%Y%m%d%H%M%S",
    r"\d{2}/\d{2}/[12]\d{3} \d{2}:\d{2}": "%d/%m/%Y %H:%M",
}
"""The forms the gateway uses; an event stated by day alone leaves its time to the family."""
YEAR_ALONE = re.compile(r"[12]\d{3}(?:0{4}(?:0{4})?)?", re.ASCII)
"""A date of birth of which only the year is known [assumed]."""


class UnreadableError(ValueError):
    """A value is not in a form the gateway allows; its message holds nothing of the value."""


def text(written: str) -> JsonValue:
    """Words, with single spaces."""
    return " ".join(written.split())


def sex(written: str) -> JsonValue:
    """The gateway's code of a sex."""
    if written not in SEXES:
        raise UnreadableError("giới tính phải là 1 (nam) hoặc 2 (nữ)")
    return SEXES[written].value


def whole(written: str) -> JsonValue:
    """A whole number, not negative."""
    if not re.fullmatch(r"\d{1,9}", written, re.ASCII):
        raise UnreadableError("phải là số nguyên")
    return int(written)


def personal_number(written: str) -> JsonValue:
    """None for another document's number; `other_document` says so."""
    return written if read_personal_number(written) else None


def insurance_number(written: str) -> JsonValue:
    """None for ten zeros."""
    return None if written == NO_INSURANCE_NUMBER else written


def day(written: str) -> JsonValue:
    """The day, also of an instant."""
    return _moment(written, DAYS | INSTANTS).date().isoformat()


def day_of_birth(written: str) -> JsonValue:
    """None where only the year is known: no day is made up."""
    return None if YEAR_ALONE.fullmatch(written) else day(written)


def instant(written: str) -> JsonValue:
    """None for a day without a time: no hour is made up."""
    if any(re.fullmatch(form, written, re.ASCII) for form in DAYS):
        _moment(written, DAYS)
        return None
    return _moment(written, INSTANTS).isoformat()


def other_document(element: str, field: str, texts: Mapping[str, str]) -> Iterator[Finding]:
    """Hospitals also write passports and old cards there; those are no personal numbers."""
    stated = texts.get(element)
    if stated is not None and read_personal_number(stated) is None:
        message = f"{element}: giấy tờ ghi ở đây không phải số định danh cá nhân 12 chữ số"
        yield Finding(
            field=field, rule="other_document", message=message, severity=Severity.WARNING
        )


def _moment(written: str, forms: Mapping[str, str]) -> datetime:
    for form, reading in forms.items():
        if re.fullmatch(form, written, re.ASCII):
            try:
                return datetime.strptime(written, reading).replace(tzinfo=VIETNAM)
            except ValueError:
                raise UnreadableError("ngày không có thật trên lịch") from None
    raise UnreadableError("ngày phải viết yyyymmdd, yyyymmddHHMM hoặc dd/mm/yyyy")
