"""Every rule over a birth's declaration: one change, the field it is about, the rule it breaks."""

from typing import Any

import pytest

from models.declarations.rules.kinds import check_declaration

from harness.declaration_samples import CONTEXT, birth, said, spoilt

OTHER_FATHER = {"full_name": "Lê Văn Thử"}
EVIDENCE = {"kind": "witness", "description": "Văn bản làm chứng", "issued_on": "2026-11-17"}

ERRORS: list[tuple[list[tuple[str, Any]], str, str]] = [
    (
        [("child.born_at", "2026-11-20T09:00:01+07:00"), ("notice.issued_on", "2026-11-20")],
        "child.born_at",
        "not_in_future",
    ),
    ([("child.born_at", "2008-11-20T08:00:00+07:00")], "child.born_at", "too_long_ago"),
    ([("child.birth_order", 2)], "child.birth_order", "birth_order_exceeds_births"),
    ([("child.full_name", "Lê Hoàng 2")], "child.full_name", "name_form"),
    ([("child.nationality", "Việt Nam")], "child.nationality", "wrong_form"),
    ([("notice.issued_on", "2026-11-15")], "notice.issued_on", "before_birth"),
    ([("notice.issued_on", "2026-11-21")], "notice.issued_on", "not_in_future"),
    ([("notice.facility", "01930")], "notice.facility", "facility_mismatch"),
    ([("notice.facility", "1929")], "notice.facility", "facility_form"),
    ([("notice.number", "417")], "notice.number", "birth_notice_form"),
    ([("notice", None)], "notice", "notice_or_substitute"),
    ([("substitute_evidence", EVIDENCE)], "substitute_evidence", "notice_or_substitute"),
    (
        [("notice", None), ("substitute_evidence", EVIDENCE | {"issued_on": "2026-11-15"})],
        "substitute_evidence.issued_on",
        "before_birth",
    ),
    ([("mother", None), ("residence.follows", "father")], "mother", "required"),
    ([("mother.personal_number", "00119500432")], "mother.personal_number", "personal_number_form"),
    (
        [("mother.personal_number", "٠٠١١٩٥٠٠٤٣٢١")],
        "mother.personal_number",
        "personal_number_form",
    ),
    ([("mother.insurance_number", "12345")], "mother.insurance_number", "insurance_number_form"),
    ([("mother.date_of_birth", "2026-11-16")], "mother.date_of_birth", "born_after_child"),
    ([("father", OTHER_FATHER)], "father.personal_number", "identity_incomplete"),
    (
        [("mother", {"full_name": "Phạm Thị Ví Dụ"})],
        "mother.personal_number",
        "identity_incomplete",
    ),
    ([("declarant.personal_number", "8")], "declarant.personal_number", "personal_number_form"),
    (
        [("declarant.personal_number", "008092001235")],
        "declarant.personal_number",
        "relation_mismatch",
    ),
    ([("father", None)], "declarant.relation", "parent_not_named"),
    ([("declarant.phone", "0123456789")], "declarant.phone", "phone_form"),
    ([("declarant.email", "không có")], "declarant.email", "email_form"),
    ([("procedures", [])], "procedures", "too_few"),
    ([("procedures.1", "register_birth"), ("residence", None)], "procedures.1", "duplicate"),
    (
        [("procedures", ["register_residence", "issue_card"])],
        "procedures",
        "required_procedure",
    ),
    ([("residence", None)], "residence", "section_required"),
    ([("card", None)], "card", "section_required"),
    ([("procedures", ["register_birth", "issue_card"])], "residence", "section_not_asked"),
    ([("residence.consent", False)], "residence.consent", "consent_required"),
    ([("residence.consent", "true")], "residence.consent", "wrong_type"),
    (
        [("residence.householder_personal_number", "1")],
        "residence.householder_personal_number",
        "personal_number_form",
    ),
    ([("residence.commune", "00005")], "residence.commune", "unknown_commune"),
    ([("reception.commune", "4")], "reception.commune", "commune_form"),
    ([("registration.commune", "99999")], "registration.commune", "unknown_commune"),
    (
        [("reception.received_at", "2026-11-20T09:06:00+07:00")],
        "reception.received_at",
        "not_in_future",
    ),
    ([("delivery.method", "counter")], "delivery.commune", "required"),
    (
        [("delivery.method", "post"), ("delivery.commune", "00004")],
        "delivery.address",
        "required",
    ),
    ([("schema", "birth/2")], "schema", "not_allowed"),
]

WARNINGS: list[tuple[list[tuple[str, Any]], str, str]] = [
    (
        [
            ("child.born_at", "2026-09-20T08:00:00+07:00"),
        ],
        "child.born_at",
        "late_registration",
    ),
    ([("child.weight_g", 32)], "child.weight_g", "weight_implausible"),
    ([("notice.number", "00417.GCS.01929.25")], "notice.issued_on", "notice_year_mismatch"),
    ([("mother.personal_number", "001095004321")], "mother.personal_number", "sex_mismatch"),
    ([("mother.personal_number", "003195004321")], "mother.personal_number", "unknown_place_code"),
    ([("mother.date_of_birth", "1996-03-14")], "mother.date_of_birth", "birth_year_mismatch"),
    (
        [("mother.insurance_number", "001195004322")],
        "mother.insurance_number",
        "insurance_number_mismatch",
    ),
    ([("father.date_of_birth", "1991-08-30")], "father.date_of_birth", "birth_year_mismatch"),
    (
        [("father.insurance_number", "008092001235")],
        "father.insurance_number",
        "insurance_number_mismatch",
    ),
    (
        [
            ("father.personal_number", "008192001234"),
            ("declarant.personal_number", "008192001234"),
        ],
        "father.personal_number",
        "sex_mismatch",
    ),
    (
        [("declarant.personal_number", "003092001234"), ("declarant.relation", "relative")],
        "declarant.personal_number",
        "unknown_place_code",
    ),
    ([("declarant.relation", "grandparent")], "declarant.relation", "relation_mismatch"),
]


@pytest.mark.parametrize(("changes", "field", "rule"), ERRORS)
def test_a_wrong_statement_refuses_the_declaration_and_names_the_field(
    changes: list[tuple[str, Any]], field: str, rule: str
) -> None:
    raw = spoilt(*changes)

    parsed = check_declaration("birth", raw, CONTEXT)

    assert said(parsed.errors) == [(field, rule, "error")]
    assert parsed.declaration is None


@pytest.mark.parametrize(("changes", "field", "rule"), WARNINGS)
def test_an_odd_statement_goes_to_the_officer_and_refuses_nothing(
    changes: list[tuple[str, Any]], field: str, rule: str
) -> None:
    raw = spoilt(*changes)

    parsed = check_declaration("birth", raw, CONTEXT)

    assert said(parsed.findings) == [(field, rule, "warning")]
    assert parsed.declaration is not None


@pytest.mark.parametrize("name", ["birth.json", "birth_without_notice.json"])
def test_a_sound_declaration_is_taken_without_a_word(name: str) -> None:
    raw = birth(name)

    parsed = check_declaration("birth", raw, CONTEXT)

    assert parsed.findings == ()
    assert parsed.declaration is not None


def test_parents_cannot_share_a_number() -> None:
    raw = spoilt(("father.personal_number", "001195004321"), ("declarant.relation", "relative"))

    parsed = check_declaration("birth", raw, CONTEXT)

    assert ("father.personal_number", "same_person", "error") in said(parsed.findings)


def test_a_school_child_gets_no_card_of_the_under_sixes() -> None:
    raw = spoilt(("child.born_at", "2020-11-20T08:00:00+07:00"))

    parsed = check_declaration("birth", raw, CONTEXT)

    assert ("card", "not_under_six", "warning") in said(parsed.findings)


def test_registration_alone_is_possible_and_questioned() -> None:
    raw = spoilt(("procedures", ["register_birth"]), ("residence", None), ("card", None))

    parsed = check_declaration("birth", raw, CONTEXT)

    assert said(parsed.findings) == [("procedures", "nothing_linked", "warning")]


def test_a_parents_unusual_age_is_questioned() -> None:
    raw = spoilt(("father.date_of_birth", "1932-08-30"))

    parsed = check_declaration("birth", raw, CONTEXT)

    assert ("father.date_of_birth", "age_implausible", "warning") in said(parsed.findings)


def test_an_old_notice_may_bear_any_number() -> None:
    raw = spoilt(
        ("child.born_at", "2025-09-28T05:00:00+07:00"),
        ("notice.issued_on", "2025-09-30"),
        ("notice.number", "417 quyển 05"),
    )

    parsed = check_declaration("birth", raw, CONTEXT)

    assert ("notice.number", "birth_notice_form", "warning") in said(parsed.findings)
    assert parsed.declaration is not None


def test_a_sender_may_be_a_little_ahead_of_our_clock() -> None:
    raw = spoilt(("reception.received_at", "2026-11-20T09:04:00+07:00"))

    parsed = check_declaration("birth", raw, CONTEXT)

    assert parsed.findings == ()


def test_a_case_taken_in_earlier_is_judged_as_on_that_day() -> None:
    raw = spoilt(
        ("child.born_at", "2024-08-01T05:00:00+07:00"),
        ("notice.issued_on", "2024-08-02"),
        ("notice.number", "00417.GCS.01929.24"),
        ("reception.received_at", "2024-08-05T08:00:00+07:00"),
    )

    parsed = check_declaration("birth", raw, CONTEXT)

    assert parsed.findings == ()


def test_an_abandoned_child_may_have_no_parent_named() -> None:
    evidence = {
        "kind": "abandoned_minutes",
        "description": "Biên bản trẻ bị bỏ rơi",
        "issued_on": "2026-11-17",
    }
    raw = spoilt(
        *[("notice", None), ("substitute_evidence", evidence), ("mother", None), ("father", None)],
        *[("declarant.relation", "guardian"), ("procedures", ["register_birth", "issue_card"])],
        ("residence", None),
    )

    parsed = check_declaration("birth", raw, CONTEXT)

    assert parsed.findings == ()
