"""Law files that make no sense are found, whatever the way in which they do not."""

from datetime import date
from typing import Any

import pytest

from adapters.law.files import load_law
from models.declarations.births import BirthDeclaration
from models.kernel.base import AgencyId, GroupId, LawVersion, ProcedureId
from models.kernel.findings import Severity
from models.kernel.legal_basis import LegalBasis
from models.law.checks import check_law
from models.law.law import Law
from models.law.rates import Rates
from models.law.rules import GroupRule
from models.law.steps import MilestoneKind, MilestoneRule, WorkingSpan
from models.law.terms import DelayRule, GroupLimit, Limit
from models.working_time.terms import CitizenLimit

LAW = load_law()
LOCAL = next(rule for rule in LAW.groups if rule.version == "birth-qcph1123-08")
BEFORE = next(rule for rule in LAW.groups if rule.version == "birth-cv2084")
NEWEST = next(rule for rule in LAW.groups if rule.version == "birth-nd63-2024")
SCHEMAS = {GroupId("birth"): BirthDeclaration.model_json_schema()}


def law_with(*rules: GroupRule) -> Law:
    return LAW.model_copy(update={"groups": rules, "rates": Rates()})


def with_step(number: int, **changes: Any) -> GroupRule:  # Any: whatever field a test changes
    steps = list(NEWEST.procedures)
    steps[number] = steps[number].model_copy(update=changes)
    return NEWEST.model_copy(update={"procedures": tuple(steps)})


@pytest.mark.parametrize(
    ("rule", "found", "field"),
    [
        (with_step(2, agency=AgencyId("nobody")), "agency", "birth-nd63-2024.issue_card.agency"),
        (
            with_step(1, after=(ProcedureId("x"),)),
            "after",
            "birth-nd63-2024.register_residence.after",
        ),
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


def found(*rules: GroupRule) -> list[tuple[str, str]]:
    return [(finding.rule, finding.field) for finding in check_law(law_with(*rules), SCHEMAS)]


def changed(rule: GroupRule, **changes: Any) -> GroupRule:  # Any: whatever field a test changes
    return rule.model_copy(update=changes)


def step(
    kind: MilestoneKind, **changes: Any
) -> MilestoneRule:  # Any: whatever field a test changes
    return next(one for one in NEWEST.steps if one.kind is kind).model_copy(update=changes)


def without(kind: MilestoneKind) -> tuple[MilestoneRule, ...]:
    return tuple(one for one in NEWEST.steps if one.kind is not kind)


def replacing(new: MilestoneRule) -> tuple[MilestoneRule, ...]:
    return tuple(new if one.kind is new.kind else one for one in NEWEST.steps)


@pytest.mark.parametrize("kind", MilestoneKind)
def test_a_step_that_is_missing_is_named(kind: MilestoneKind) -> None:
    findings = check_law(law_with(changed(NEWEST, steps=without(kind))))

    assert [finding.rule for finding in findings] == ["steps_missing"]
    assert f"thiếu mốc {kind.value}" in findings[0].message


@pytest.mark.parametrize(
    ("steps", "rule"),
    [
        (tuple(reversed(NEWEST.steps)), "steps_order"),
        (
            replacing(step(MilestoneKind.EARLY_WARNING, before=WorkingSpan(working_hours=4))),
            "steps_order",
        ),
        (
            replacing(step(MilestoneKind.ONE_DAY_BEFORE, before=WorkingSpan(working_hours=10))),
            "steps_one_day",
        ),
        (
            replacing(step(MilestoneKind.EARLY_WARNING, before=WorkingSpan(working_days=4))),
            "steps_too_early",
        ),
        (replacing(step(MilestoneKind.ESCALATION, to="")), "steps_to"),
        (replacing(step(MilestoneKind.ESCALATION, level=0)), "steps_to"),
        (replacing(step(MilestoneKind.DUE, verified=True)), "steps_basis"),
    ],
)
def test_steps_that_make_no_sense_are_found(steps: tuple[MilestoneRule, ...], rule: str) -> None:
    assert {name for name, _ in found(changed(NEWEST, steps=steps))} == {rule}


def test_the_steps_of_one_procedure_are_checked_against_its_own_limit() -> None:
    early = replacing(step(MilestoneKind.EARLY_WARNING, before=WorkingSpan(working_days=3)))

    assert found(with_step(2, steps=early)) == [
        ("steps_too_early", "birth-nd63-2024.issue_card.steps")
    ]


@pytest.mark.parametrize(
    ("changes", "rule", "field"),
    [
        ({"supplement_limit": None}, "policy", "supplement_limit"),
        ({"supplement_limit": CitizenLimit(days=30)}, "basis", "supplement_limit"),
        ({"intake_limit": None}, "policy", "intake_limit"),
        ({"delay": None}, "policy", "delay"),
        ({"delay": DelayRule()}, "basis", "delay"),
        (
            {"totals": (GroupLimit(working_days=3, with_verification=2),)},
            "verification",
            "with_verification",
        ),
    ],
)
def test_a_clock_the_rule_does_not_settle_is_found(
    changes: dict[str, Any],  # Any: whatever field a test changes
    rule: str,
    field: str,
) -> None:
    assert (rule, f"birth-nd63-2024.{field}") in found(changed(NEWEST, **changes))


@pytest.mark.parametrize("name", ["counting", "after_supplement"])
def test_a_policy_nobody_wrote_down_is_missing(name: str) -> None:
    written = NEWEST.model_dump(exclude_unset=True)
    del written[name]

    assert found(GroupRule.model_validate(written)) == [("policy", f"birth-nd63-2024.{name}")]


@pytest.mark.parametrize(
    ("rule", "field"),
    [
        (with_step(2, may_verify=True), "birth-nd63-2024.issue_card.may_verify"),
        (with_step(1, may_verify=False), "birth-nd63-2024.register_residence.may_verify"),
    ],
)
def test_a_verification_and_its_limit_belong_together(rule: GroupRule, field: str) -> None:
    assert found(rule) == [("verification", field)]


def test_a_rule_that_outlives_its_repeal_is_found() -> None:
    repeal = {"repealed_on": date(2023, 3, 31), "repealed_by": LegalBasis(document="QĐ 1")}
    late = changed(LOCAL, valid_to=date(2023, 4, 30), superseded_by=None, **repeal)
    in_time = changed(LOCAL, superseded_by=None, **repeal)

    assert ("repealed", "birth-qcph1123-08.valid_to") in found(late, BEFORE, NEWEST)
    assert ("repealed", "birth-qcph1123-08.valid_to") not in found(in_time, BEFORE, NEWEST)


def test_a_repealed_rule_without_end_is_told_which_end_to_write() -> None:
    rule = changed(NEWEST, repealed_on=date(2030, 1, 1), repealed_by=LegalBasis(document="QĐ 1"))

    (finding,) = check_law(law_with(rule))

    assert "ghi valid_to = 2029-12-31 hoặc sớm hơn" in finding.message


def test_a_repeal_names_what_repealed_it() -> None:
    rule = changed(LOCAL, superseded_by=None, repealed_on=date(2023, 4, 1), repealed_by=None)

    assert ("repealed", "birth-qcph1123-08.repealed_by") in found(rule)


def test_a_local_rule_without_end_beside_a_newer_national_one_is_worth_a_look() -> None:
    forgotten = changed(LOCAL, valid_to=None, superseded_by=None)

    assert ("outlives", "birth-qcph1123-08.valid_to") in found(forgotten, NEWEST)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"superseded_by": LawVersion("birth-nowhere")}, "superseded_by"),
        ({"valid_to": None}, "valid_to"),
        ({"valid_to": date(2023, 3, 1)}, "superseded_by"),
    ],
)
def test_a_successor_takes_over_on_the_next_day_in_every_place(
    changes: dict[str, Any],  # Any: whatever field a test changes
    field: str,
) -> None:
    findings = found(changed(LOCAL, **changes), BEFORE, NEWEST)

    assert ("successor", f"birth-qcph1123-08.{field}") in findings


def test_a_province_nobody_knows_on_that_day_is_found() -> None:
    findings = check_law(law_with(LOCAL, BEFORE, NEWEST), SCHEMAS, lambda _code, _day: None)

    assert {(finding.rule, finding.field) for finding in findings if finding.rule == "place"} == {
        ("place", "birth-qcph1123-08.places"),
        ("place", "birth-cv2084.places"),
    }
