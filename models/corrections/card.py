"""The card of a correction: what an official reads in the Temporal UI. No personal data."""

from datetime import datetime

from models.contracts.corrections import CorrectionKind
from models.corrections.correction import Correction, RunningStep, Task
from models.corrections.notices import dong
from models.corrections.states import EFFECT
from models.kernel.words import official_time

KIND = {CorrectionKind.CORRECTED: "Cải chính", CorrectionKind.REVOKED: "Thu hồi"}


def correction_card(correction: Correction, now: datetime) -> str:
    """Markdown for the workflow's current details."""
    if correction.decision is None:
        wrong = "\n".join(f"- `{one.field}`: {one.message}" for one in correction.findings)
        return f"### Quyết định cải chính {correction.state.label}\n\n{wrong}"
    return "\n".join(
        [
            *_heading(correction),
            *map(_step, correction.steps.values()),
            *(_task(task, now) for task in correction.tasks.values()),
        ]
    )


def _heading(correction: Correction) -> list[str]:
    decision = correction.decision
    if decision is None:
        return []
    approved = correction.approved_by or "chưa có"
    lines = [
        f"### {KIND[decision.kind]}: {decision.correction_id}",
        "",
        f"- **Hồ sơ:** {decision.case_code} — kết quả `{decision.act}`",
        f"- **Trạng thái:** {correction.state.label}",
        f"- **Quyết định:** {decision.decided_by} · **phê duyệt:** {approved}",
        f"- **Căn cứ:** {decision.legal_basis}",
    ]
    if correction.held_by:
        lines.append(f"- **Đang chờ:** quyết định {correction.held_by} của cùng hồ sơ")
    if correction.parked_because:
        lines.append(f"- **Cần người xử lý:** bước bị tạm gác ({correction.parked_because})")
    wrong = (f"- `{one.field}`: {one.message}" for one in correction.findings)
    return [*lines, *wrong, ""]


def _step(step: RunningStep) -> str:
    said = step.state.label
    if step.receipt is not None:
        said += f": {EFFECT.get(step.receipt.effect, step.receipt.effect)}"
    if step.parked_because:
        said += f" — {step.reason_code or step.parked_because}"
    when = f" · {official_time(step.settled_at)}" if step.settled_at else ""
    return f"1. **{step.plan.title}** — {said}{when}"


def _task(task: Task, now: datetime) -> str:
    what = f"Thu hồi {dong(task.step.amount)} (lệnh chi {task.step.key})"
    if task.outcome is not None:
        return f"- **{what}** — {task.outcome.label}, {task.settled_by}"
    due = f"hạn {official_time(task.reminders.due_at)}" if task.reminders.due_at else ""
    mark = "" if task.reminders.verified else " _(thời hạn chưa kiểm chứng)_"
    late = " **quá hạn**" if task.is_overdue(now) else ""
    return f"- **{what}** — giao {task.assignee}, {due}{mark}{late}"
