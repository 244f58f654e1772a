"""Files of declarations: every form is read, every bad line is named by its place."""

import io
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workers.client.declaration_files import declarations_in, read_declarations

from harness.declaration_samples import DATA, birth

ONE = json.dumps(birth(), ensure_ascii=False)


def _sources(content: str, name: str = "tep.json") -> list[tuple[str, str]]:
    found = declarations_in(content.encode(), name)
    return [(one.source, one.findings[0].rule if one.findings else "") for one in found]


@pytest.mark.parametrize(
    ("name", "sources"),
    [
        ("birth.json", ["birth.json:1"]),
        ("birth_twins.jsonl", ["birth_twins.jsonl:1", "birth_twins.jsonl:2"]),
        ("hospital_notice.xml", ["hospital_notice.xml#1"]),
        ("hospital_death_notice.xml", ["hospital_death_notice.xml#1"]),
        ("death.json", ["death.json:1"]),
        ("hospital_notices.xml", ["hospital_notices.xml#1", "hospital_notices.xml#2"]),
    ],
)
def test_every_form_is_told_by_its_content(name: str, sources: list[str]) -> None:
    found = list(read_declarations(str(DATA / name)))

    assert [Path(one.source).name for one in found] == sources
    assert all(isinstance(one.raw, dict) and not one.findings for one in found)


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("", [("tep.json", "empty_file")]),
        ("\ufeff \n", [("tep.json", "empty_file")]),
        ("[]", [("tep.json", "empty_file")]),
        (f"\ufeff{ONE}", [("tep.json:1", "")]),
        (f"[{ONE}, {ONE}]", [("tep.json#1", ""), ("tep.json#2", "")]),
        (f"{ONE}\n\n{ONE}\n", [("tep.json:1", ""), ("tep.json:3", "")]),
        (f"{ONE}\n{{\n", [("tep.json:1", ""), ("tep.json:2", "not_json")]),
        ('{\n  "schema": birth\n}', [("tep.json:2", "not_json")]),
        ('{"a": NaN}', [("tep.json:1", "not_json")]),
        ('{"a": -Infinity}', [("tep.json:1", "not_json")]),
        ('{"a": 1, "a": 2}', [("tep.json:1", "not_json")]),
        ('{"a": {"b": 1, "b": 1}}', [("tep.json:1", "not_json")]),
        ('{"a": ' + "9" * 5000 + "}", [("tep.json:1", "not_json")]),
        ('{"a": ' + "[" * 100_000 + "}", [("tep.json:1", "not_json")]),
        ("<GIAYRAVIEN/>", [("tep.json", "wrong_root")]),
    ],
    ids=range(15),
)
def test_what_stands_where_is_said(content: str, expected: list[tuple[str, str]]) -> None:
    assert _sources(content) == expected


def test_a_bad_first_line_hides_no_later_one() -> None:
    assert _sources(f"không phải JSON\n{ONE}", "tep.jsonl") == [
        ("tep.jsonl:1", "not_json"),
        ("tep.jsonl:2", ""),
    ]


def test_bytes_that_are_no_text_are_a_finding() -> None:
    found = list(declarations_in(b"\xff\xfe{}", "tep.json"))

    assert [one.findings[0].rule for one in found] == ["not_utf8"]


def test_a_file_that_is_not_there_is_a_finding(tmp_path: Path) -> None:
    found = list(read_declarations(str(tmp_path / "none.json")))

    assert [one.findings[0].rule for one in found] == ["unreadable_file"]


def test_standard_input_is_read_for_a_hyphen(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(ONE.encode())))

    found = list(read_declarations("-"))

    assert [(one.source, one.raw) for one in found] == [("stdin:1", birth())]


@given(st.binary() | st.text().map(str.encode))
def test_no_content_raises_or_is_passed_over(content: bytes) -> None:
    assert list(declarations_in(content, "tep"))
