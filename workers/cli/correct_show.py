"""How the command line shows a correction: who must act, who has acknowledged, what is owed."""

from models.corrections.card import KIND
from models.corrections.notices import dong
from models.corrections.states import EFFECT
from models.corrections.status import CorrectionStatus, StepStatus, TaskStatus
from models.kernel.findings import Finding
from models.kernel.words import official_time
from workers.cli.console import out


def show(status: CorrectionStatus) -> None:
    """Write one correction to standard output, for people."""
    kind = KIND[status.kind] if status.kind else "Quyết định cải chính"
    again = " (đã thực hiện từ trước)" if status.is_duplicate else ""
    out.print(f"[bold]{kind} {status.correction_id or ''}[/]: {status.state.label}{again}")
    if status.case_code:
        approved = status.approved_by or "chưa có"
        out.print(
            f"Hồ sơ {status.case_code}, kết quả {status.act}; quyết định {status.decided_by},"
            f" phê duyệt {approved}; căn cứ {status.legal_basis}"
        )
    for finding in status.errors:
        out.print(f"  {_field(finding)}{finding.message}")
    for step in status.steps:
        out.print(f"  {_step(step)}")
    for task in status.tasks:
        out.print(f"  {_task(task)}")


def _field(finding: Finding) -> str:
    return f"{finding.field}: " if finding.field else ""


def _step(step: StepStatus) -> str:
    said = step.state.label
    if step.effect:
        said += f": {EFFECT.get(step.effect, step.effect)}"
    if step.parked_because:
        said += f" ({step.reason_code or step.parked_because}; mã bước {step.id})"
    when = f" · {official_time(step.settled_at)}" if step.settled_at else ""
    return f"{step.title} — {said}{when}"


def _task(task: TaskStatus) -> str:
    what = f"Việc {task.id}: thu hồi {dong(task.amount)}"
    if task.outcome is not None:
        return f"{what} — {task.outcome.label}, {task.settled_by}"
    due = f", hạn {official_time(task.due_at)}" if task.due_at else ""
    mark = "" if task.due_is_verified else " (thời hạn chưa kiểm chứng)"
    late = ", QUÁ HẠN" if task.overdue else ""
    return f"{what} — giao {task.assignee}{due}{mark}{late}"
