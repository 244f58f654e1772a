"""Whether what a family says about its representative and its money fits the case."""

from models.cases.cases import Case
from models.cases.confirmations import Confirmation
from models.cases.dossiers import Dossier
from models.cases.requests import ConfirmRepresentative, RedirectPayment, Supply
from models.contracts.payments import PaymentMethod
from models.kernel.errors import BackendRefusedRequestError
from workflows.case.lookups import dossier_meant, finding
from workflows.runtime.requests import refuse_field, reject

NEEDED = {
    PaymentMethod.ACCOUNT: ("bank", "account_number", "account_name"),
    PaymentMethod.CASH: ("place",),
}
NOT_TAKEN = BackendRefusedRequestError.__name__
"""The payer said no to the order itself, so there is no such payment."""


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
