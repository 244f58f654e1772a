"""Which element of a GIAYCHUNGSINH states which field of a declaration, and in what form."""

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from typing import TypeAlias

from pydantic import BaseModel, JsonValue

from models.base import VIETNAM
from models.checks.facts import model_in
from models.declarations import Person
from models.findings import Finding, Severity
from models.identifiers import NO_INSURANCE_NUMBER, Sex, read_personal_number

JsonObject: TypeAlias = dict[str, JsonValue]

SEXES = {"1": Sex.MALE, "2": Sex.FEMALE}
"""GIOI_TINH_CON: 1 male, 2 female [assumed]."""
DAYS = {r"[12]\d{7}": "%Y%m%d", r"\d{2}/\d{2}/[12]\d{3}": "%d/%m/%Y"}
INSTANTS = {
    r"[12]\d{11}": "%Y%m%d%H%M",
    r"[12]\d{13}": "%Y%m%d%H%M%S",
    r"\d{2}/\d{2}/[12]\d{3} \d{2}:\d{2}": "%d/%m/%Y %H:%M",
}
"""The forms the gateway uses; a birth stated by day alone leaves its time to the family."""


class _UnreadableError(ValueError):
    """A value is not in a form the gateway allows; its message holds nothing of the value."""


def facts_in(texts: Mapping[str, str]) -> tuple[JsonObject, tuple[Finding, ...]]:
    """Turn the elements of one notice into a partial declaration."""
    facts: JsonObject = {"schema": "birth/1"}
    findings: list[Finding] = []
    for element, path, read in _FIELDS:
        if element not in texts:
            continue
        try:
            _put(facts, path, read(texts[element]))
        except _UnreadableError as error:
            message = f"{element}: {error}"
            findings.append(Finding(field=path, rule="unreadable_element", message=message))
    _complete(facts, texts)
    return facts, (*findings, *_document_numbers(texts))


def stated_number(facts: JsonObject) -> str | None:
    """The notice's number, if the hospital wrote one."""
    notice = facts.get("notice")
    number = notice.get("number") if isinstance(notice, dict) else None
    return number if isinstance(number, str) else None


def wanted_fields(
    model: type[BaseModel], facts: Mapping[str, JsonValue], prefix: str = ""
) -> Iterator[str]:
    """Dotted paths of what the model requires and the facts do not say."""
    for name, field in model.model_fields.items():
        key, part = field.alias or name, model_in(field.annotation)
        said = facts.get(key)
        if part and (isinstance(said, dict) or field.is_required()):
            known = said if isinstance(said, dict) else {}
            yield from wanted_fields(part, known, f"{prefix}{key}.")
        elif said is None and field.is_required():
            yield f"{prefix}{key}"
    if model is Person and not {"personal_number", "date_of_birth"} & set(facts):
        yield f"{prefix}personal_number"


def _put(facts: JsonObject, path: str, value: JsonValue) -> None:
    section, _, field = path.partition(".")
    part = facts.setdefault(section, {})
    if value is not None and isinstance(part, dict):
        part[field] = value


def _complete(facts: JsonObject, texts: Mapping[str, str]) -> None:
    """State what follows: an only child is the first, an old notice bears its book's number."""
    child, notice = facts.get("child"), facts.get("notice")
    if isinstance(child, dict) and child.get("births") == 1:
        child["birth_order"] = 1
    if "SO" in texts and "MA_GCS" not in texts:
        year = str(notice.get("issued_on", ""))[:4] if isinstance(notice, dict) else ""
        parts = (texts.get("MACSKCB"), year, texts.get("QUYEN_SO"), texts["SO"])
        _put(facts, "notice.number", ".".join(part for part in parts if part))


def _document_numbers(texts: Mapping[str, str]) -> Iterator[Finding]:
    """Hospitals also write passports and old cards there; those are no personal numbers."""
    stated = texts.get("SO_CCCD_NND")
    if stated is not None and read_personal_number(stated) is None:
        message = "SO_CCCD_NND: giấy tờ ghi ở đây không phải số định danh cá nhân 12 chữ số"
        yield Finding(
            field="mother.personal_number",
            rule="other_document",
            message=message,
            severity=Severity.WARNING,
        )


def _text(text: str) -> JsonValue:
    return " ".join(text.split())


def _sex(text: str) -> JsonValue:
    if text not in SEXES:
        raise _UnreadableError("giới tính phải là 1 (nam) hoặc 2 (nữ)")
    return SEXES[text].value


def _whole(text: str) -> JsonValue:
    if not re.fullmatch(r"\d{1,9}", text, re.ASCII):
        raise _UnreadableError("phải là số nguyên")
    return int(text)


def _personal_number(text: str) -> JsonValue:
    return text if read_personal_number(text) else None


def _insurance_number(text: str) -> JsonValue:
    return None if text == NO_INSURANCE_NUMBER else text


def _day(text: str) -> JsonValue:
    return _moment(text, DAYS | INSTANTS).date().isoformat()


def _instant(text: str) -> JsonValue:
    """None for a day without a time: no hour is made up."""
    if any(re.fullmatch(form, text, re.ASCII) for form in DAYS):
        _moment(text, DAYS)
        return None
    return _moment(text, INSTANTS).isoformat()


def _moment(text: str, forms: Mapping[str, str]) -> datetime:
    for form, reading in forms.items():
        if re.fullmatch(form, text, re.ASCII):
            try:
                return datetime.strptime(text, reading).replace(tzinfo=VIETNAM)
            except ValueError:
                raise _UnreadableError("ngày không có thật trên lịch") from None
    raise _UnreadableError("ngày phải viết yyyymmdd, yyyymmddHHMM hoặc dd/mm/yyyy")


_FIELDS: tuple[tuple[str, str, Callable[[str], JsonValue]], ...] = (
    ("MA_GCS", "notice.number", _text),
    ("MACSKCB", "notice.facility", _text),
    ("NGAY_CT", "notice.issued_on", _day),
    ("TEN_CON", "child.full_name", _text),
    ("GIOI_TINH_CON", "child.sex", _sex),
    ("NGAY_SINH_CON", "child.born_at", _instant),
    ("NOI_SINH_CON", "child.birth_place", _text),
    ("CAN_NANG_CON", "child.weight_g", _whole),
    ("SO_CON", "child.births", _whole),
    ("HO_TEN_NND", "mother.full_name", _text),
    ("SO_CCCD_NND", "mother.personal_number", _personal_number),
    ("NGAYSINH_NND", "mother.date_of_birth", _day),
    ("MA_BHXH_NND", "mother.insurance_number", _insurance_number),
    ("HO_TEN_CHA", "father.full_name", _text),
)
