"""What people are told who owe a correction something. Holds no personal data."""

from datetime import datetime

from models.contracts.dossiers import Notice
from models.corrections.correction import Correction, Task
from models.kernel.words import official_time


def approval_notice(correction: Correction, at: datetime, *, level: int) -> Notice:
    """The reminder that a second person must approve; each instant has its own key."""
    about = _about(correction)
    return _notice(
        correction,
        at,
        kind="correction_approval",
        level=level,
        addressee="người phê duyệt" if level == 0 else "cấp trên của người phê duyệt",
        title=f"Chờ phê duyệt: {about}",
        body=f"{about} chờ người thứ hai phê duyệt từ {official_time(correction.recorded_at)}.",
    )


def claim_notice(correction: Correction, task: Task, at: datetime, *, level: int = 0) -> Notice:
    """Who must claim money back, how much, and by when; told when it begins and again after."""
    amount = (
        f"{task.step.amount:,} đồng".replace(",", ".") if task.step.amount else "số tiền đã chi"
    )
    due = f" Hạn {official_time(task.reminders.due_at)}" if task.reminders.due_at else ""
    mark = "" if task.reminders.verified else " (thời hạn chưa kiểm chứng)"
    about = _about(correction)
    return _notice(
        correction,
        at,
        kind="correction_claim",
        level=level,
        addressee=task.assignee,
        title=f"Thu hồi tiền: {about}",
        body=f"{about}: thu hồi {amount} theo lệnh chi {task.step.key}.{due}{mark if due else ''}.",
    )


def dong(amount: int | None) -> str:
    """How officials write an amount of money."""
    return "số tiền đã chi" if amount is None else f"{amount:,} đồng".replace(",", ".")


def _about(correction: Correction) -> str:
    return f"Quyết định {_id_of(correction)}, hồ sơ {correction.case_code}"


def _id_of(correction: Correction) -> str:
    return correction.decision.correction_id if correction.decision else ""


def _notice(  # noqa: PLR0913 -- the parts of a letter
    correction: Correction,
    at: datetime,
    *,
    kind: str,
    level: int,
    addressee: str,
    title: str,
    body: str,
) -> Notice:
    if correction.case is None:
        raise ValueError("a correction that was taken in has a case")
    return Notice(
        key=f"{_id_of(correction)}-{kind}-{len(correction.reminders)}-{at:%y%m%d%H%M}",
        case_code=correction.case.case_code,
        kind=kind,
        to={
            "agency": correction.first_agency,
            "unit": correction.case.commune or None,
            "level": str(level),
            "addressee": addressee,
        },
        title=title,
        body=body,
    )
