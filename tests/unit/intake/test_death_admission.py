"""What the intake makes of a death: its claims, its dossiers, and who is given what."""

from datetime import datetime

import pytest

from models.intake.admission import Admission
from models.intake.intake import Opening
from models.kernel.base import VIETNAM, GroupId
from models.law.rules import GroupRule

from harness.admissions import CONTEXT, MORNING, admission_of
from harness.declaration_samples import spoilt
from harness.families import Raw

SENSITIVE = "cause_of_death"
TUYEN_QUANG = "02212"
DEATH_RULES = [
    rule
    for day in (datetime(2024, 6, 3, tzinfo=VIETNAM), MORNING)
    if (rule := CONTEXT.law.group_on(GroupId("death"), day.date(), "01")) is not None
]


def _raw(*changes: tuple[str, object]) -> Raw:
    lately = [
        ("deceased.died_at", "2026-11-15T21:10:00+07:00"),
        ("notice.issued_on", "2026-11-16"),
    ]
    return spoilt(*lately, *changes, sample="death.json")


def _admitted(*changes: tuple[str, object]) -> Admission:
    return admission_of(_raw(*changes), "run-1", "death/01929.2026.02.153")


def _opening(admission: Admission) -> Opening:
    assert admission.outcome.opening is not None
    return admission.outcome.opening


def test_a_death_opens_a_case_with_a_dossier_for_each_procedure_asked_for() -> None:
    opening = _opening(_admitted())

    assert [plan.procedure for plan in opening.dossiers] == [
        "register_death",
        "remove_residence",
        "funeral_money",
        "survivor_lump_sum",
    ]


def test_residence_is_removed_where_the_deceased_last_lived() -> None:
    opening = _opening(_admitted(("deceased.last_residence_commune", TUYEN_QUANG)))

    units = {str(plan.procedure): plan.unit for plan in opening.dossiers}
    assert units["register_death"] == "00004"
    assert units["remove_residence"] == TUYEN_QUANG


def test_a_death_is_claimed_by_its_notice_and_by_the_person_and_by_what_is_told() -> None:
    claims = _admitted().claims

    assert claims[0].key == "death:01929.2026.02.153"
    assert [claim.shared for claim in claims] == [False, False, True]
    assert not any("001048007654" in claim.key for claim in claims)


def test_there_are_rules_of_a_death_to_look_at() -> None:
    assert DEATH_RULES


@pytest.mark.parametrize("rule", DEATH_RULES, ids=lambda rule: str(rule.version))
def test_only_who_registers_a_death_is_given_its_cause(rule: GroupRule) -> None:
    given = {step.id for step in rule.procedures if SENSITIVE in step.evidence}

    assert given == {"register_death"}
