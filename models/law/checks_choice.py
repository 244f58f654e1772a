"""Whether procedures among which the software chooses are true alternatives, with a name."""

from collections.abc import Iterator

from models.kernel.base import ProcedureId
from models.kernel.findings import Finding, Severity
from models.law.procedures import ProcedureRule
from models.law.rules import GroupRule


def check_choice_of_procedure(rule: GroupRule) -> Iterator[Finding]:
    """Everything wrong with words that several procedures share as `asked_as`."""
    words = dict.fromkeys(step.asked_as for step in rule.procedures if step.asked_as)
    for word in words:
        yield from _word(rule, word)
    for asked in rule.asked:
        if asked.id not in words:
            message = f"không có thủ tục nào ghi asked_as = {asked.id!r}: bỏ mục này, hoặc ghi vào"
            yield _found(rule, f"asked.{asked.id}", "asked", message)
    for step in rule.procedures:
        yield from _waits_for_a_choice(rule, step)


def _word(rule: GroupRule, word: ProcedureId) -> Iterator[Finding]:
    options = [step for step in rule.procedures if step.asked_as == word]
    if any(step.id == word for step in rule.procedures):
        message = f"asked_as = {word!r} trùng id của một thủ tục: đặt từ khác"
        yield _found(rule, f"{word}.asked_as", "asked_as", message)
    if all(asked.id != word for asked in rule.asked):
        message = (
            f"thêm mục [[asked]] với id = {word!r}, title và short_title: người dân cần tên gọi"
        )
        yield _found(rule, f"{word}.asked_as", "asked", message)
    if len(options) == 1:
        message = f"chỉ {options[0].id} ghi asked_as = {word!r}: không có gì để chọn"
        yield _found(rule, f"{word}.asked_as", "asked_as", message, Severity.WARNING)
    yield from _exclusive(rule, word, options)


def _exclusive(
    rule: GroupRule, word: ProcedureId, options: list[ProcedureRule]
) -> Iterator[Finding]:
    names = ", ".join(step.id for step in options)
    if len({frozenset(step.after) for step in options}) > 1:
        message = f"{names} cùng asked_as = {word!r} nên phải ghi after như nhau"
        yield _found(rule, f"{word}.after", "alternatives", message)
    if not all(step.after for step in options):
        message = f"{names}: ghi after, vì quỹ chỉ được xác định sau khi có kết quả bước trước"
        yield _found(rule, f"{word}.after", "alternatives", message)
    if any(step.required for step in options):
        message = f"{names} loại trừ nhau: không thủ tục nào được ghi required = true"
        yield _found(rule, f"{word}.required", "alternatives", message)


def _waits_for_a_choice(rule: GroupRule, step: ProcedureRule) -> Iterator[Finding]:
    """Nothing may follow an alternative: another may be the one that is performed."""
    chosen = {other.id for other in rule.procedures if other.asked_as}
    for before in step.after:
        if before in chosen:
            message = f"{before} chỉ là một lựa chọn, có thể không được thực hiện: bỏ khỏi after"
            yield _found(rule, f"{step.id}.after", "alternatives", message)


def _found(
    rule: GroupRule, name: str, kind: str, message: str, severity: Severity = Severity.ERROR
) -> Finding:
    return Finding(field=f"{rule.version}.{name}", rule=kind, message=message, severity=severity)
