"""The case card: what an official reads in the Temporal UI instead of JSON. No personal data."""

from datetime import datetime

from models.cases.case import Case
from models.cases.clock import working_time_of
from models.cases.dossier import Dossier
from models.cases.payouts import RETURNED, Payout
from models.intake.intake import Opening
from models.kernel.vocabulary import DossierState, Holder
from models.kernel.words import official_time


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
        f"- **Trạng thái:** {case.state.label} ({sla.label})",
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
    return [agency, f"đang giữ: {Holder(holder).label}"]


def _state_of(dossier: Dossier) -> str:
    words = dossier.state.label
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
    return payout.last.state.label + reason
