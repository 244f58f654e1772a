"""How `lienthong law show` says what becomes of the clock: pauses, new dates, steps, repeal."""

from collections.abc import Iterator

from models.clock.steps import describe_milestone
from models.kernel.legal_basis import LegalBasis
from models.law.rules import GroupRule
from models.law.steps import MilestoneRule
from models.working_time.terms import CitizenLimit, ClockPolicy, Counting

UNVERIFIED = "[yellow]chưa kiểm chứng[/]"

COUNTING = {
    Counting.RECEPTION_IS_DAY_0: "ngày bắt đầu không tính (ngày 0)",
    Counting.RECEPTION_IS_DAY_1: "ngày bắt đầu là ngày thứ nhất (ngày 1)",
}

AFTER_SUPPLEMENT = {
    ClockPolicy.RESTART: "tính lại từ đầu",
    ClockPolicy.PAUSE: "tính tiếp thời gian còn lại",
    ClockPolicy.CONTINUE: "thời hạn vẫn chạy trong lúc chờ",
}


def clock_lines(rule: GroupRule) -> Iterator[str]:
    """What the rule says about its clock, a line each."""
    yield f"Cách đếm: {COUNTING[rule.counting]}"
    yield f"Sau khi bổ sung: {AFTER_SUPPLEMENT[rule.after_supplement]}{_cut_off(rule)}"
    if rule.supplement_limit:
        yield f"Công dân bổ sung trong: {_citizen(rule.supplement_limit)}"
    if rule.intake_limit:
        hours = f"{rule.intake_limit.working_hours} giờ làm việc"
        yield f"Trả lời việc tiếp nhận trong: {hours}{_mark(rule.intake_limit.verified)}"
    if rule.delay:
        most = f", tối đa {rule.delay.at_most} ngày làm việc" if rule.delay.at_most else ""
        yield (
            f"Xin lỗi và hẹn lại: {rule.delay.times} lần, chậm nhất"
            f" {rule.delay.working_days_before} ngày làm việc trước hạn{most}"
            f"{_source(rule.delay.basis, verified=rule.delay.verified)}"
        )
    yield from (f"Mốc của hồ sơ: {line}" for line in step_lines(rule.steps))
    yield from (f"Mốc của từng bước: {line}" for line in step_lines(rule.dossier_steps))
    yield from _end(rule)


def step_lines(steps: tuple[MilestoneRule, ...]) -> Iterator[str]:
    """Each step: what, how far from the due instant, who is told, on what ground."""
    for step in steps:
        to = f" → {step.to}" if step.to else ""
        yield f"{describe_milestone(step)}{to}{_source(step.basis, verified=step.verified)}"


def _end(rule: GroupRule) -> Iterator[str]:
    if rule.repealed_on:
        yield f"Văn bản bị bãi bỏ từ {rule.repealed_on:%d/%m/%Y}{_source(rule.repealed_by)}"
    elif rule.repealed_by:
        yield f"Văn bản bị bãi bỏ{_source(rule.repealed_by)}"
    if rule.superseded_by:
        yield f"Thay thế bởi: {rule.superseded_by}"


def _citizen(limit: CitizenLimit) -> str:
    said = f"{limit.days} ngày" if limit.days else f"{limit.working_days} ngày làm việc"
    return f"{said}{_source(limit.basis, verified=limit.verified)}"


def _cut_off(rule: GroupRule) -> str:
    if rule.cut_off is None or not rule.supplement_cut_off:
        return ""
    return f"; bổ sung sau {rule.cut_off:%H:%M} thì từ ngày làm việc tiếp theo"


def _source(basis: LegalBasis | None, *, verified: bool = True) -> str:
    cited = f" ({basis.cited()})" if basis else ""
    return f"{cited}{_mark(verified and (basis is None or basis.verified))}"


def _mark(verified: bool) -> str:  # noqa: FBT001 - the one thing it says
    return "" if verified else f" ({UNVERIFIED})"
