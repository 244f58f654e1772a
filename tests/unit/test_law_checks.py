"""Law files that make no sense are found, whatever the way in which they do not."""

from datetime import date
from typing import Any

import pytest

from adapters.law_files import load_law
from models.base import AgencyId, GroupId, LawVersion, ProcedureId
from models.births import BirthDeclaration
from models.findings import Severity
from models.law import GroupRule, Law, LegalBasis, Limit
from models.law_checks import check_law

LAW = load_law()
NEWEST = next(rule for rule in LAW.groups if rule.version == "birth-nd63-2024")
SCHEMAS = {GroupId("birth"): BirthDeclaration.model_json_schema()}


def law_with(*rules: GroupRule) -> Law:
    return LAW.model_copy(update={"groups": rules})


def with_step(number: int, **changes: Any) -> GroupRule:  # Any: whatever field a test changes
    steps = list(NEWEST.procedures)
    steps[number] = steps[number].model_copy(update=changes)
    return NEWEST.model_copy(update={"procedures": tuple(steps)})


@pytest.mark.parametrize(
    ("rule", "found", "field"),
    [
        (with_step(2, agency=AgencyId("nobody")), "agency", "birth-nd63-2024.issue_card.agency"),
        (with_step(2, after=(ProcedureId("x"),)), "after", "birth-nd63-2024.issue_card.after"),
        (with_step(0, after=(ProcedureId("issue_card"),)), "cycle", "birth-nd63-2024.procedures"),
        (with_step(2, limit=Limit(working_days=4)), "limit", "birth-nd63-2024.issue_card.limit"),
        (with_step(2, basis=()), "basis", "birth-nd63-2024.issue_card.basis"),
        (
            with_step(2, evidence=("child.shoe_size",)),
            "evidence",
            "birth-nd63-2024.issue_card.evidence",
        ),
        (with_step(1, unit="residence.village"), "unit", "birth-nd63-2024.register_residence.unit"),
    ],
)
def test_what_is_wrong_with_a_procedure_is_found(rule: GroupRule, found: str, field: str) -> None:
    findings = check_law(law_with(rule), SCHEMAS)

    assert [(finding.rule, finding.field) for finding in findings] == [(found, field)]


def test_two_national_rules_for_one_day_overlap() -> None:
    twin = NEWEST.model_copy(
        update={"version": LawVersion("birth-twin"), "valid_from": date(2025, 1, 1)}
    )

    (finding,) = check_law(law_with(NEWEST, twin))

    assert finding.rule == "overlap"
    assert "cả nước từ 01/01/2025" in finding.message


def test_a_local_rule_beside_a_national_one_is_no_overlap() -> None:
    local = NEWEST.model_copy(update={"version": LawVersion("birth-local"), "places": ("08",)})

    assert check_law(law_with(NEWEST, local)) == ()


def test_a_gap_between_national_rules_is_worth_a_look() -> None:
    earlier = NEWEST.model_copy(
        update={
            "version": LawVersion("birth-earlier"),
            "valid_from": date(2023, 1, 1),
            "valid_to": date(2024, 6, 1),
        }
    )

    (finding,) = check_law(law_with(earlier, NEWEST))

    assert (finding.rule, finding.severity) == ("gap", Severity.WARNING)
    assert "sau 01/06/2024 đến trước 01/07/2024" in finding.message


def test_a_law_that_ends_without_successor_is_worth_a_look() -> None:
    ending = NEWEST.model_copy(update={"valid_to": date(2030, 1, 1)})

    (finding,) = check_law(law_with(ending))

    assert (finding.rule, finding.severity) == ("gap", Severity.WARNING)


def test_a_version_written_twice_is_found() -> None:
    findings = check_law(law_with(NEWEST, NEWEST))

    assert "doubled" in [finding.rule for finding in findings]


def test_a_rule_cannot_end_before_it_begins() -> None:
    with pytest.raises(ValueError, match="valid_to"):
        LegalBasis(document="NĐ 1", valid_from=date(2026, 1, 2), valid_to=date(2026, 1, 1))
