"""What pydantic finds wrong with the structure, said in Vietnamese and without any of the input."""

import re
from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from typing import Any

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from models.declarations.rules.facts import model_in
from models.kernel.findings import Finding

_FIELD_LIKE = re.compile(r"[A-Za-z][A-Za-z0-9_]{0,39}", re.ASCII)
"""Only a key that looks like a field's name is repeated; another might be somebody's name."""

_SENTENCES: dict[str, tuple[str, str]] = {
    "missing": ("required", "Thiếu thông tin bắt buộc"),
    "extra_forbidden": ("unknown_field", "Mẫu khai không có trường này"),
    "invalid_key": ("unknown_field", "Tên trường phải là chuỗi ký tự"),
    "string_type": ("wrong_type", "Phải là chuỗi ký tự, đặt trong dấu ngoặc kép"),
    "string_unicode": ("wrong_type", "Có ký tự không đọc được (không phải Unicode hợp lệ)"),
    "string_too_short": ("blank", "Không được để trống"),
    "string_too_long": ("too_long", "Không được dài quá {max_length} ký tự"),
    "string_pattern_mismatch": ("wrong_form", "Không đúng dạng quy định: {pattern}"),
    "enum": ("not_allowed", "Phải là một trong các giá trị: {expected}"),
    "literal_error": ("not_allowed", "Phải là một trong các giá trị: {expected}"),
    "int_type": ("wrong_type", "Phải là số nguyên"),
    "bool_type": ("wrong_type", "Phải là true hoặc false"),
    "greater_than_equal": ("out_of_range", "Không được nhỏ hơn {ge}"),
    "less_than_equal": ("out_of_range", "Không được lớn hơn {le}"),
    "tuple_type": ("wrong_type", "Phải là một danh sách"),
    "too_short": ("too_few", "Phải có ít nhất {min_length} mục"),
    "too_long": ("too_many", "Không được quá {max_length} mục"),
    "model_type": ("wrong_type", "Phải là một đối tượng gồm các trường của mẫu khai"),
    "model_attributes_type": ("wrong_type", "Phải là một đối tượng gồm các trường của mẫu khai"),
    "timezone_aware": ("offset_required", "Phải ghi kèm múi giờ, ví dụ +07:00"),
}
_FAMILIES = (
    ("datetime_", ("not_an_instant", "Không phải ngày giờ có thật trên lịch")),
    ("date_", ("not_a_date", "Không phải ngày có thật trên lịch")),
)
_ANYTHING_ELSE = ("wrong_value", "Giá trị không hợp lệ")


def structural_findings(model: type[BaseModel], error: ValidationError) -> Iterator[Finding]:
    """One finding per wrong field, in the model's order as far as pydantic keeps it."""
    problems = error.errors(include_url=False)
    wrong_lists = {problem["loc"][:-1] for problem in problems if _is_in_a_list(problem)}
    for problem in problems:
        if problem["type"] != "too_short" or problem["loc"] not in wrong_lists:
            yield _finding(model, problem)


def _is_in_a_list(problem: ErrorDetails) -> bool:
    return bool(problem["loc"]) and isinstance(problem["loc"][-1], int)


def _finding(model: type[BaseModel], problem: ErrorDetails) -> Finding:
    rule, sentence = _rule_of(problem)
    if rule == "unknown_field":
        return _unknown_field(model, problem, sentence)
    path = ".".join(str(step) for step in problem["loc"])
    return Finding(field=path, rule=rule, message=sentence)


def _rule_of(problem: ErrorDetails) -> tuple[str, str]:
    context = _speakable(problem.get("ctx", {}))
    kind = "missing" if _is_null_where_needed(problem) else problem["type"]
    if kind in _SENTENCES:
        rule, sentence = _SENTENCES[kind]
        return rule, sentence.format_map(context)
    for prefix, answer in _FAMILIES:
        if kind.startswith(prefix):
            return answer
    return (kind, problem["msg"]) if kind in _OURS else _ANYTHING_ELSE


_OURS = frozenset(
    {
        "control_characters",
        "email_form",
        "facility_form",
        "name_form",
        "not_a_date",
        "not_an_instant",
    }
)
"""Raised by `models.declared_types`, which word them in Vietnamese themselves."""


def _is_null_where_needed(problem: ErrorDetails) -> bool:
    """Absent and null are one; a field we do not know stays unknown."""
    return problem["input"] is None and problem["type"] != "extra_forbidden"


def _speakable(context: Mapping[str, Any]) -> dict[str, Any]:  # Any: pydantic's error context
    """Name the allowed values as Vietnamese would list them."""
    spoken = dict(context)
    if "expected" in spoken:
        spoken["expected"] = str(spoken["expected"]).replace(" or ", ", ").replace("'", "")
    return spoken


def _unknown_field(model: type[BaseModel], problem: ErrorDetails, sentence: str) -> Finding:
    *parents, key = problem["loc"]
    shown = [str(key)] if _FIELD_LIKE.fullmatch(str(key)) else []
    known = _known_fields(model, parents)
    closest = get_close_matches(str(key).lower(), known, n=1) if shown else []
    hint = f"; có phải ý bạn là “{closest[0]}”?" if closest else ""
    path = ".".join(str(step) for step in (*parents, *shown))
    return Finding(field=path, rule="unknown_field", message=sentence + hint)


def _known_fields(model: type[BaseModel], steps: list[int | str]) -> list[str]:
    """Names the object at these steps may hold."""
    names = {field.alias or name: field for name, field in model.model_fields.items()}
    if not steps:
        return list(names)
    head, *rest = steps
    if isinstance(head, int):
        return _known_fields(model, rest)
    field = names.get(head)
    part = model_in(field.annotation) if field else None
    return _known_fields(part, rest) if part else []
