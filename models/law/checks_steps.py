"""Whether the steps around due instants are complete, in order and owned by somebody."""

from collections.abc import Iterator
from itertools import pairwise

from models.kernel.findings import Finding, Severity
from models.law.procedures import ProcedureRule
from models.law.rules import GroupRule
from models.law.steps import HOURS_A_DAY, MilestoneKind, MilestoneRule

ORDER = tuple(MilestoneKind)
ALWAYS = {
    MilestoneKind.EARLY_WARNING,
    MilestoneKind.DUE,
    MilestoneKind.LATE,
    MilestoneKind.ESCALATION,
}


def check_steps(rule: GroupRule) -> Iterator[Finding]:
    """Everything wrong with the steps of the case and of each dossier."""
    most = min(total.working_days for total in rule.totals)
    yield from _check(f"{rule.version}.steps", rule.steps, most)
    for step in rule.procedures:
        if step.offered:
            days = step.limit.working_days if step.limit else most
            yield from _check(_field(rule, step), rule.steps_of(step.id), days)


def _check(field: str, steps: tuple[MilestoneRule, ...], limit_days: int) -> Iterator[Finding]:
    yield from _missing(field, steps, limit_days)
    yield from _out_of_order(field, steps)
    for step in steps:
        yield from _alone(field, step, limit_days)


def _missing(field: str, steps: tuple[MilestoneRule, ...], limit_days: int) -> Iterator[Finding]:
    wanted = ALWAYS | ({MilestoneKind.ONE_DAY_BEFORE} if limit_days else set())
    for kind in ORDER:
        if kind in wanted - {step.kind for step in steps}:
            message = f"thiếu mốc {kind}: thêm một dòng kind = {kind.value!r}, theo thứ tự"
            yield Finding(field=field, rule="steps_missing", message=message)


def _out_of_order(field: str, steps: tuple[MilestoneRule, ...]) -> Iterator[Finding]:
    for one, other in pairwise(steps):
        if _place(one) >= _place(other):
            message = (
                f"mốc {other.kind} phải đứng sau mốc {one.kind}: đổi chỗ, hoặc sửa before, after"
            )
            yield Finding(field=field, rule="steps_order", message=message)


def _alone(field: str, step: MilestoneRule, limit_days: int) -> Iterator[Finding]:
    if step.kind is MilestoneKind.ONE_DAY_BEFORE and step.before and step.before.working_days != 1:
        message = "mốc one_day_before luôn là before = { working_days = 1 }"
        yield Finding(field=field, rule="steps_one_day", message=message)
    if step.before and step.before.in_hours > max(limit_days * HOURS_A_DAY, HOURS_A_DAY):
        message = (
            f"mốc {step.kind} trước hạn {step.before.said()} mà hạn chỉ {limit_days} ngày làm việc:"
            " mốc này không bao giờ tới; ghi before ngắn hơn"
        )
        yield Finding(field=field, rule="steps_too_early", message=message)
    if step.kind is MilestoneKind.ESCALATION and not (step.to and step.level):
        message = "mốc escalation phải nói báo ai: ghi to và level (1 là cấp trên trực tiếp)"
        yield Finding(field=field, rule="steps_to", message=message)
    if step.verified and step.basis is None:
        message = f"mốc {step.kind}: ghi basis, hoặc verified = false nếu chưa có căn cứ"
        yield Finding(field=field, rule="steps_basis", severity=Severity.WARNING, message=message)


def _place(step: MilestoneRule) -> tuple[int, int]:
    return step.offset, ORDER.index(step.kind)


def _field(rule: GroupRule, step: ProcedureRule) -> str:
    return f"{rule.version}.{step.id}.steps" if step.steps else f"{rule.version}.dossier_steps"
