"""GIAYBAOTU: what a hospital's notice of a death states, and what is left to the family."""

import json
from pathlib import Path
from typing import Any

import pytest

from adapters.hospital.merge import merge
from adapters.hospital.xml import HospitalNotice, read_hospital_file
from models.declarations.rules.kinds import check_declaration

from harness.any_place import CONTEXT

DATA = Path(__file__).parent.parent / "data"
XML = (DATA / "hospital_death_notice.xml").read_bytes()
REST = json.loads((DATA / "hospital_death_notice_rest.json").read_text("utf-8"))


def _only(document: bytes) -> HospitalNotice:
    file = read_hospital_file(document)
    assert file.findings == ()
    return file.notices[0]


def _part(notice: HospitalNotice, name: str) -> dict[str, Any]:
    part = notice.facts[name]
    assert isinstance(part, dict)
    return part


def _with(element: str, text: str | None) -> bytes:
    """The sample with one element's text replaced, or without the element."""
    before, _, tail = XML.partition(f"<{element}>".encode())
    after = tail[tail.index(b"</") :]
    if text is None:
        return before + after.partition(b">")[2]
    return before + f"<{element}>{text}".encode() + after


def test_a_death_notice_becomes_the_facts_of_a_declaration() -> None:
    assert _only(XML).facts == {
        "schema": "death/1",
        "notice": {
            "facility": "01929",
            "year": 2026,
            "book": "02",
            "number": "153",
            "issued_on": "2026-11-18",
        },
        "deceased": {
            "full_name": "TRẦN VĂN MẪU",
            "sex": "male",
            "personal_number": "001048007654",
            "date_of_birth": "1948-02-09",
            "insurance_number": "0104800765",
            "died_at": "2026-11-17T21:10:00+07:00",
        },
        "cause_of_death": "Suy hô hấp",
    }


def test_the_family_of_the_deceased_is_told_what_it_still_has_to_state() -> None:
    assert set(_only(XML).wanted) == {
        *("deceased.place_of_death", "deceased.last_residence_commune"),
        *("declarant.personal_number", "declarant.full_name", "declarant.relation"),
        *("declarant.phone", "procedures", "reception.channel", "reception.commune"),
        *("registration.commune", "delivery.method"),
    }


def test_death_notice_and_family_together_are_a_sound_declaration() -> None:
    merged = merge(_only(XML).facts, REST)

    parsed = check_declaration("death", merged.declaration, CONTEXT)

    assert merged.findings == ()
    assert parsed.findings == ()


def test_the_case_of_a_death_notice_is_named_by_facility_year_book_and_number() -> None:
    assert _only(XML).case_id == "death/01929.2026.02.153"


@pytest.mark.parametrize("element", ["MACSKCB", "QUYEN_SO", "NGAY_CAPGIAYBT"])
def test_a_death_notice_that_lacks_a_part_of_its_name_fixes_no_case_id(element: str) -> None:
    notice = _only(_with(element, None))

    assert notice.case_id is None
    assert any(field.startswith("notice.") for field in notice.wanted)


def test_without_a_number_of_its_book_a_death_notice_is_known_by_the_gateways_code() -> None:
    notice = _only(_with("SO_BAOTU", None))

    assert notice.case_id == "death/01929.2026.02.0192926GBT000153"


def test_a_list_holds_many_deaths() -> None:
    listed = b"<DSACH_GIAYBAOTU>" + XML.partition(b"?>")[2] * 2 + b"</DSACH_GIAYBAOTU>"

    file = read_hospital_file(listed)

    assert [notice.case_id for notice in file.notices] == ["death/01929.2026.02.153"] * 2


@pytest.mark.parametrize("written", ["1948", "19480000", "194800000000"])
def test_of_a_year_of_birth_alone_no_day_is_made_up(written: str) -> None:
    notice = _only(_with("NGAY_SINH", written))

    assert notice.findings == ()
    assert "date_of_birth" not in _part(notice, "deceased")


def test_a_day_of_death_without_a_time_leaves_the_time_to_the_family() -> None:
    notice = _only(_with("NGAY_TV", "20261117"))

    assert "died_at" not in _part(notice, "deceased")
    assert "deceased.died_at" in notice.wanted


@pytest.mark.parametrize("document", [None, "CMND 010123456"])
def test_a_deceased_without_personal_number_is_known_by_name_and_date_of_birth(
    document: str | None,
) -> None:
    notice = _only(_with("SO_GIAYTO", document))

    assert "personal_number" not in _part(notice, "deceased")
    assert "deceased.personal_number" not in notice.wanted
    assert [one.rule for one in notice.findings] == (["other_document"] if document else [])


def test_a_deceased_with_neither_number_nor_date_of_birth_is_asked_for_one() -> None:
    unnumbered = _with("SO_GIAYTO", None).replace(b"<NGAY_SINH>19480209</NGAY_SINH>", b"")

    assert "deceased.personal_number" in _only(unnumbered).wanted


@pytest.mark.parametrize(
    ("element", "text", "field"),
    [
        ("GIOI_TINH", "nam", "deceased.sex"),
        ("NGAY_TV", "202613172110", "deceased.died_at"),
        ("NGAY_SINH", "1948-02-09", "deceased.date_of_birth"),
        ("NGAY_CAPGIAYBT", "31/02/2026", "notice.issued_on"),
    ],
)
def test_an_unreadable_element_of_a_death_notice_is_named_without_its_value(
    element: str, text: str, field: str
) -> None:
    notice = _only(_with(element, text))

    assert [(one.field, one.rule) for one in notice.findings] == [(field, "unreadable_element")]
    assert notice.findings[0].message.startswith(f"{element}: ")
    assert text not in notice.findings[0].message.replace("(nam)", "")


@pytest.mark.parametrize(
    ("path", "stated", "contradicts"),
    [
        ("deceased.full_name", "Trần Văn Khác", True),
        ("deceased.full_name", "Trần  Văn Mẫu", False),
        ("deceased.died_at", "2026-11-17T14:10:00Z", False),
        ("deceased.died_at", "2026-11-17T22:10:00+07:00", True),
        ("notice.number", "154", True),
        ("cause_of_death", "Tuổi già", True),
        ("cause_of_death", None, False),
    ],
)
def test_what_the_hospital_signed_of_a_death_is_not_stated_otherwise(
    path: str, stated: str | None, *, contradicts: bool
) -> None:
    section, _, field = path.partition(".")
    rest: Any = {section: {field: stated}} if field else {section: stated}

    merged = merge(_only(XML).facts, rest)

    named = [(path, "contradicts_notice")] if contradicts else []
    assert [(one.field, one.rule) for one in merged.findings] == named
