"""How the command line tells of a dossier: where it is, what is wanted, what its money did."""

from collections.abc import Iterator, Mapping
from pathlib import Path

from adapters.law.files import read_entries
from models.cases.payouts import Payment
from models.cases.status import DossierStatus
from models.contracts.payments import PaymentState
from models.entitlements.money import in_dong
from models.kernel.vocabulary import DossierState, Holder
from models.kernel.words import official_time
from models.law.law import ReasonCode


def dossier_lines(dossier: DossierStatus) -> Iterator[str]:
    """The first is what it is and how it stands, in console markup; the others are plain."""
    reason = f" (mã lý do {dossier.reason_code})" if dossier.reason_code else ""
    yield f"[bold]{dossier.title}[/]: {dossier.state.label}{reason}"
    yield " · ".join(_where(dossier))
    if dossier.state is DossierState.SUPPLEMENT_WANTED and dossier.items:
        wanted = "; ".join(
            f"{item.description or item.code} ({item.code})" for item in dossier.items
        )
        yield f"Cần: {wanted}"
    if dossier.payment:
        yield _money(dossier.payment)
    if dossier.revoked_by:
        yield f"Mất căn cứ, theo quyết định {dossier.revoked_by}"


def refusal_lines(dossier: DossierStatus, reasons: Mapping[str, ReasonCode]) -> Iterator[str]:
    """Of a refused one: what was wrong, what cures it, and that it may be filed alone again."""
    if dossier.state is not DossierState.REFUSED:
        return
    reason = reasons.get(dossier.reason_code or "")
    if reason is not None:
        yield f"Lý do: {reason.title}"
        yield f"Cách khắc phục: {reason.cure}"
    yield "Khi đã khắc phục, có thể nộp riêng thủ tục này; kết quả đã có vẫn giữ nguyên (mẫu 03)"


def reasons_by_code(law: Path) -> dict[str, ReasonCode]:
    """The reasons agencies refuse with, by code, as the law files have them now."""
    return {one.code: one for one in read_entries(law / "reasons.toml", "reason", ReasonCode)}


def _where(dossier: DossierStatus) -> Iterator[str]:
    yield dossier.agency_name or dossier.agency
    yield dossier.code
    if dossier.due_at:
        yield f"hạn {official_time(dossier.due_at)}"
    if dossier.working_time:
        yield dossier.working_time.said()
    if dossier.settled_at:
        yield f"xong {official_time(dossier.settled_at)}"
    if dossier.holder == Holder.OUTAGE:
        yield "chưa liên lạc được với cơ quan"


def _money(payment: Payment) -> str:
    said = [f"{in_dong(payment.amount)} đồng", payment.state.label]
    if payment.reason_code:
        said.append(f"mã lý do {payment.reason_code}")
    if payment.state is PaymentState.RETURNED:
        said.append("cần người xử lý: `lienthong redirect-payment` hoặc `lienthong resume`")
    if payment.reference:
        said.append(f"số {payment.reference}")
    if payment.at:
        said.append(official_time(payment.at))
    return f"Chi trả: {' · '.join(said)}"
