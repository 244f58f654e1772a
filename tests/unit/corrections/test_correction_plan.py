"""What a correction must do, row by row: every state of a case makes its own steps, or a no."""

from typing import Any

import pytest

from models.cases.archive import ArchivedDossier, ArchivedPayment
from models.contracts.corrections import CorrectionKind
from models.contracts.payments import PaymentState
from models.corrections.plan import CorrectionPlan, PastCorrection, marked, plan_of
from models.corrections.requests import CorrectionDecision
from models.kernel.base import AgencyId, CaseCode, DossierKey, ProcedureId
from models.kernel.findings import Finding
from models.kernel.vocabulary import DossierState

CODE = CaseCode("H26.05.13-261120-0001")
REVOKED, CORRECTED = CorrectionKind.REVOKED, CorrectionKind.CORRECTED


def dossier(procedure: str, state: str = "granted", *after: str, **more: Any) -> ArchivedDossier:
    return ArchivedDossier(
        procedure=ProcedureId(procedure),
        title=procedure,
        agency=AgencyId(more.pop("agency", f"agency_of_{procedure}")),
        agency_name=procedure,
        key=DossierKey(f"{CODE}-{procedure}-1"),
        state=DossierState(state),
        after=tuple(map(ProcedureId, after)),
        **more,
    )


def births(residence: str, card: str, **of_card: Any) -> tuple[ArchivedDossier, ...]:
    return (
        dossier("register"),
        dossier("reside", residence, "register"),
        dossier("card", card, "register", **of_card),
    )


def deaths(fund: str, **of_fund: Any) -> tuple[ArchivedDossier, ...]:
    return (
        dossier("died", listed_at="insurer"),
        dossier("strike", "granted", "died"),
        dossier("fund", fund, "died", paid_by="treasury", **of_fund),
    )


def decision(act: str, kind: CorrectionKind = REVOKED) -> CorrectionDecision:
    return CorrectionDecision(
        correction_id="12",
        case_code=CODE,
        kind=kind,
        act=ProcedureId(act),
        facts={} if kind is REVOKED else {"full_name": "Mẫu"},
        decided_by="a",
        approved_by="b",
        legal_basis="QĐ 12",
    )


def steps(
    dossiers: tuple[ArchivedDossier, ...], act: str = "register", kind: CorrectionKind = REVOKED
) -> list[str]:
    plan = plan_of(decision(act, kind), CODE, dossiers)
    assert isinstance(plan, CorrectionPlan)
    return [step.id + ("?" if step.after_giving_back else "") for step in plan.steps]


def refusal(dossiers: tuple[ArchivedDossier, ...], act: str = "register") -> str:
    finding = plan_of(decision(act), CODE, dossiers)
    assert isinstance(finding, Finding)
    return finding.rule


ACT, RESIDE, CARD = "act.register", "relying.reside", "relying.card"


@pytest.mark.parametrize(
    ("residence", "card", "expected"),
    [
        ("waiting", "waiting", [ACT]),
        ("submitted", "waiting", [ACT, RESIDE + "?"]),
        ("submitted", "granted", [ACT, RESIDE + "?", CARD]),
        ("accepted", "refused", [ACT, RESIDE + "?"]),
        ("verifying", "supplement_wanted", [ACT, RESIDE + "?", CARD + "?"]),
        ("parked", "granted", [ACT, RESIDE + "?", CARD]),
        ("granted", "granted", [ACT, RESIDE, CARD]),
        ("refused", "refused", [ACT]),
        ("withdrawn", "granted", [ACT, CARD]),
        ("not_filed", "not_filed", [ACT]),
        ("stopped", "granted", [ACT, RESIDE, CARD]),
    ],
)
def test_every_agency_that_has_or_had_the_act_is_told_and_no_other(
    residence: str, card: str, expected: list[str]
) -> None:
    assert steps(births(residence, card)) == expected


def test_a_stopped_dossier_that_never_reached_its_agency_is_nobodys_business() -> None:
    dossiers = (dossier("register"), dossier("card", "stopped", "register", was_filed=False))

    assert steps(dossiers) == [ACT]


def test_what_a_correction_leaves_at_its_agency_is_not_asked_back() -> None:
    assert steps(births("accepted", "granted"), kind=CORRECTED) == [ACT, RESIDE, CARD]


def test_reliance_passes_through_others() -> None:
    chain = (
        dossier("register"),
        dossier("reside", "granted", "register"),
        dossier("school", "granted", "reside"),
        dossier("apart"),
    )

    assert steps(chain) == [ACT, RESIDE, "relying.school"]
    assert steps(chain, "reside") == ["act.reside", "relying.school"]
    assert steps(chain, "school") == ["act.school"]


@pytest.mark.parametrize("state", sorted(set(DossierState) - {DossierState.GRANTED}))
def test_an_act_that_was_never_granted_is_not_corrected(state: str) -> None:
    assert refusal((dossier("register", state),)) == "not_granted"


def test_an_act_the_case_does_not_have_is_not_corrected() -> None:
    assert refusal(births("granted", "granted"), "marry") == "unknown_act"


def test_who_took_the_act_on_a_list_is_told_under_the_code_of_the_case() -> None:
    plan = plan_of(decision("died"), CODE, deaths("refused"))

    assert isinstance(plan, CorrectionPlan)
    assert [(one.id, one.agency, one.key) for one in plan.others if one.kind == "list"] == [
        ("list.died", "insurer", CODE)
    ]


def test_one_who_takes_lists_is_told_once_of_a_case() -> None:
    both = (
        dossier("died", listed_at="insurer"),
        dossier("card", "granted", "died", listed_at="insurer"),
    )

    assert [id for id in steps(both, "died") if id.startswith("list")] == ["list.died"]


def test_money_that_was_granted_is_stopped_even_where_no_payment_is_known() -> None:
    plan = plan_of(decision("died"), CODE, deaths("granted", issued={"amount": 25_300_000}))

    assert isinstance(plan, CorrectionPlan)
    money = plan.others[-1]
    assert (money.agency, money.key) == ("treasury", f"{CODE}-fund-1-pay-1")
    assert money.amount == 25_300_000


def test_a_known_payment_is_stopped_under_its_own_key_with_its_own_amount() -> None:
    payment = ArchivedPayment(key="k-pay-2", state=PaymentState.ACCEPTED, amount=7)

    plan = plan_of(decision("died"), CODE, deaths("granted", payment=payment))

    assert isinstance(plan, CorrectionPlan)
    assert (plan.others[-1].key, plan.others[-1].amount) == ("k-pay-2", 7)


@pytest.mark.parametrize("fund", ["waiting", "submitted", "accepted", "refused", "not_filed"])
def test_money_nobody_granted_needs_no_stopping(fund: str) -> None:
    assert not [id for id in steps(deaths(fund), "died") if id.startswith("payment")]


def test_money_is_not_stopped_where_an_act_is_only_corrected() -> None:
    told = steps(deaths("granted"), "died", CORRECTED)

    assert not [id for id in told if id.startswith("payment")]


def past(act: str, kind: CorrectionKind = REVOKED, id: str = "11") -> PastCorrection:
    return PastCorrection(correction_id=id, act=ProcedureId(act), kind=kind)


def test_a_revoked_act_and_all_that_rested_on_it_are_past_correcting() -> None:
    dossiers = marked(births("granted", "granted"), [past("register")])

    assert refusal(dossiers) == "already_revoked"
    assert refusal(dossiers, "card") == "already_revoked"


def test_an_act_may_be_corrected_again_and_then_revoked() -> None:
    dossiers = marked(births("granted", "granted"), [past("register", CORRECTED)])

    assert steps(dossiers, kind=CORRECTED) == [ACT, RESIDE, CARD]
    assert steps(dossiers) == [ACT, RESIDE, CARD]


def test_what_an_earlier_correction_took_away_is_not_told_of_again() -> None:
    dossiers = marked(births("granted", "granted"), [past("card")])

    assert steps(dossiers) == [ACT, RESIDE]


def test_a_correction_that_begins_again_makes_the_same_plan() -> None:
    before = births("granted", "granted")
    half_done = marked(before, [past("register", id="12")])

    assert steps(half_done) == steps(before)
