"""Reading a declaration: everything at once, in Vietnamese, nothing raised, nothing repeated."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.declarations.births import BirthDeclaration
from models.declarations.parse import MOST_FINDINGS
from models.declarations.rules.kinds import DECLARATIONS, check_declaration, group_of
from models.kernel.base import GroupId

from harness.declaration_samples import CONTEXT, birth, said, spoilt

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=20,
)


def _paths(value: Any, prefix: str = "") -> list[str]:  # Any: JSON
    steps = value.items() if isinstance(value, dict) else enumerate(value)
    here = [(f"{prefix}{step}", inner) for step, inner in steps]
    deeper = [_paths(inner, f"{path}.") for path, inner in here if isinstance(inner, dict | list)]
    return [path for path, _ in here] + [path for paths in deeper for path in paths]


SAMPLES = ("birth", "death")
FIELDS = [(group, path) for group in SAMPLES for path in _paths(birth(f"{group}.json"))]


def test_every_wrong_field_is_named_at_once() -> None:
    raw = spoilt(
        ("child.born_at", "2026-12-01T00:00:00+07:00"),
        ("child.sex", "boy"),
        ("declarant.phone", "113"),
        ("procedures.2", "issue_crd"),
        ("residence.consent", False),
        ("delivery", None),
        ("mother.ful_name", "Phạm Thị Ví Dụ"),
    )

    parsed = check_declaration("birth", raw, CONTEXT)

    assert {(one.field, one.rule) for one in parsed.errors} == {
        ("child.born_at", "not_in_future"),
        ("child.sex", "not_allowed"),
        ("declarant.phone", "phone_form"),
        ("procedures.2", "not_allowed"),
        ("residence.consent", "consent_required"),
        ("delivery", "required"),
        ("mother.ful_name", "unknown_field"),
        ("notice.issued_on", "before_birth"),
    }


def test_a_future_birth_is_refused_in_the_words_of_the_interface() -> None:
    raw = spoilt(("child.born_at", "2026-11-20T09:00:01+07:00"))

    findings = check_declaration("birth", raw, CONTEXT).findings

    assert findings[-1].model_dump() == {
        "field": "child.born_at",
        "rule": "not_in_future",
        "message": "Ngày sinh không được ở tương lai",
        "severity": "error",
    }


@pytest.mark.parametrize(("group", "path"), [one for one in FIELDS if one[1][-1].isalpha()])
def test_a_misspelt_field_never_vanishes(group: str, path: str) -> None:
    *steps, last = path.split(".")
    parent = ".".join([*steps, f"{last}x"])

    parsed = check_declaration(group, spoilt((parent, None), sample=f"{group}.json"), CONTEXT)

    assert said(parsed.errors) == [(parent, "unknown_field", "error")]
    assert f"“{last}”" in parsed.errors[0].message


@pytest.mark.parametrize(
    ("path", "value", "rule"),
    [
        ("child.born_at", "2026-11-16T05:25:00", "offset_required"),
        ("child.born_at", 1_763_245_500, "not_an_instant"),
        ("child.born_at", "1763245500", "not_an_instant"),
        ("child.born_at", "2026-02-30T05:25:00+07:00", "not_an_instant"),
        ("child.born_at", "9999-12-31T23:59:00-12:00", "not_an_instant"),
        ("child.full_name", "", "blank"),
        ("child.full_name", "   ", "blank"),
        ("child.full_name", 5, "wrong_type"),
        ("child.full_name", None, "required"),
        ("child.full_name", "Lê" * 101, "too_long"),
        ("child.full_name", "Lê\x00Mẫu", "control_characters"),
        ("child.full_name", "Lê \ud800", "wrong_type"),
        ("child.weight_g", "3150", "wrong_type"),
        ("child.weight_g", 3150.0, "wrong_type"),
        ("child.weight_g", True, "wrong_type"),
        ("child.weight_g", 0, "out_of_range"),
        ("child.weight_g", float("nan"), "wrong_type"),
        ("child.births", 10**30, "out_of_range"),
        ("child.births", 99, "out_of_range"),
        ("mother.date_of_birth", "14/03/1995", "not_a_date"),
        ("mother.date_of_birth", 19950314, "not_a_date"),
        ("mother.date_of_birth", "1995-02-30", "not_a_date"),
        ("mother", "Phạm Thị Ví Dụ", "wrong_type"),
        ("child", [], "wrong_type"),
        ("procedures", "register_birth", "wrong_type"),
        ("procedures", ["register_birth"] * 30, "too_many"),
        ("residence.consent", 1, "wrong_type"),
    ],
)
def test_a_field_of_the_wrong_form_is_named_with_its_rule(
    path: str, value: object, rule: str
) -> None:
    raw = spoilt((path, value))

    parsed = check_declaration("birth", raw, CONTEXT)

    assert (path, rule, "error") in said(parsed.errors)


@pytest.mark.parametrize("raw", [None, [], "birth/1", 5, float("nan"), True])
def test_what_is_no_object_is_one_finding(raw: object) -> None:
    parsed = check_declaration("birth", raw, CONTEXT)

    assert said(parsed.findings) == [("", "not_an_object", "error")]


def test_an_empty_object_lacks_every_required_part() -> None:
    parsed = check_declaration("birth", {}, CONTEXT)

    required = {one.field for one in parsed.errors if one.rule == "required"}
    assert required == {
        *("schema", "child", "mother", "declarant", "procedures"),
        *("reception", "registration", "delivery"),
    }


def test_a_group_nobody_knows_is_a_finding() -> None:
    parsed = check_declaration("marriage", birth(), CONTEXT)

    assert said(parsed.findings) == [("schema", "unknown_group", "error")]


@pytest.mark.parametrize("raw", [{"schema": "marriage/1"}, {"schema": 1}, {}, None, []])
def test_no_group_is_guessed(raw: object) -> None:
    assert group_of(raw) is None


def test_a_flood_of_unknown_fields_is_answered_briefly() -> None:
    raw = birth() | {f"field_{number}": number for number in range(5000)}

    parsed = check_declaration("birth", raw, CONTEXT)

    assert len(parsed.findings) == MOST_FINDINGS + 1
    assert parsed.declaration is None


def test_a_key_that_may_be_a_name_is_not_repeated() -> None:
    raw = spoilt(("mother.Phạm Thị Ví Dụ", "001195004321"))

    parsed = check_declaration("birth", raw, CONTEXT)

    assert said(parsed.findings) == [("mother", "unknown_field", "error")]


@pytest.mark.parametrize("key", ["\ud800", "", "a.b", "0", "child\n", "x" * 10_000])
@pytest.mark.parametrize("section", [(), ("mother",)])
def test_a_strange_key_is_a_finding_and_not_repeated(section: tuple[str, ...], key: str) -> None:
    raw = birth()
    (raw[section[0]] if section else raw)[key] = 1

    parsed = check_declaration("birth", raw, CONTEXT)

    assert parsed.errors
    assert {one.field for one in parsed.errors} <= {"", "mother"}


def test_deep_nesting_is_refused_like_any_wrong_value() -> None:
    deep: object = "đáy"
    for _ in range(50_000):
        deep = [deep]

    parsed = check_declaration("birth", spoilt(("child.full_name", deep)), CONTEXT)

    assert said(parsed.errors) == [("child.full_name", "wrong_type", "error")]


@given(st.sampled_from(SAMPLES), JSON)
def test_no_input_raises(group: str, raw: object) -> None:
    parsed = check_declaration(group, raw, CONTEXT)

    assert parsed.declaration is None
    assert parsed.errors


@given(st.sampled_from(FIELDS), JSON)
def test_no_value_in_any_field_raises_or_is_neither_taken_nor_refused(
    field: tuple[str, str], value: object
) -> None:
    group, path = field

    parsed = check_declaration(group, spoilt((path, value), sample=f"{group}.json"), CONTEXT)

    assert (parsed.declaration is None) == bool(parsed.errors)


@given(st.lists(st.sampled_from(FIELDS), min_size=1, max_size=6, unique=True))
def test_no_value_of_the_input_is_in_a_finding(fields: list[tuple[str, str]]) -> None:
    secret, group = "Bímật8429", fields[0][0]
    raw = spoilt(("schema", secret), sample=f"{group}.json")
    for path in (path for of, path in fields if of == group):
        try:
            raw = _with(raw, path, secret)
        except (KeyError, TypeError, IndexError):
            continue

    findings = check_declaration(group, raw, CONTEXT).findings

    assert findings
    assert secret not in "".join(one.model_dump_json() for one in findings)


def _with(raw: dict[str, Any], path: str, value: object) -> dict[str, Any]:  # Any: JSON
    copied: dict[str, Any] = json.loads(json.dumps(raw))
    *steps, last = path.split(".")
    part: Any = copied
    for step in steps:
        part = part[int(step) if step.isdigit() else step]
    part[int(last) if last.isdigit() else last] = value
    return copied


def test_a_declaration_shows_nobody_when_printed() -> None:
    declaration = BirthDeclaration.model_validate(birth())

    assert f"{declaration} {declaration!r} {declaration.child!r}".count("Lê") == 0


@pytest.mark.parametrize("group", DECLARATIONS)
def test_every_field_of_a_declaration_is_documented(group: GroupId) -> None:
    schema = DECLARATIONS[group].model.model_json_schema()

    parts = [schema, *(part for part in schema["$defs"].values() if "properties" in part)]
    silent = [
        f"{part['title']}.{name}"
        for part in parts
        for name, field in part["properties"].items()
        if "description" not in field
    ]
    assert silent == []


@pytest.mark.parametrize("group", SAMPLES)
def test_what_was_read_is_written_as_it_was_declared(group: str) -> None:
    raw = birth(f"{group}.json")

    declaration = DECLARATIONS[GroupId(group)].model.model_validate(raw)

    assert json.loads(declaration.model_dump_json()) == raw | {"substitute_evidence": None}
