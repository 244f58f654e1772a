"""What agencies are told when a due instant is near or past. Holds no personal data."""

from models.cases.case_clock import ReachedMilestone
from models.clock.steps import MILESTONE_TITLES, Milestone
from models.contracts.dossiers import Notice
from models.intake.intake import Opening
from models.kernel.words import official_time
from models.law.steps import MilestoneKind

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
