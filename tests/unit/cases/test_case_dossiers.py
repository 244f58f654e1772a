"""What `lienthong case` says of a dossier is what a person needs to go on with it."""

from datetime import datetime

from models.cases.payouts import Payment
from models.cases.status import DossierStatus
from models.contracts.dossiers import WantedItem
from models.contracts.payments import PaymentState
from models.kernel.base import VIETNAM, AgencyId, ProcedureId
from models.kernel.vocabulary import DossierState
from workers.cli.case_dossiers import dossier_lines, reasons_by_code, refusal_lines
from workers.runtime.settings import Settings

NOW = datetime(2026, 11, 20, 9, 30, tzinfo=VIETNAM)
FORM = WantedItem(code="VAN_BAN_CU_DAI_DIEN", description="Văn bản cử người đại diện")
PAYMENT = Payment(key="k-pay-1", by=AgencyId("treasury"), amount=25_300_000, at=NOW)


def dossier(**changed: object) -> DossierStatus:
    status = DossierStatus(
        procedure=ProcedureId("insurance_funeral"),
        title="Trợ cấp mai táng",
        code="H26.1-261120-0001-3",
        agency=AgencyId("insurance"),
        agency_name="BHXH",
        unit="00004",
        round=1,
        state=DossierState.GRANTED,
        portal_state=9,
        holder=None,
        filed_at=NOW,
        due_at=None,
        original_due_at=None,
        settled_at=NOW,
        outcome=None,
        reason_code=None,
        items=(),
        issued={},
    )
    return status.model_copy(update=changed)


def test_a_dossier_without_money_is_told_in_two_lines() -> None:
    assert list(dossier_lines(dossier())) == [
        "[bold]Trợ cấp mai táng[/]: đã giải quyết",
        "BHXH · H26.1-261120-0001-3 · xong 09:30 20/11/2026",
    ]


def test_what_is_wanted_of_the_family_is_named_with_its_code() -> None:
    waiting = dossier(state=DossierState.SUPPLEMENT_WANTED, items=(FORM,), settled_at=None)

    assert list(dossier_lines(waiting))[2:] == [
        "Cần: Văn bản cử người đại diện (VAN_BAN_CU_DAI_DIEN)"
    ]


def test_money_that_was_paid_is_told_with_its_number() -> None:
    paid = PAYMENT.model_copy(update={"state": PaymentState.PAID, "reference": "KB26-1"})

    assert list(dossier_lines(dossier(payment=paid)))[2:] == [
        "Chi trả: 25.300.000 đồng · đã chi tiền · số KB26-1 · 09:30 20/11/2026"
    ]


def test_money_that_came_back_says_why_and_what_to_do() -> None:
    back = {"state": PaymentState.RETURNED, "reason_code": "SAI_SO_TAI_KHOAN"}
    *_, line = dossier_lines(dossier(payment=PAYMENT.model_copy(update=back)))

    assert "khoản chi bị trả về · mã lý do SAI_SO_TAI_KHOAN" in line
    assert "lienthong redirect-payment" in line


def test_what_a_correction_took_away_is_said_to_be_so() -> None:
    *_, line = dossier_lines(dossier(revoked_by="12-QD-UBND-2026"))

    assert line == "Mất căn cứ, theo quyết định 12-QD-UBND-2026"


def test_a_refused_dossier_says_why_what_cures_it_and_that_it_may_be_filed_alone() -> None:
    refused = dossier(state=DossierState.REFUSED, reason_code="CHUA_DU_12_THANG")

    why, cure, alone = refusal_lines(refused, reasons_by_code(Settings.read().law))

    assert why.startswith("Lý do: Người chết chưa đóng đủ 12 tháng")
    assert cure.startswith("Cách khắc phục: ")
    assert "nộp riêng thủ tục này" in alone


def test_a_granted_dossier_has_no_refusal_to_explain() -> None:
    assert list(refusal_lines(dossier(), {})) == []
