"""Declarations as they come in files: one JSON document, JSON lines, or hospital XML."""

import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn

from adapters.hospital.xml import read_hospital_file
from models.kernel.base import CaseId
from models.kernel.findings import Finding

STDIN = "-"
LINE_SUFFIXES = frozenset({".jsonl", ".ndjson"})


@dataclass(frozen=True, kw_only=True)
class FoundDeclaration:
    """One raw declaration, or what kept it from being read, with where it stood."""

    source: str
    """`file:line`, or `file#n` for the n-th of a list or of an XML file; never its content."""
    raw: object = None
    findings: tuple[Finding, ...] = ()
    wanted: tuple[str, ...] = ()
    """What a hospital notice leaves for the family to state."""
    is_from_hospital: bool = False
    case_id: CaseId | None = None
    """The id of the case, where a hospital notice fixes it before the family has said anything."""


class _UnreadableJsonError(ValueError):
    """JSON that Python would read and we do not; the message is for the citizen."""


def read_declarations(file: str) -> Iterator[FoundDeclaration]:
    """Read a file, or standard input for `-`; whatever is wrong with it comes as a finding."""
    name = "stdin" if file == STDIN else file
    try:
        content = sys.stdin.buffer.read() if file == STDIN else Path(file).read_bytes()
    except OSError:
        yield _bad(name, "unreadable_file", "Không đọc được tệp; hãy kiểm tra tên tệp và quyền đọc")
        return
    yield from declarations_in(content, name)


def declarations_in(content: bytes, name: str) -> Iterator[FoundDeclaration]:
    """Tell the three forms apart by what stands in the file, and read it."""
    if content.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
        yield from _hospital(content, name)
        return
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        yield _bad(name, "not_utf8", "Tệp phải được ghi bằng bảng mã UTF-8")
        return
    if not text.strip():
        yield _bad(name, "empty_file", "Tệp rỗng, không có tờ khai nào")
    elif _is_json_lines(text, name):
        yield from _lines(text, name)
    else:
        yield from _document(text, name)


def _hospital(content: bytes, name: str) -> Iterator[FoundDeclaration]:
    file = read_hospital_file(content)
    if file.findings:
        yield FoundDeclaration(source=name, findings=file.findings, is_from_hospital=True)
    for position, notice in enumerate(file.notices, start=1):
        yield FoundDeclaration(
            source=f"{name}#{position}",
            raw=notice.facts,
            findings=notice.findings,
            wanted=notice.wanted,
            is_from_hospital=True,
            case_id=notice.case_id,
        )


def _is_json_lines(text: str, name: str) -> bool:
    """Each line opens an object of its own; an indented document has lines that do not."""
    lines = [line for line in text.split("\n") if line.strip()]
    return Path(name).suffix in LINE_SUFFIXES or all(line.startswith("{") for line in lines)


def _lines(text: str, name: str) -> Iterator[FoundDeclaration]:
    for number, line in enumerate(text.split("\n"), start=1):
        if line.strip():
            yield _read(line, name, first_line=number)


def _document(text: str, name: str) -> Iterator[FoundDeclaration]:
    found = _read(text, name, first_line=1)
    if not isinstance(found.raw, list):
        yield found
        return
    if not found.raw:
        yield _bad(name, "empty_file", "Danh sách rỗng, không có tờ khai nào")
    for position, raw in enumerate(found.raw, start=1):
        yield FoundDeclaration(source=f"{name}#{position}", raw=raw)


def _read(text: str, name: str, *, first_line: int) -> FoundDeclaration:
    source = f"{name}:{first_line}"
    try:
        return FoundDeclaration(source=source, raw=_strict_json(text))
    except json.JSONDecodeError as error:
        line = first_line + error.lineno - 1
        message = f"Không phải JSON đúng cú pháp ở dòng {line}, cột {error.colno}"
        return _bad(f"{name}:{line}", "not_json", message)
    except _UnreadableJsonError as error:
        return _bad(source, "not_json", str(error))
    except (ValueError, RecursionError):
        return _bad(source, "not_json", "JSON có số quá dài hoặc lồng nhau quá sâu")


def _strict_json(text: str) -> object:
    return json.loads(text, parse_constant=_no_constant, object_pairs_hook=_no_key_twice)


def _no_constant(_name: str) -> NoReturn:
    raise _UnreadableJsonError("JSON không có các giá trị NaN và Infinity")


def _no_key_twice(pairs: list[tuple[str, object]]) -> dict[str, object]:
    """Of a key written twice one value would vanish in silence."""
    if len(keyed := dict(pairs)) < len(pairs):
        raise _UnreadableJsonError("Một trường được ghi hai lần trong cùng một đối tượng")
    return keyed


def _bad(source: str, rule: str, message: str) -> FoundDeclaration:
    finding = Finding(field="", rule=rule, message=message)
    return FoundDeclaration(source=source, findings=(finding,))
