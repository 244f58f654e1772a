"""An agency is given what the law names for its procedure, and nothing besides."""

from models.cases.dossier import Dossier
from models.cases.evidence import evidence_for
from models.contracts.dossiers import Facts
from models.intake.intake import PlannedDossier
from models.kernel.base import CaseCode, ProcedureId

from harness.admissions import CONTEXT, MORNING, admission
from harness.families import ALL, birth

OPENING = admission(1, "run-1").with_code(CaseCode("H26.05.13-261117-0001")).opening
DECLARATION: Facts = birth(1, MORNING)


def planned(*paths: str, after: tuple[str, ...] = ()) -> PlannedDossier:
    return PlannedDossier(
        procedure=ProcedureId("register_residence"),
        title="Đăng ký thường trú",
        short_title="Thường trú",
        agency="residence",
        agency_name="Công an xã",
        unit="00004",
        after=tuple(ProcedureId(one) for one in after),
        evidence=paths,
    )


def dossiers() -> dict[ProcedureId, Dossier]:
    assert OPENING is not None
    return {plan.procedure: Dossier(plan) for plan in OPENING.dossiers}


def test_a_whole_part_is_given_as_it_was_declared() -> None:
    assert evidence_for(planned("residence"), DECLARATION, {}) == {
        "residence": DECLARATION["residence"]
    }


def test_of_a_part_only_the_named_fields_are_given() -> None:
    evidence = evidence_for(planned("child.full_name", "child.sex"), DECLARATION, {})

    assert evidence == {"child": {"full_name": "Lê Hoàng Mẫu", "sex": "male"}}


def test_a_part_that_was_not_declared_is_given_as_absent() -> None:
    declaration = DECLARATION | {"father": None}

    evidence = evidence_for(planned("father.personal_number", "notice"), declaration, {})

    assert evidence == {"father": None, "notice": DECLARATION["notice"]}


def test_what_the_predecessor_issued_is_given_and_nothing_of_others() -> None:
    known = dossiers()
    known[ProcedureId("register_birth")].issued = {"personal_number": "001326000001"}
    known[ProcedureId("issue_card")].issued = {"card_number": "TE1010100000001"}

    evidence = evidence_for(planned(after=("register_birth",)), DECLARATION, known)

    assert evidence == {"issued": {"register_birth": {"personal_number": "001326000001"}}}


def test_gathering_evidence_changes_nothing_of_the_declaration() -> None:
    before = birth(1, MORNING)

    evidence_for(planned("child.full_name", "child"), DECLARATION, {})

    assert before == DECLARATION


def test_no_rule_in_force_names_evidence_a_birth_does_not_have() -> None:
    known = set(DECLARATION) | {"substitute_evidence"}

    named = {
        path.split(".")[0]
        for group in CONTEXT.law.groups
        for step in group.procedures
        for path in step.evidence
        if group.group == "birth"
    }

    assert named <= known
    assert set(ALL) <= {step.id for group in CONTEXT.law.groups for step in group.procedures}
