"""Whether a rule says what becomes of its clock: supplements, verification, extensions, intake."""

from collections.abc import Iterator

from models.kernel.findings import Finding, Severity
from models.kernel.legal_basis import LegalBasis
from models.law.rules import GroupRule

CHOICES = {
    "counting": "ngày bắt đầu là ngày 0 hay ngày 1 (reception_is_day_0, reception_is_day_1)",
    "after_supplement": "tính thời hạn thế nào sau bổ sung (restart, pause, continue)",
}


def check_clock(rule: GroupRule) -> Iterator[Finding]:
    """Every choice that must be written down, and every contradiction between two of them."""
    for name, question in CHOICES.items():
        if name not in rule.model_fields_set:
            yield _found(rule, name, "policy", f"thiếu {name}: phải nói {question}")
    yield from _terms(rule)
    yield from _verification(rule)


def _terms(rule: GroupRule) -> Iterator[Finding]:
    """A term that is missing is worth a look: the case goes on without it."""
    if rule.supplement_limit is None:
        message = "thiếu supplement_limit: công dân không bổ sung thì hồ sơ chờ mãi"
        yield _found(rule, "supplement_limit", "policy", message, Severity.WARNING)
    elif rule.supplement_limit.verified:
        yield from _sourced(rule, "supplement_limit", rule.supplement_limit.basis)
    if rule.intake_limit is None:
        message = "thiếu intake_limit: không có hạn trả lời việc tiếp nhận"
        yield _found(rule, "intake_limit", "policy", message, Severity.WARNING)
    if rule.delay is None:
        if any(step.may_extend and step.offered for step in rule.procedures):
            message = "thiếu delay: nói rõ điều kiện gia hạn, hoặc ghi may_extend = false ở thủ tục"
            yield _found(rule, "delay", "policy", message, Severity.WARNING)
    elif rule.delay.verified:
        yield from _sourced(rule, "delay", rule.delay.basis)


def _sourced(rule: GroupRule, name: str, basis: LegalBasis | None) -> Iterator[Finding]:
    if basis is None:
        message = f"{name}: ghi basis, hoặc verified = false nếu chưa có căn cứ"
        yield _found(rule, name, "basis", message)


def _verification(rule: GroupRule) -> Iterator[Finding]:
    """A step may verify exactly if there is a longer limit for it, its own or the total."""
    of_total = any(total.with_verification is not None for total in rule.totals)
    for step in rule.procedures:
        longer = step.limit.with_verification is not None if step.limit else of_total
        if step.may_verify and step.offered and not longer:
            message = "không có with_verification: ghi thời hạn đó, hoặc may_verify = false"
            yield _found(rule, f"{step.id}.may_verify", "verification", message)
        if not step.may_verify and step.limit and step.limit.with_verification is not None:
            message = "có with_verification mà may_verify = false: bỏ một trong hai"
            yield _found(rule, f"{step.id}.may_verify", "verification", message)
    for total in (*rule.totals, *(step.limit for step in rule.procedures if step.limit)):
        if total.with_verification is not None and total.with_verification < total.working_days:
            message = (
                f"with_verification {total.with_verification} ngắn hơn {total.working_days}"
                " ngày làm việc thông thường"
            )
            yield _found(rule, "with_verification", "verification", message)


def _found(
    rule: GroupRule,
    name: str,
    kind: str,
    message: str,
    severity: Severity = Severity.ERROR,
) -> Finding:
    return Finding(field=f"{rule.version}.{name}", rule=kind, message=message, severity=severity)
