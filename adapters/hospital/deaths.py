"""GIAYBAOTU: which element states which field of the declaration of a death."""

from collections.abc import Iterator, Mapping

from adapters.hospital.fields import NoticeForm, part_of, put
from adapters.hospital.values import (
    JsonObject,
    day,
    day_of_birth,
    instant,
    insurance_number,
    other_document,
    personal_number,
    sex,
    text,
)
from models.declarations.deaths import DeathDeclaration
from models.kernel.findings import Finding

NUMBERED_BY = ("facility", "year", "book", "number")


def _complete(facts: JsonObject, texts: Mapping[str, str]) -> None:
    """State what follows: a book is of the year its notices are issued in [assumed].

    A notice without a number of its book is known by the code the gateway gave it.
    """
    issued_on = part_of(facts, "notice").get("issued_on")
    if isinstance(issued_on, str):
        put(facts, "notice.year", int(issued_on[:4]))
    if "SO_BAOTU" not in texts and "MA_GBT" in texts:
        put(facts, "notice.number", text(texts["MA_GBT"]))


def _remarks(texts: Mapping[str, str]) -> Iterator[Finding]:
    return other_document("SO_GIAYTO", "deceased.personal_number", texts)


def _name(facts: JsonObject) -> tuple[str, ...] | None:
    notice = part_of(facts, "notice")
    parts = tuple(str(notice[part]) for part in NUMBERED_BY if part in notice)
    return parts if len(parts) == len(NUMBERED_BY) else None


DEATH_NOTICE = NoticeForm(
    element="GIAYBAOTU",
    lists=frozenset({"DSACH_GIAYBAOTU", "DANHSACH_GIAYBAOTU", "HOSO_GIAYBAOTU"}),
    model=DeathDeclaration,
    schema="death/1",
    fields=(
        ("MACSKCB", "notice.facility", text),
        ("QUYEN_SO", "notice.book", text),
        ("SO_BAOTU", "notice.number", text),
        ("NGAY_CAPGIAYBT", "notice.issued_on", day),
        ("HO_TEN", "deceased.full_name", text),
        ("GIOI_TINH", "deceased.sex", sex),
        ("SO_GIAYTO", "deceased.personal_number", personal_number),
        ("NGAY_SINH", "deceased.date_of_birth", day_of_birth),
        ("MA_BHXH", "deceased.insurance_number", insurance_number),
        ("NGAY_TV", "deceased.died_at", instant),
        ("NGUYENNHAN_TV", "cause_of_death", text),
    ),
    complete=_complete,
    remarks=_remarks,
    name=_name,
)
