"""What we write to the citizen, in Vietnamese."""

from typing import cast

from models.cases.case_card import DOSSIER_STATE
from models.cases.orders import ReturnResults, SendReceipt, TellFamily
from models.cases.status import DossierStatus
from models.contracts.dossiers import Facts, Notice, Parcel
from models.kernel.vocabulary import DossierState
from models.kernel.words import official_time


def receipt_notice(order: SendReceipt) -> Notice:
    """The receipt with the appointment date."""
    return Notice(
        key=f"{order.case_code}-receipt",
        case_code=order.case_code,
        kind="receipt",
        to=_addressee(order.to),
        title=f"Giấy tiếp nhận hồ sơ và hẹn trả kết quả {order.case_code}",
        body=(
            f"{order.group_title}. Hồ sơ {order.case_code} được tiếp nhận lúc "
            f"{official_time(order.received_at)}, hẹn trả kết quả trước "
            f"{official_time(order.promised_at)}."
        ),
    )


def results_notice(order: ReturnResults) -> Notice:
    """The results of a bundle in one message, with what each agency issued attached."""
    return Notice(
        key=order.key,
        case_code=order.case_code,
        kind="results",
        to=_addressee(order.to),
        title=f"Kết quả giải quyết hồ sơ {order.case_code}",
        body="\n".join([f"{order.group_title}.", *map(_line, order.dossiers), *_later(order)]),
        attachments={
            d.procedure: d.issued for d in order.dossiers if d.issued and d.revoked_by is None
        },
    )


def parcel_of_results(order: ReturnResults) -> Parcel:
    """The paper results, by public post to the address the citizen gave."""
    return Parcel(
        key=order.key,
        case_code=order.case_code,
        recipient=str(order.to.get("full_name", "")),
        phone=str(order.to.get("phone", "")),
        address=str(order.delivery.get("address", "")),
        commune=cast("str | None", order.delivery.get("commune")),
        contents=tuple(d.title for d in order.dossiers if _holds(d)),
    )


def family_notice(order: TellFamily) -> Notice:
    """What the family has to agree on before a procedure can be filed."""
    return Notice(
        key=f"{order.dossier_code}-{order.kind}",
        case_code=order.case_code,
        kind=order.kind,
        to=_addressee(order.to),
        title=f"{order.title}: cần gia đình xác nhận, hồ sơ {order.dossier_code}",
        body=(
            f"{order.title}, hồ sơ {order.dossier_code}: {order.wanted}, "
            f"hạn {official_time(order.due_at)}. Các thủ tục khác của hồ sơ vẫn được giải quyết."
        ),
    )


def _addressee(to: Facts) -> dict[str, str | None]:
    return {
        name: cast("str | None", to.get(name)) for name in ("personal_number", "phone", "email")
    }


def _later(order: ReturnResults) -> list[str]:
    return [
        f"- {title}: chờ công dân hoặc gia đình, kết quả được trả sau" for title in order.pending
    ]


def _holds(dossier: DossierStatus) -> bool:
    """Granted, and no correction has taken it away."""
    return dossier.state is DossierState.GRANTED and dossier.revoked_by is None


def _line(dossier: DossierStatus) -> str:
    reason = f" (mã lý do {dossier.reason_code})" if dossier.reason_code else ""
    said = f"- {dossier.title}: {DOSSIER_STATE[dossier.state]}{reason}"
    if dossier.revoked_by:
        said += f"; không còn hiệu lực theo quyết định {dossier.revoked_by}"
    return said
