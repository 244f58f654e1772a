"""Hospital XML: its facts, what the family still states, and hostile files refused."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.hospital.merge import merge
from adapters.hospital.xml import MOST_BYTES, HospitalNotice, read_hospital_file
from models.declarations.rules.kinds import check_declaration

from harness.any_place import CONTEXT

DATA = Path(__file__).parent.parent / "data"
XML = (DATA / "hospital_notice.xml").read_bytes()
REST = json.loads((DATA / "hospital_notice_rest.json").read_text("utf-8"))
ENTITIES = "".join(f'<!ENTITY e{n} "&e{n - 1};&e{n - 1};&e{n - 1};">' for n in range(1, 40))


def _only(document: bytes) -> HospitalNotice:
    file = read_hospital_file(document)
    assert file.findings == ()
    return file.notices[0]


def _section(notice: HospitalNotice, name: str) -> dict[str, Any]:
    section = notice.facts[name]
    assert isinstance(section, dict)
    return section


def _with(element: str, text: str) -> bytes:
    """The sample with one element's text replaced."""
    before, _, tail = XML.partition(f"<{element}>".encode())
    return before + f"<{element}>{text}".encode() + tail[tail.index(b"</") :]


def test_a_notice_becomes_the_facts_of_a_declaration() -> None:
    assert _only(XML).facts == {
        "schema": "birth/1",
        "notice": {"number": "00417.GCS.01929.26", "facility": "01929", "issued_on": "2026-11-18"},
        "child": {
            "full_name": "LÊ HOÀNG MẪU",
            "sex": "male",
            "born_at": "2026-11-16T05:25:00+07:00",
            "birth_place": "Bệnh viện Phụ sản Mẫu",
            "weight_g": 3150,
            "births": 1,
            "birth_order": 1,
        },
        "mother": {
            "full_name": "PHẠM THỊ VÍ DỤ",
            "personal_number": "001195004321",
            "date_of_birth": "1995-03-14",
            "insurance_number": "0119500432",
        },
        "father": {"full_name": "LÊ VĂN THỬ"},
    }


def test_the_family_is_told_what_it_still_has_to_state() -> None:
    assert set(_only(XML).wanted) == {
        *("child.ethnicity", "child.nationality", "child.hometown", "father.personal_number"),
        *("declarant.personal_number", "declarant.full_name", "declarant.relation"),
        *("declarant.phone", "procedures", "reception.channel", "reception.commune"),
        *("registration.commune", "delivery.method"),
    }


def test_notice_and_family_together_are_a_sound_declaration() -> None:
    merged = merge(_only(XML).facts, REST)

    parsed = check_declaration("birth", merged.declaration, CONTEXT)

    assert merged.findings == ()
    assert parsed.findings == ()


def test_a_list_holds_a_notice_for_each_twin() -> None:
    file = read_hospital_file((DATA / "hospital_notices.xml").read_bytes())

    assert [notice.case_id for notice in file.notices] == [
        "birth/00418.GCS.01929.26",
        "birth/00419.GCS.01929.26",
    ]
    assert all("child.birth_order" in notice.wanted for notice in file.notices)


def test_ten_zeros_are_no_insurance_number() -> None:
    assert "insurance_number" not in _section(_only(_with("MA_BHXH_NND", "0000000000")), "mother")


def test_a_day_of_birth_without_a_time_leaves_the_time_to_the_family() -> None:
    notice = _only(_with("NGAY_SINH_CON", "20261116"))

    assert "born_at" not in _section(notice, "child")
    assert "child.born_at" in notice.wanted


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("202611160525", "2026-11-16T05:25:00+07:00"),
        ("20261116052530", "2026-11-16T05:25:30+07:00"),
        ("16/11/2026 05:25", "2026-11-16T05:25:00+07:00"),
    ],
)
def test_every_form_of_an_instant_is_read(written: str, read: str) -> None:
    assert _section(_only(_with("NGAY_SINH_CON", written)), "child")["born_at"] == read


@pytest.mark.parametrize("written", ["20261118", "18/11/2026", "202611181530"])
def test_every_form_of_a_day_is_read(written: str) -> None:
    assert _section(_only(_with("NGAY_CT", written)), "notice")["issued_on"] == "2026-11-18"


@pytest.mark.parametrize(("code", "sex"), [("1", "male"), ("2", "female")])
def test_sex_is_read_from_its_code(code: str, sex: str) -> None:
    assert _section(_only(_with("GIOI_TINH_CON", code)), "child")["sex"] == sex


@pytest.mark.parametrize(
    ("element", "text", "field"),
    [
        ("GIOI_TINH_CON", "3", "child.sex"),
        ("NGAY_SINH_CON", "20261316", "child.born_at"),
        ("NGAY_SINH_CON", "hôm qua", "child.born_at"),
        ("NGAY_CT", "31/02/2026", "notice.issued_on"),
        ("CAN_NANG_CON", "3,2 kg", "child.weight_g"),
    ],
)
def test_an_unreadable_element_is_named_without_its_value(
    element: str, text: str, field: str
) -> None:
    notice = _only(_with(element, text))

    assert [(one.field, one.rule) for one in notice.findings] == [(field, "unreadable_element")]
    assert element in notice.findings[0].message
    assert text not in notice.findings[0].message.replace("(nam) hoặc 2", "")


def test_a_passport_is_no_personal_number() -> None:
    notice = _only(_with("SO_CCCD_NND", "B1234567"))

    assert [(one.rule, one.severity.value) for one in notice.findings] == [
        ("other_document", "warning")
    ]
    assert "personal_number" not in _section(notice, "mother")


def test_an_old_notice_is_numbered_by_facility_year_book_and_number() -> None:
    old = XML.replace(b"<MA_GCS>00417.GCS.01929.26</MA_GCS>", b"")

    assert _only(old).case_id == "birth/01929.2026.05.417"


@pytest.mark.parametrize(
    ("document", "rule"),
    [
        (b'<!DOCTYPE x [<!ENTITY e0 "a">' + ENTITIES.encode() + b"]><x>&e39;</x>", "hostile_xml"),
        (b'<!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/passwd">]><x>&f;</x>', "hostile_xml"),
        (b'<!DOCTYPE x SYSTEM "http://127.0.0.1/x.dtd"><x/>', "hostile_xml"),
        (b"<!DOCTYPE GIAYCHUNGSINH><GIAYCHUNGSINH/>", "hostile_xml"),
        (b"<GIAYRAVIEN/>", "wrong_root"),
        (b"<x><GIAYCHUNGSINH/></x>", "wrong_root"),
        (b"<DSACH_GIAYBAOTU><GIAYCHUNGSINH/></DSACH_GIAYBAOTU>", "wrong_root"),
        (b"<DSACH_GIAYCHUNGSINH/>", "wrong_root"),
        (b"<GIAYCHUNGSINH>", "not_xml"),
        (b"", "not_xml"),
        (b"{}", "not_xml"),
        (b'<?xml version="1.0" encoding="no-such"?><GIAYCHUNGSINH/>', "not_xml"),
        (b"<GIAYCHUNGSINH>\xff\xfe</GIAYCHUNGSINH>", "not_xml"),
        (b"<GIAYCHUNGSINH>" + b" " * MOST_BYTES + b"</GIAYCHUNGSINH>", "too_large"),
        (b"<a>" * 140_000 + b"</a>" * 140_000, "wrong_root"),
    ],
)
def test_a_hostile_or_foreign_file_is_refused(document: bytes, rule: str) -> None:
    file = read_hospital_file(document)

    assert [one.rule for one in file.findings] == [rule]
    assert file.notices == ()


@given(st.binary())
def test_no_bytes_raise(document: bytes) -> None:
    file = read_hospital_file(document)

    assert bool(file.findings) != bool(file.notices)


@pytest.mark.parametrize(
    ("field", "stated", "contradicts"),
    [
        ("full_name", "Lê Tên Khác", False),
        ("sex", "female", True),
        ("sex", "male", False),
        ("sex", None, False),
        ("birth_place", "BỆNH VIỆN  Phụ sản Mẫu", False),
        ("born_at", "2026-11-15T22:25:00Z", False),
        ("born_at", "2026-11-16T05:26:00+07:00", True),
        ("weight_g", 3151, True),
    ],
)
def test_what_the_hospital_signed_is_not_stated_otherwise(
    field: str, stated: object, *, contradicts: bool
) -> None:
    rest: Any = {"child": {field: stated}}

    merged = merge(_only(XML).facts, rest)

    named = [(f"child.{field}", "contradicts_notice")] if contradicts else []
    assert [(one.field, one.rule) for one in merged.findings] == named
