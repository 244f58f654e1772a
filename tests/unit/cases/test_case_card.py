"""The case card says in one line each where a dossier is, who holds it, and by when it is due."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from models.cases.card import case_card
from models.cases.case import Case
from models.cases.dossier import Dossier
from models.cases.payouts import Payment, Payout
from models.cases.transitions import clock, faults, lifecycle, payments
from models.contracts.payments import PaymentAnswer, PaymentState
from models.kernel.base import AgencyId, CaseCode, CaseId, GroupId, ProcedureId
from models.kernel.vocabulary import DossierState

from harness.admissions import MORNING, admission

CODE = CaseCode("H26.05.13-261117-0001")
LATER = MORNING + timedelta(hours=1)


def filed() -> tuple[Case, Dossier]:
    """An open case whose first dossier its agency holds."""
    outcome = admission(1, "run-1").with_code(CODE).model_copy(update={"receipt_sent": True})
    case = Case(CaseId("birth/x-1"), GroupId("birth"), MORNING)
    lifecycle.take_in(case, outcome, MORNING)
    dossier = case.dossiers[ProcedureId("register_birth")]
    clock.file(case, dossier, MORNING, None)
    return case, dossier


def wanted(_case: Case, dossier: Dossier) -> None:
    dossier.state, dossier.paused_at = DossierState.SUPPLEMENT_WANTED, LATER


def lost(case: Case, dossier: Dossier) -> None:
    faults.lose_contact(case, dossier, LATER, MORNING)


def parked(case: Case, dossier: Dossier) -> None:
    faults.park(case, LATER, "BackendContractError", dossier)


@pytest.mark.parametrize(
    ("happens", "said"),
    [
        (lambda *_: None, "đã chuyển, chờ trả lời. Đang giữ: UBND xã · mã"),
        (wanted, "chờ công dân bổ sung. UBND xã · đang giữ: Công dân · mã"),
        (wanted, "· tạm dừng tính hạn từ "),
        (lost, "UBND xã · đang giữ: Chưa liên lạc được cơ quan · mã"),
        (parked, "UBND xã · đang giữ: Hệ thống liên thông · mã"),
    ],
)
def test_a_dossier_is_one_line_that_names_its_holder(
    happens: Callable[[Case, Dossier], None], said: str
) -> None:
    case, dossier = filed()
    happens(case, dossier)

    (line,) = [line for line in case_card(case, LATER).splitlines() if "khai sinh**" in line]

    assert said in line
    assert "hạn 17:00" in line


def test_the_promised_date_stays_beside_the_one_that_holds_now() -> None:
    case, _ = filed()
    assert case.clock is not None
    assert "nay hạn" not in case_card(case, LATER)

    case.clock.due_at += timedelta(days=3)

    (line,) = [line for line in case_card(case, LATER).splitlines() if "Hẹn trả" in line]
    assert line.count("17:00") == 2
    assert "nay hạn 17:00" in line


def test_a_dossier_that_waits_for_another_is_held_by_nobody_yet() -> None:
    case, _ = filed()

    waiting = [line for line in case_card(case, LATER).splitlines() if "thường trú**" in line]

    assert "chờ bước trước. Công an xã · mã" in waiting[0]


def returned() -> tuple[Case, Dossier]:
    """Its agency has granted money, and the bank has sent it back."""
    case, dossier = filed()
    answer = PaymentAnswer(
        key="k-pay-1",
        state=PaymentState.RETURNED,
        at=LATER,
        reason_code="SAI_SO_TAI_KHOAN",
    )
    dossier.state, dossier.settled_at = DossierState.GRANTED, MORNING
    dossier.payout = Payout(AgencyId("treasury"))
    dossier.payout.put(Payment(key=answer.key, by=dossier.payout.by, amount=25_300_000))
    payments.take_payment(case, dossier, answer, LATER)
    return case, dossier


def test_money_that_came_back_is_said_above_all_dossiers_and_on_its_own() -> None:
    case, dossier = returned()

    card = case_card(case, LATER)

    assert f"- **Cần người xử lý:** khoản chi của {dossier.plan.title}" in card
    assert "khoản chi bị trả về, mã SAI_SO_TAI_KHOAN, cần người xử lý" in card


def test_once_somebody_has_said_where_it_goes_nobody_is_asked_any_more() -> None:
    case, dossier = returned()
    payments.resume_payment(case, dossier, "CB-01", LATER)

    assert "Cần người xử lý" not in case_card(case, LATER)
