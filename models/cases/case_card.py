"""The case card: what an official reads in the Temporal UI instead of JSON. No personal data."""

from datetime import datetime

from models.cases.case_card_beside import beside
from models.cases.cases import Case
from models.cases.dossier_time import working_time_of
from models.cases.dossiers import Dossier
from models.intake.intake import Opening
from models.kernel.vocabulary import CaseState, DossierState, Holder, SlaStatus
from models.kernel.words import official_time

CASE_STATE = {
    CaseState.RECEIVED: "đang tiếp nhận",
    CaseState.IN_PROGRESS: "đang giải quyết",
    CaseState.SUPPLEMENT_WANTED: "chờ công dân bổ sung hồ sơ",
    CaseState.COMPLETED: "đã giải quyết xong",
    CaseState.PARTLY_COMPLETED: "đã giải quyết một phần",
    CaseState.REFUSED: "bị từ chối",
    CaseState.WITHDRAWN: "công dân đã rút",
    CaseState.STOPPED: "đã dừng giải quyết",
    CaseState.REFUSED_AT_INTAKE: "không được tiếp nhận",
    CaseState.DUPLICATE: "trùng hồ sơ đã có",
}

DOSSIER_STATE = {
    DossierState.WAITING: "chờ bước trước",
    DossierState.SUBMITTED: "đã chuyển, chờ trả lời",
    DossierState.ACCEPTED: "đã tiếp nhận, đang giải quyết",
    DossierState.VERIFYING: "đang xác minh",
    DossierState.SUPPLEMENT_WANTED: "chờ công dân bổ sung",
    DossierState.PARKED: "tạm gác do lỗi kỹ thuật, cần người xử lý",
    DossierState.GRANTED: "đã giải quyết",
    DossierState.REFUSED: "bị từ chối",
    DossierState.WITHDRAWN: "công dân đã rút",
    DossierState.STOPPED: "đã dừng giải quyết",
    DossierState.NOT_FILED: "không chuyển (bước trước không được giải quyết)",
}

HOLDER = {
    Holder.CITIZEN: "Công dân",
    Holder.US: "Hệ thống liên thông",
    Holder.OUTAGE: "Chưa liên lạc được cơ quan",
}
"""Who can hold a dossier when its agency does not."""

SLA = {
    SlaStatus.ON_TIME: "trong hạn",
    SlaStatus.DUE_SOON: "sắp đến hạn",
    SlaStatus.OVERDUE: "quá hạn",
    SlaStatus.PAUSED: "tạm dừng tính hạn",
    SlaStatus.CLOSED_EARLY: "trước hạn",
    SlaStatus.CLOSED_ON_TIME: "đúng hạn",
    SlaStatus.CLOSED_LATE: "quá hạn",
}


def case_card(case: Case, now: datetime) -> str:
    """Markdown for the workflow's current details."""
    if case.intake is None:
        return "\n".join(["### Đang tiếp nhận hồ sơ", "", *_parked(case)])
    if case.opening is None:
        return _ended_at_intake(case)
    return "\n".join(
        [
            *_heading(case, case.opening, now),
            *(_dossier_lines(dossier, now) for dossier in case.dossiers.values()),
        ]
    )


def _ended_at_intake(case: Case) -> str:
    if case.intake and case.intake.duplicate_of:
        return f"### Trùng hồ sơ\n\nSự kiện này đã có hồ sơ **{case.intake.duplicate_of}**."
    findings = case.intake.findings if case.intake else ()
    wrong = "\n".join(f"- `{finding.field}`: {finding.message}" for finding in findings)
    return f"### Không được tiếp nhận\n\n{wrong}"


def _heading(case: Case, opening: Opening, now: datetime) -> list[str]:
    sla = case.sla(now)
    lines = [
        f"### {opening.case_code}",
        "",
        opening.group_title,
        "",
        f"- **Trạng thái:** {CASE_STATE[case.state]} ({SLA[sla]})",
        f"- **Nơi giải quyết:** {opening.commune_name} ({opening.commune})",
        f"- **Tiếp nhận:** {official_time(opening.received_at)}{_mark(opening)}",
        f"- **Hẹn trả:** {official_time(opening.promised_at)}{_moved(case, opening)}",
        f"- **Căn cứ:** {opening.law_version}",
    ]
    return [*lines, *_on_its_way(case), *_corrections(case), *_parked(case), *_held_money(case), ""]


def _moved(case: Case, opening: Opening) -> str:
    """The promised date stays on the card; where another holds now, that one too."""
    if case.due_at is None or case.due_at == opening.promised_at:
        return ""
    return f" — _nay hạn {official_time(case.due_at)}_"


def _on_its_way(case: Case) -> list[str]:
    rule = case.opening.handover if case.opening else None
    if case.on_its_way is None or rule is None:
        return []
    return [f"- **Đang chờ:** {rule.to} xác nhận đã trao kết quả gửi qua bưu chính"]


def _corrections(case: Case) -> list[str]:
    return [
        f"- **Đang cải chính, thu hồi:** {case.dossiers[act].plan.title} — quyết định {id}"
        for id, act in case.corrections.items()
    ]


def _parked(case: Case) -> list[str]:
    if case.parked_step is None:
        return []
    return [f"- **Cần người xử lý:** bước bị tạm gác ({case.parked_step})"]


def _held_money(case: Case) -> list[str]:
    held = [
        d for d in case.dossiers.values() if d.owes_money and d.payout and d.payout.held_because
    ]
    return [f"- **Cần người xử lý:** khoản chi của {dossier.plan.title}" for dossier in held]


def _mark(opening: Opening) -> str:
    marks = [
        text
        for is_set, text in (
            (opening.backdated, "lùi ngày"),
            (opening.plain_start, "gửi không mã hóa"),
        )
        if is_set
    ]
    return f" — _{', '.join(marks)}_" if marks else ""


def _dossier_lines(dossier: Dossier, now: datetime) -> str:
    """One line each: the UI runs a list within a list into the line before it."""
    plan = dossier.plan
    facts = [*_holders(dossier), f"mã {plan.code}"]
    if dossier.due_at:
        facts.append(f"hạn {official_time(dossier.due_at)}")
    if (time := working_time_of(dossier, now)) is not None:
        facts.append(time.said())
    if dossier.paused_at:
        facts.append(f"tạm dừng tính hạn từ {official_time(dossier.paused_at)}")
    if dossier.settled_at:
        facts.append(f"xong {official_time(dossier.settled_at)}")
    facts += beside(dossier)
    return f"1. **{plan.title}** — {_state_of(dossier)}. {' · '.join(facts)}"


def _holders(dossier: Dossier) -> list[str]:
    """The agency that performs it, and who holds it now where that is somebody else."""
    agency, holder = dossier.plan.agency_name, dossier.holder
    if holder is None or dossier.state is DossierState.WAITING:
        return [agency]
    if holder == dossier.plan.agency:
        return [f"Đang giữ: {agency}"]
    return [agency, f"đang giữ: {HOLDER[Holder(holder)]}"]


def _state_of(dossier: Dossier) -> str:
    words = DOSSIER_STATE[dossier.state]
    if dossier.unreachable:
        words += " (chưa liên lạc được với cơ quan, đang thử lại)"
    if dossier.reason_code:
        words += f" — mã lý do {dossier.reason_code}"
    if dossier.state is DossierState.REFUSED:
        words += " — khi đã khắc phục, nộp riêng được (mẫu 03)"
    if dossier.revoked_by:
        words += f" — mất căn cứ, theo quyết định {dossier.revoked_by}"
    if dossier.parked_because:
        words += f" — {dossier.parked_because}"
    return words
