"""What we write to the citizen, in Vietnamese."""

from typing import cast

from models.cases.clock import ReachedMilestone
from models.cases.orders import ReturnResults, SendReceipt, TellFamily
from models.cases.status import DossierStatus
from models.clock.steps import MILESTONE_TITLES, Milestone
from models.contracts.dossiers import Facts, Notice, Parcel
from models.intake.intake import Opening
from models.kernel.vocabulary import DossierState
from models.kernel.words import official_time
from models.law.steps import MilestoneKind


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
    said = f"- {dossier.title}: {dossier.state.label}{reason}"
    if dossier.revoked_by:
        said += f"; không còn hiệu lực theo quyết định {dossier.revoked_by}"
    return said


BODY = {
    MilestoneKind.EARLY_WARNING: "sắp đến hạn giải quyết",
    MilestoneKind.ONE_DAY_BEFORE: (
        "còn một ngày làm việc: nếu không kịp, phải xin lỗi và hẹn lại một lần (mẫu số 04)"
    ),
    MilestoneKind.DUE: "đến hạn giải quyết",
    MilestoneKind.LATE: "đã quá hạn giải quyết; quá hạn không phải là căn cứ để từ chối",
    MilestoneKind.ESCALATION: "đã quá hạn giải quyết, báo cáo cấp trên",
}


def reminder_of(opening: Opening, reached: ReachedMilestone) -> Notice:
    """One reminder; the same step of the same due instant always has the same key."""
    step, dossier = reached.step, reached.dossier
    code = dossier.plan.code if dossier else opening.case_code
    about = f"{dossier.plan.title}, hồ sơ {code}" if dossier else f"Hồ sơ {code}"
    return Notice(
        key=f"{code}-{step.key}-{step.due_at:%y%m%d%H%M}",
        case_code=opening.case_code,
        kind=step.kind,
        to={
            "agency": dossier.plan.agency if dossier else None,
            "unit": dossier.unit if dossier else opening.commune,
            "level": str(step.level),
            "addressee": step.to or (dossier.plan.agency_name if dossier else ""),
        },
        title=f"{MILESTONE_TITLES[step.kind].capitalize()}: {code}",
        body=f"{about}: {BODY[step.kind]}. Hạn {official_time(step.due_at)}.{_apology(step)}",
    )


def _apology(step: Milestone) -> str:
    if step.new_due_at is None:
        return ""
    return (
        f" Đã lập sẵn mẫu số 04, đề nghị hẹn lại {official_time(step.new_due_at)};"
        " chỉ có hiệu lực khi cơ quan xác nhận."
    )
