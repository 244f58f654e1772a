"""Whether what people and agencies send fits the case as it stands, with every reason why not."""

from collections.abc import Iterator
from typing import NoReturn

from codec.marks import CASES, audience_of
from models.cases.case import Case
from models.cases.confirmations import Confirmation
from models.cases.dossier import Dossier
from models.cases.requests import (
    ConfirmRepresentative,
    Decide,
    Extend,
    RedirectPayment,
    Resume,
    Supply,
    Withdraw,
)
from models.contracts.payments import PaymentMethod
from models.kernel.base import ProcedureId
from models.kernel.errors import BackendRefusedRequestError
from models.kernel.findings import Finding
from models.kernel.vocabulary import DossierState, Outcome
from workflows.runtime.updates import refuse_field, reject

NEEDED = {
    PaymentMethod.ACCOUNT: ("bank", "account_number", "account_name"),
    PaymentMethod.CASH: ("place",),
}
NOT_TAKEN = BackendRefusedRequestError.__name__
"""The payer said no to the order itself, so there is no such payment."""


def check_decide(case: Case, request: Decide, key_id: str | None) -> None:
    """An agency's decision; the same decision again fits, another one does not."""
    dossier = dossier_meant(case, request.procedure)
    _check_agency(dossier, key_id)
    if request.decision_id in dossier.decisions:
        return
    findings = [*_untimely(dossier, request), *_incomplete(case, dossier, request)]
    if findings:
        reject(*findings)


def check_supply(case: Case, request: Supply) -> None:
    """Only a dossier that waits for the citizen can be supplemented."""
    dossier = dossier_meant(case, request.procedure)
    if dossier.confirmation is not None and dossier.filed_at is None:
        check_form(dossier, dossier.confirmation, request)
        return
    if dossier.state is not DossierState.SUPPLEMENT_WANTED:
        refuse_field("procedure", "nothing_wanted", "Hồ sơ này không chờ bổ sung.")
    given = {item.code for item in request.items}
    missing = [item.code for item in dossier.items if item.code not in given]
    if missing:
        refuse_field("items", "incomplete", f"Còn thiếu: {', '.join(missing)}; bổ sung một lần đủ.")


def check_withdraw(case: Case, request: Withdraw) -> None:
    """What is settled can no longer be taken back."""
    if case.opening is None:
        reject_unopened()
    if request.procedures is None:
        if case.is_settled:
            refuse_field("procedures", "already_decided", "Mọi thủ tục của hồ sơ đã xong.")
        return
    findings = [
        finding
        for number, procedure in enumerate(request.procedures)
        for finding in _not_withdrawable(case, procedure, f"procedures.{number}")
    ]
    if findings:
        reject(*findings)


def check_extend(case: Case, request: Extend, key_id: str | None) -> None:
    """Only who holds a dossier can name a new date; the legal clock says whether the rule does."""
    dossier = dossier_meant(case, request.procedure)
    _check_agency(dossier, key_id)
    if not dossier.awaits_agency or dossier.clock is None:
        refuse_field("procedure", "not_open", "Cơ quan không đang giữ hồ sơ này.")


def check_recalculate(case: Case) -> None:
    """Only an open case has due instants that can move."""
    if case.opening is None or case.is_settled:
        reject_unopened()


def check_resume(case: Case, request: Resume) -> None:
    """Only what is parked can be resumed."""
    if request.procedure is None:
        if case.parked_step is None:
            refuse_field("procedure", "not_parked", "Hồ sơ không có bước nào bị tạm gác.")
    elif not _is_held(dossier_meant(case, request.procedure)):
        refuse_field("procedure", "not_parked", "Hồ sơ này không bị tạm gác.")


def check_confirm(case: Case, request: ConfirmRepresentative) -> None:
    """Only relatives confirm, only relatives can be confirmed, and only until all agree."""
    dossier = awaited_confirmation(case)
    if dossier is None or dossier.confirmation is None:
        refuse_field("", "nothing_to_confirm", "Hồ sơ không chờ xác nhận người đại diện.")
    said = {"relative": request.relative, "representative": request.representative}
    strangers = [name for name, who in said.items() if who not in dossier.confirmation.relatives]
    if strangers:
        message = "Không có trong danh sách thân nhân đã khai."
        reject(*(finding(name, "not_a_relative", message) for name in strangers))


def check_form(dossier: Dossier, confirmation: Confirmation, request: Supply) -> None:
    """Before it is filed, the family can hand in the written form and nothing else."""
    if dossier.is_settled or confirmation.is_reached:
        refuse_field("procedure", "nothing_wanted", "Hồ sơ này không chờ bổ sung.")
    wanted = confirmation.plan.fallback
    if wanted not in {item.code for item in request.items}:
        refuse_field("items", "incomplete", f"Còn thiếu: {wanted}.")


def check_redirect(case: Case, request: RedirectPayment) -> None:
    """Only a payment that waits for a person can be sent elsewhere.

    Nor one that may have been made: under its key there can be no other, so it is tried again.
    """
    dossier, way = dossier_meant(case, request.procedure), request.pay_to
    if not dossier.owes_money or dossier.payout is None or dossier.payout.held_because is None:
        refuse_field("procedure", "nothing_held", "Không có khoản chi nào đang chờ xử lý.")
    if dossier.payout.is_under_way and dossier.payout.held_because != NOT_TAKEN:
        message = "Chưa rõ khoản chi trước đã đi đến đâu; hãy cho thực hiện lại trước."
        refuse_field("procedure", "under_way", message)
    missing = [name for name in NEEDED[way.method] if not getattr(way, name)]
    if missing:
        message = "Phải có thông tin này."
        reject(*(finding(f"pay_to.{name}", "missing", message) for name in missing))


def awaited_confirmation(case: Case) -> Dossier | None:
    """The dossier for which a family can still agree on one of them.

    Once it has, that stands: whoever thinks better of it turns to the agency.
    """
    for dossier in case.dossiers.values():
        confirmation, is_open = dossier.confirmation, not dossier.is_settled
        if confirmation is not None and not confirmation.is_reached and is_open:
            return dossier
    return None


def dossier_meant(case: Case, procedure: ProcedureId) -> Dossier:
    """The dossier a request names; one that names none is rejected."""
    if case.opening is None:
        reject_unopened()
    dossier = find_dossier(case, procedure)
    if dossier is None:
        refuse_field("procedure", "unknown", "Hồ sơ không có thủ tục này.")
    return dossier


def find_dossier(case: Case, procedure: ProcedureId) -> Dossier | None:
    """The dossier a request names; None if there is none."""
    try:
        return case.find(procedure)
    except KeyError:
        return None


def reject_unopened() -> NoReturn:
    """Nothing can be said to a case that is not open."""
    refuse_field("", "not_open", "Hồ sơ chưa được mở hoặc không được tiếp nhận.")


def finding(field: str, rule: str, message: str) -> Finding:
    """One reason why a request does not fit."""
    return Finding(field=field, rule=rule, message=message)


def _check_agency(dossier: Dossier, key_id: str | None) -> None:
    """What is sealed with an agency's key is that agency's; it speaks for no other."""
    if key_id is not None and audience_of(key_id) not in {CASES, dossier.plan.agency}:
        refuse_field("procedure", "not_yours", "Thủ tục này thuộc cơ quan khác.")


def _untimely(dossier: Dossier, request: Decide) -> Iterator[Finding]:
    if request.round != dossier.round:
        yield finding("round", "wrong_round", f"Hồ sơ đang ở lần nộp thứ {dossier.round}.")
    if dossier.is_settled:
        yield finding("procedure", "already_decided", "Hồ sơ đã có quyết định khác.")
    if dossier.filed_at is None and not dossier.is_settled:
        yield finding("procedure", "not_filed_yet", "Hồ sơ chưa được chuyển đến cơ quan.")
    if _is_outdated(dossier, request):
        yield finding("decided_at", "outdated", "Cơ quan đã có quyết định mới hơn.")


def _is_outdated(dossier: Dossier, request: Decide) -> bool:
    """An interim decision told after a newer one would lead back to where the dossier no longer is.

    A final one is the agency's last word whenever it comes.
    """
    interim = request.outcome in {Outcome.SUPPLEMENT, Outcome.VERIFY}
    newest = dossier.decided_at
    return interim and newest is not None and request.decided_at < newest


def _incomplete(case: Case, dossier: Dossier, request: Decide) -> Iterator[Finding]:
    known = case.opening.reasons if case.opening else ()
    if request.outcome is Outcome.ACCEPTED:
        yield finding("outcome", "not_a_decision", "Tiếp nhận hồ sơ không phải là quyết định.")
    if request.outcome is Outcome.REFUSED and not request.reason_code:
        yield finding("reason_code", "missing", "Từ chối phải nêu mã lý do.")
    if request.reason_code and known and request.reason_code not in known:
        yield finding("reason_code", "unknown", "Mã lý do không có trong danh mục.")
    if request.outcome is Outcome.SUPPLEMENT and not request.items:
        yield finding("items", "missing", "Yêu cầu bổ sung phải nêu đủ các thành phần còn thiếu.")
    if request.outcome is Outcome.GRANTED:
        for name in dossier.plan.issues:
            if not request.issued.get(name):
                yield finding(f"issued.{name}", "missing", "Kết quả cấp phải có thông tin này.")


def _not_withdrawable(case: Case, procedure: ProcedureId, field: str) -> Iterator[Finding]:
    dossier = find_dossier(case, procedure)
    if dossier is None:
        yield finding(field, "unknown", "Hồ sơ không có thủ tục này.")
    elif dossier.is_settled:
        yield finding(field, "already_decided", "Thủ tục này đã xong, không rút được nữa.")


def _is_held(dossier: Dossier) -> bool:
    payout = dossier.payout
    is_unpaid = dossier.owes_money and payout is not None and payout.held_because is not None
    return is_unpaid or dossier.state is DossierState.PARKED
