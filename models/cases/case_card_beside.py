"""What the card says of a dossier beside its agency: the family that must agree, and the money."""

from models.cases.dossiers import Dossier
from models.cases.payouts import RETURNED, Payout
from models.contracts.payments import PaymentState
from models.kernel.vocabulary import DossierState
from models.kernel.words import official_time

PAYMENT = {
    PaymentState.ACCEPTED: "đang chi tiền",
    PaymentState.PAID: "đã chi tiền",
    PaymentState.RETURNED: "khoản chi bị trả về",
    PaymentState.STOPPED: "đã dừng chi tiền",
}


def beside(dossier: Dossier) -> list[str]:
    """Facts for the dossier's line; none where nothing stands beside it. No name, no amount."""
    facts = []
    if dossier.confirmation is not None and dossier.state is DossierState.SUPPLEMENT_WANTED:
        item, limit = dossier.confirmation.item, dossier.confirmation.limit
        facts.append(f"chờ: {item.description}, hạn {official_time(limit)}")
    if dossier.payout is not None and dossier.is_granted:
        facts.append(_money(dossier.payout))
    return facts


def _money(payout: Payout) -> str:
    if payout.held_because not in {None, RETURNED}:
        return f"khoản chi cần người xử lý ({payout.held_because})"
    if payout.last is None:
        return "chưa chi tiền"
    reason = f", mã {payout.last.reason_code}, cần người xử lý" if payout.held_because else ""
    return PAYMENT[payout.last.state] + reason
