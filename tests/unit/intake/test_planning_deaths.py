"""What is planned for a death: one dossier for the money, whichever fund will pay it."""

import json
from datetime import datetime
from typing import Any

import pytest

from models.clock.deadlines import deadlines, latest_dates, recounted
from models.intake.admission import Admission, admit
from models.intake.choices import check_choice
from models.intake.intake import IntakeOutcome, Opening, PlannedDossier, Submission
from models.kernel.base import VIETNAM, CaseCode, CaseId, GroupId, ProcedureId
from models.law.rules import GroupRule

from harness.admissions import CONTEXT
from harness.declaration_samples import spoilt

RECORDED = datetime(2026, 11, 20, 10, tzinfo=VIETNAM)
CODE = CaseCode("H26.00.00-261120-0001")
MONEY = ProcedureId("funeral_money")


def judged(*asked: str) -> Admission | IntakeOutcome:
    changes: list[tuple[str, Any]] = []  # Any: as declared
    if asked:
        changes.append(("procedures", list(asked)))
    if asked and MONEY not in asked:
        changes.append(("funeral", None))
    if asked and "survivor_lump_sum" not in asked:
        changes.append(("relatives", []))
    submission = Submission(
        case_id=CaseId("death/01929.2026.02.153"),
        run_id="run-1",
        group=GroupId("death"),
        recorded_at=RECORDED,
        declaration=json.dumps(spoilt(*changes, sample="death.json")),
        sealed_with="cases-1",
    )
    return admit(submission, CONTEXT)


def opened(*asked: str) -> Opening:
    admitted = judged(*asked)
    assert isinstance(admitted, Admission), admitted
    opening = admitted.with_code(CODE).opening
    assert opening is not None
    return opening


def planned(opening: Opening, procedure: str) -> PlannedDossier:
    return next(plan for plan in opening.dossiers if plan.procedure == procedure)


def rule() -> GroupRule:
    found = CONTEXT.law.group_on(GroupId("death"), RECORDED.date(), "01")
    assert found is not None
    return found


def test_a_case_has_one_dossier_for_each_word_the_family_asked_with() -> None:
    assert [plan.procedure for plan in opened().dossiers] == [
        "register_death",
        "remove_residence",
        MONEY,
        "survivor_lump_sum",
    ]


def test_the_money_has_both_funds_planned_under_one_code() -> None:
    money = planned(opened(), MONEY)

    assert [(plan.procedure, plan.agency) for plan in money.alternatives] == [
        ("insurance_funeral", "insurance"),
        ("social_funeral", "social_affairs"),
    ]
    assert {plan.code for plan in (money, *money.alternatives)} == {f"{CODE}-3"}
    assert money.agency_name == "BHXH hoặc Bảo trợ xã hội"
    assert money.title == "Mai táng phí: trợ cấp mai táng hoặc hỗ trợ chi phí mai táng"


def test_each_fund_knows_its_evidence_its_payment_and_what_it_waits_for() -> None:
    for plan in planned(opened(), MONEY).alternatives:
        assert (plan.paid_by, plan.payee) == ("treasury", "funeral")
        assert plan.after == ("register_death",)
        assert {"decision_number", "amount", "formula"} == set(plan.issues)
        assert "funeral" in plan.evidence


def test_no_clock_runs_for_the_money_before_its_fund_is_chosen() -> None:
    opening = opened()

    assert opening.deadlines.dossiers[MONEY] is None
    assert [plan.procedure for plan in opening.dossiers if plan.clock] == ["register_death"]


def test_the_lump_sum_waits_for_the_relatives_to_agree_and_nothing_else_does() -> None:
    waiting = {plan.procedure: plan.confirmation for plan in opened().dossiers}

    confirmation = waiting.pop(ProcedureId("survivor_lump_sum"))
    assert confirmation is not None
    assert confirmation.remind_at < confirmation.confirm_by < confirmation.written_by
    assert confirmation.reason_code == "THIEU_DAI_DIEN"
    assert set(waiting.values()) == {None}


def test_the_cause_of_death_is_planned_for_the_registrar_alone() -> None:
    opening = opened()
    plans = [one for plan in opening.dossiers for one in (plan, *plan.alternatives)]

    told = [plan.procedure for plan in plans if "cause_of_death" in plan.evidence]
    whole = [plan.procedure for plan in plans if "deceased" in plan.evidence]

    assert told == whole == ["register_death"]


def test_a_death_that_is_registered_puts_the_person_on_the_list_of_strike_offs() -> None:
    listings = {plan.procedure: plan.listing for plan in opened().dossiers if plan.listing}

    assert list(listings) == ["register_death"]
    assert listings[ProcedureId("register_death")].kind == "strike_offs"


@pytest.mark.parametrize(
    ("asked", "days"),
    [
        (("register_death", "remove_residence"), 6),
        (("register_death", "remove_residence", "funeral_money"), 18),
        (("register_death", "remove_residence", "survivor_lump_sum"), 18),
        ((), 18),
    ],
)
def test_money_makes_the_total_longer(asked: tuple[str, ...], days: int) -> None:
    dates = opened(*asked).deadlines

    assert dates.days == days
    assert not dates.verified


def test_the_dates_of_a_death_are_recounted_as_they_were_recorded() -> None:
    dates = opened().deadlines
    law = opened().law

    again = recounted(GroupRule.model_validate(law), dates, CONTEXT.calendar, CONTEXT.law.agencies)

    assert again == dates


def test_the_slowest_fund_says_when_the_money_comes_at_the_latest() -> None:
    case = opened().deadlines

    latest = latest_dates(rule(), case, CONTEXT.calendar, CONTEXT.law.agencies)

    assert latest[MONEY] == case.due_at
    assert latest[ProcedureId("register_death")] < case.due_at


def test_a_fund_named_by_its_own_procedure_counts_as_the_word_for_it() -> None:
    asked = [ProcedureId("register_death"), ProcedureId("social_funeral")]

    dates = deadlines(rule(), asked, RECORDED, CONTEXT.calendar, CONTEXT.law.agencies)

    assert dates.chosen == ("register_death", MONEY)


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        (("register_death", "funeral_money"), []),
        (("register_death", "insurance_funeral"), [("procedures.1", "asked_otherwise")]),
        (("register_death", "adopt"), [("procedures.1", "not_in_group")]),
        (("funeral_money",), [("procedures", "required")]),
    ],
)
def test_a_family_asks_for_the_money_and_never_for_a_fund(
    asked: tuple[str, ...], found: list[tuple[str, str]]
) -> None:
    findings = check_choice(rule(), asked)

    assert [(finding.field, finding.rule) for finding in findings] == found


def test_a_family_that_names_a_fund_is_told_the_word_to_use() -> None:
    (finding,) = check_choice(rule(), ("register_death", "social_funeral"))

    assert "funeral_money" in finding.message


def test_a_word_whose_procedures_are_none_of_them_offered_is_not_offered() -> None:
    closed = {"offered": False, "not_offered_because": "chưa có quy trình"}
    steps = [
        step.model_copy(update=closed) if step.asked_as else step for step in rule().procedures
    ]
    shut = rule().model_copy(update={"procedures": tuple(steps)})

    (finding,) = check_choice(shut, ("register_death", "funeral_money"))

    assert (finding.rule, "chưa có quy trình" in finding.message) == ("not_offered", True)


def test_an_opening_recorded_before_there_were_alternatives_still_reads() -> None:
    recorded = opened().model_dump(mode="json")
    recorded.pop("handover")
    for plan in recorded["dossiers"]:
        for name in ("alternatives", "paid_by", "payee", "confirmation", "listing"):
            plan.pop(name)

    read = Opening.model_validate(recorded)

    assert read.handover is None
    assert all(plan.alternatives == () and plan.paid_by is None for plan in read.dossiers)
