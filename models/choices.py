"""Whether the chosen procedures are what the law offers on the reception day."""

from collections.abc import Iterable

from models.base import ProcedureId
from models.findings import Finding
from models.law import GroupRule, ProcedureRule


def check_choice(rule: GroupRule, chosen: Iterable[str]) -> tuple[Finding, ...]:
    """Every procedure that the rule does not know, does not offer, or insists on."""
    known = {step.id: step for step in rule.procedures}
    asked = tuple(chosen)
    wrong = [
        finding
        for number, id in enumerate(asked)
        if (finding := _wrong(f"procedures.{number}", known.get(ProcedureId(id)))) is not None
    ]
    missing = [step for step in rule.procedures if step.required and step.id not in asked]
    return (*wrong, *map(_missing, missing))


def _wrong(field: str, step: ProcedureRule | None) -> Finding | None:
    if step is None:
        message = "Nhóm thủ tục này không có thủ tục đó tại nơi và ngày tiếp nhận"
        return Finding(field=field, rule="not_in_group", message=message)
    if not step.offered:
        message = f"{step.title} chưa được cung cấp: {step.not_offered_because}"
        return Finding(field=field, rule="not_offered", message=message)
    return None


def _missing(step: ProcedureRule) -> Finding:
    message = f"Phải có thủ tục {step.title} ({step.id})"
    return Finding(field="procedures", rule="required", message=message)
