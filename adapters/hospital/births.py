"""GIAYCHUNGSINH: which element states which field of the declaration of a birth."""

from collections.abc import Iterator, Mapping

from adapters.hospital.fields import NoticeForm, part_of, put
from adapters.hospital.values import (
    JsonObject,
    day,
    instant,
    insurance_number,
    other_document,
    personal_number,
    sex,
    text,
    whole,
)
from models.declarations.births import BirthDeclaration
from models.kernel.findings import Finding


def _complete(facts: JsonObject, texts: Mapping[str, str]) -> None:
    """State what follows: an only child is the first, an old notice bears its book's number."""
    child = part_of(facts, "child")
    if child.get("births") == 1:
        child["birth_order"] = 1
    if "SO" in texts and "MA_GCS" not in texts:
        year = str(part_of(facts, "notice").get("issued_on", ""))[:4]
        parts = (texts.get("MACSKCB"), year, texts.get("QUYEN_SO"), texts["SO"])
        put(facts, "notice.number", ".".join(part for part in parts if part))


def _remarks(texts: Mapping[str, str]) -> Iterator[Finding]:
    return other_document("SO_CCCD_NND", "mother.personal_number", texts)


def _name(facts: JsonObject) -> tuple[str, ...] | None:
    number = part_of(facts, "notice").get("number")
    return (number,) if isinstance(number, str) else None


BIRTH_NOTICE = NoticeForm(
    element="GIAYCHUNGSINH",
    lists=frozenset({"DSACH_GIAYCHUNGSINH", "DANHSACH_GIAYCHUNGSINH", "HOSO_GIAYCHUNGSINH"}),
    model=BirthDeclaration,
    schema="birth/1",
    fields=(
        ("MA_GCS", "notice.number", text),
        ("MACSKCB", "notice.facility", text),
        ("NGAY_CT", "notice.issued_on", day),
        ("TEN_CON", "child.full_name", text),
        ("GIOI_TINH_CON", "child.sex", sex),
        ("NGAY_SINH_CON", "child.born_at", instant),
        ("NOI_SINH_CON", "child.birth_place", text),
        ("CAN_NANG_CON", "child.weight_g", whole),
        ("SO_CON", "child.births", whole),
        ("HO_TEN_NND", "mother.full_name", text),
        ("SO_CCCD_NND", "mother.personal_number", personal_number),
        ("NGAYSINH_NND", "mother.date_of_birth", day),
        ("MA_BHXH_NND", "mother.insurance_number", insurance_number),
        ("HO_TEN_CHA", "father.full_name", text),
    ),
    complete=_complete,
    remarks=_remarks,
    name=_name,
)
