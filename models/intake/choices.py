"""Whether the chosen procedures are what the law offers on the reception day."""

from collections.abc import Iterable

from models.kernel.base import ProcedureId
from models.kernel.findings import Finding
from models.law.procedures import ProcedureRule
from models.law.rules import GroupRule


def check_choice(rule: GroupRule, chosen: Iterable[str]) -> tuple[Finding, ...]:
    """Every procedure that the rule does not know, does not offer, or insists on."""
    asked = tuple(chosen)
    wrong = [
        finding
        for number, id in enumerate(asked)
        if (finding := _wrong(f"procedures.{number}", ProcedureId(id), rule)) is not None
    ]
    missing = [step for step in rule.procedures if step.required and step.word not in asked]
    return (*wrong, *map(_missing, missing))


def _wrong(field: str, asked: ProcedureId, rule: GroupRule) -> Finding | None:
    """A citizen asks with the word alternatives share: which of them it is, the software says."""
    options = [step for step in rule.procedures if step.word == asked]
    if any(step.offered for step in options):
        return None
    if options:
        because = "; ".join(f"{step.title}: {step.not_offered_because}" for step in options)
        message = f"Chưa được cung cấp: {because}"
        return Finding(field=field, rule="not_offered", message=message)
    for step in rule.procedures:
        if step.id == asked:
            message = f"Hãy ghi {step.word}: phần mềm xác định cơ quan giải quyết cho từng hồ sơ"
            return Finding(field=field, rule="asked_otherwise", message=message)
    message = "Nhóm thủ tục này không có thủ tục đó tại nơi và ngày tiếp nhận"
    return Finding(field=field, rule="not_in_group", message=message)


def _missing(step: ProcedureRule) -> Finding:
    message = f"Phải có thủ tục {step.title} ({step.word})"
    return Finding(field="procedures", rule="required", message=message)
