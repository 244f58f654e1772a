"""Every rule over a death's declaration: one change, the field it is about, the rule it breaks."""

from dataclasses import replace
from typing import Any

import pytest

from models.declarations.rules.kinds import check_declaration

from harness.declaration_samples import CONTEXT, PATTERNS, birth, pattern, said, spoilt

EVIDENCE = {"kind": "police_confirmation", "description": "Văn bản", "issued_on": "2026-11-18"}
DEAD, DECLARANT, STRANGER = "001048007654", "001175003456", "001180009999"
MOTHER = {"personal_number": STRANGER, "full_name": "Lê Thị Khác", "relation": "mother"}
FIELD = "funeral.payment"
NO_SURVIVORS = ("procedures", ["register_death", "remove_residence", "funeral_money"])

Changes = list[tuple[str, Any]]

ERRORS: list[tuple[Changes, str, str]] = [
    (
        [("deceased.died_at", "2026-11-20T09:00:01+07:00"), ("notice.issued_on", "2026-11-20")],
        "deceased.died_at",
        "not_in_future",
    ),
    (
        [("deceased.date_of_birth", "2026-11-18"), ("deceased.personal_number", None)],
        "deceased.died_at",
        "before_birth",
    ),
    (
        [("deceased.date_of_birth", None), ("deceased.personal_number", None)],
        "deceased.personal_number",
        "identity_incomplete",
    ),
    (
        [("deceased.personal_number", "00104800765")],
        "deceased.personal_number",
        "personal_number_form",
    ),
    ([("deceased.insurance_number", "1048")], "deceased.insurance_number", "insurance_number_form"),
    (
        [("deceased.last_residence_commune", "00005")],
        "deceased.last_residence_commune",
        "unknown_commune",
    ),
    ([("deceased.sex", "nam")], "deceased.sex", "not_allowed"),
    ([("notice.issued_on", "2026-11-16")], "notice.issued_on", "before_death"),
    ([("notice.issued_on", "2026-11-21")], "notice.issued_on", "not_in_future"),
    ([("notice.facility", "1929")], "notice.facility", "facility_form"),
    ([("notice.year", "2026")], "notice.year", "wrong_type"),
    ([("notice.number", " ")], "notice.number", "blank"),
    ([("notice", None)], "notice", "notice_or_substitute"),
    ([("substitute_evidence", EVIDENCE)], "substitute_evidence", "notice_or_substitute"),
    (
        [("notice", None), ("substitute_evidence", EVIDENCE | {"issued_on": "2026-11-16"})],
        "substitute_evidence.issued_on",
        "before_death",
    ),
    (
        [("notice", None), ("substitute_evidence", EVIDENCE | {"kind": "abandoned_minutes"})],
        "substitute_evidence.kind",
        "not_allowed",
    ),
    ([("procedures.3", "social_funeral")], "procedures.3", "not_allowed"),
    (
        [("procedures", ["remove_residence", "funeral_money", "survivor_lump_sum"])],
        "procedures",
        "required_procedure",
    ),
    ([("funeral", None)], "funeral", "section_required"),
    ([("relatives", [])], "relatives", "section_required"),
    ([("relatives", None)], "relatives", "section_required"),
    ([NO_SURVIVORS], "relatives", "section_not_asked"),
    (
        [NO_SURVIVORS, ("relatives", []), ("representative", DECLARANT)],
        "representative",
        "section_not_asked",
    ),
    ([(f"{FIELD}.bank", None)], f"{FIELD}.bank", "required"),
    ([(f"{FIELD}.account_number", None)], f"{FIELD}.account_number", "required"),
    ([(f"{FIELD}.account_name", None)], f"{FIELD}.account_name", "required"),
    ([(f"{FIELD}.place", "Một cửa")], f"{FIELD}.place", "section_not_asked"),
    ([(FIELD, {"method": "cash"})], f"{FIELD}.place", "required"),
    (
        [(FIELD, {"method": "cash", "place": "Một cửa", "bank": "Ngân hàng Mẫu"})],
        f"{FIELD}.bank",
        "section_not_asked",
    ),
    ([(f"{FIELD}.method", "cheque")], f"{FIELD}.method", "not_allowed"),
    ([(f"{FIELD}.account_number", "0011 2233")], f"{FIELD}.account_number", "account_number_form"),
    (
        [("funeral.organiser.personal_number", DEAD)],
        "funeral.organiser.personal_number",
        "same_person",
    ),
    ([("declarant.personal_number", DEAD)], "declarant.personal_number", "same_person"),
    ([("relatives.1.personal_number", DEAD)], "relatives.1.personal_number", "same_person"),
    ([("relatives.1.personal_number", DECLARANT)], "relatives.1.personal_number", "duplicate"),
    (
        [("relatives.1.personal_number", "001")],
        "relatives.1.personal_number",
        "personal_number_form",
    ),
    ([("relatives.0.relation", "guardian")], "relatives.0.relation", "not_allowed"),
    ([("representative", STRANGER)], "representative", "representative_not_a_relative"),
    ([("cause_of_death", "x" * 1001)], "cause_of_death", "too_long"),
    ([("schema", "death/2")], "schema", "not_allowed"),
]

WARNINGS: list[tuple[Changes, str, str]] = [
    ([("deceased.died_at", "2026-11-04T08:00:00+07:00")], "deceased.died_at", "late_registration"),
    (
        [("deceased.date_of_birth", "1910-02-09"), ("deceased.personal_number", None)],
        "deceased.date_of_birth",
        "age_implausible",
    ),
    ([("deceased.sex", "female")], "deceased.sex", "sex_mismatch"),
    (
        [("deceased.date_of_birth", "1949-02-09")],
        "deceased.date_of_birth",
        "birth_year_mismatch",
    ),
    (
        [("deceased.personal_number", "003048007654")],
        "deceased.personal_number",
        "unknown_place_code",
    ),
    (
        [("deceased.insurance_number", "001048007655")],
        "deceased.insurance_number",
        "insurance_number_mismatch",
    ),
    ([("notice.year", 2025)], "notice.year", "notice_year_mismatch"),
    (
        [("procedures", ["register_death", "funeral_money", "survivor_lump_sum"])],
        "procedures",
        "choice_has_a_gap",
    ),
    (
        [(f"{FIELD}.account_name", "TRAN THI HOA")],
        f"{FIELD}.account_name",
        "account_name_mismatch",
    ),
    ([("declarant.relation", "spouse")], "declarant.relation", "relation_mismatch"),
    (
        [("relatives.1.relation", "mother"), ("relatives.0", MOTHER)],
        "relatives.1.relation",
        "relation_implausible",
    ),
    (
        [("relatives.0.full_name", "Trần Thị Thư")],
        "relatives.0.full_name",
        "name_mismatch",
    ),
]


def _spoilt(*changes: tuple[str, Any]) -> dict[str, Any]:  # Any: whatever a citizen may write
    return spoilt(*changes, sample="death.json")


@pytest.mark.parametrize(("changes", "field", "rule"), ERRORS)
def test_a_wrong_statement_refuses_the_declaration_of_a_death_and_names_the_field(
    changes: Changes, field: str, rule: str
) -> None:
    raw = _spoilt(*changes)

    parsed = check_declaration("death", raw, CONTEXT)

    assert said(parsed.errors) == [(field, rule, "error")]
    assert parsed.declaration is None


@pytest.mark.parametrize(("changes", "field", "rule"), WARNINGS)
def test_an_odd_statement_about_a_death_goes_to_the_officer_and_refuses_nothing(
    changes: Changes, field: str, rule: str
) -> None:
    raw = _spoilt(*changes)

    parsed = check_declaration("death", raw, CONTEXT)

    assert said(parsed.findings) == [(field, rule, "warning")]
    assert parsed.declaration is not None


@pytest.mark.parametrize("name", ["death.json", "death_without_notice.json"])
def test_a_sound_declaration_of_a_death_is_taken_without_a_word(name: str) -> None:
    parsed = check_declaration("death", birth(name), CONTEXT)

    assert parsed.findings == ()
    assert parsed.declaration is not None


@pytest.mark.parametrize(
    "changes",
    [
        [("representative", DECLARANT)],
        [("cause_of_death", None)],
        [("deceased.personal_number", None)],
        [("deceased.died_at", "2026-11-18T00:05:00+07:00")],
        [("funeral.payment.account_name", "Trần  Thị Thử")],
        [("declarant.relation", "relative")],
        [("relatives.0.full_name", "TRẦN THỊ THỬ")],
        [("relatives.1.relation", "grandchild")],
        [("procedures", ["register_death", "remove_residence"]), ("funeral", None)],
    ],
)
def test_what_a_family_may_well_state_of_a_death_is_taken(changes: Changes) -> None:
    raw = _spoilt(*changes)
    if len(raw["procedures"]) == 2:
        raw["relatives"] = []

    parsed = check_declaration("death", raw, CONTEXT)

    assert parsed.findings == ()


def test_registration_of_a_death_alone_is_possible_and_questioned() -> None:
    raw = _spoilt(("procedures", ["register_death"]), ("funeral", None), ("relatives", []))

    parsed = check_declaration("death", raw, CONTEXT)

    assert said(parsed.findings) == [("procedures", "nothing_linked", "warning")]


def test_a_notice_is_numbered_as_the_law_prescribes_on_the_day_of_its_issue() -> None:
    patterns = (*PATTERNS, pattern("death_notice", r"[0-9]{5}"))

    parsed = check_declaration("death", _spoilt(), replace(CONTEXT, patterns=patterns))

    assert said(parsed.findings) == [("notice.number", "death_notice_form", "error")]


def test_every_wrong_field_of_a_death_is_named_at_once() -> None:
    raw = _spoilt(
        ("deceased.died_at", "2026-12-01T00:00:00+07:00"),
        ("deceased.sex", "man"),
        ("funeral.payment.bank", None),
        ("relatives.1.personal_number", "1"),
        ("representative", STRANGER),
        ("procedures.2", "funeral_mony"),
        ("delivery", None),
        ("cause", "Suy hô hấp"),
    )

    parsed = check_declaration("death", raw, CONTEXT)

    assert {(one.field, one.rule) for one in parsed.errors} == {
        ("deceased.died_at", "not_in_future"),
        ("notice.issued_on", "before_death"),
        ("deceased.sex", "not_allowed"),
        ("funeral.payment.bank", "required"),
        ("relatives.1.personal_number", "personal_number_form"),
        ("representative", "representative_not_a_relative"),
        ("procedures.2", "not_allowed"),
        ("delivery", "required"),
        ("cause", "unknown_field"),
    }


def test_a_death_shows_nobody_when_printed() -> None:
    declaration = check_declaration("death", _spoilt(), CONTEXT).declaration

    assert f"{declaration!r} {declaration}" == "DeathDeclaration() "
