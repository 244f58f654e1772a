"""Whether rules end when their texts do, and something takes their place on the next day."""

from collections.abc import Iterator
from datetime import date

from models.kernel.findings import Finding, Severity
from models.law.rules import GroupRule, Span
from models.working_time.calendars import ONE_DAY


def check_repeals(rules: tuple[GroupRule, ...]) -> Iterator[Finding]:
    """Rules that outlive their repeal, and successors that are not there."""
    by_version = {rule.version: rule for rule in rules}
    for rule in rules:
        yield from _outlived(rule)
        yield from _forgotten(rule, rules)
        if rule.superseded_by is not None:
            yield from _succeeded(rule, by_version.get(rule.superseded_by))


def _outlived(rule: GroupRule) -> Iterator[Finding]:
    repealed = rule.repealed_on
    if repealed is not None and (rule.valid_to is None or rule.valid_to >= repealed):
        last = f"tới {rule.valid_to:%d/%m/%Y}" if rule.valid_to else "không thời hạn"
        message = (
            f"văn bản bị bãi bỏ từ {repealed:%d/%m/%Y} mà quy định còn áp dụng {last}:"
            f" ghi valid_to = {repealed - ONE_DAY:%Y-%m-%d} hoặc sớm hơn"
        )
        yield _found(rule, "valid_to", "repealed", message)
    if repealed is not None and rule.repealed_by is None:
        message = "có repealed_on thì ghi repealed_by: văn bản nào bãi bỏ"
        yield _found(rule, "repealed_by", "repealed", message)


def _forgotten(rule: GroupRule, rules: tuple[GroupRule, ...]) -> Iterator[Finding]:
    """An open-ended rule of a province goes on beating every later rule of the whole country."""
    if not rule.places or rule.valid_to is not None:
        return
    later = [
        other
        for other in rules
        if other.group == rule.group and not other.places and other.valid_from > rule.valid_from
    ]
    if later:
        newest = max(later, key=lambda other: other.valid_from)
        message = (
            f"quy định riêng của tỉnh {', '.join(rule.places)} không có ngày hết hiệu lực nên vẫn"
            f" thắng {newest.version} (từ {newest.valid_from:%d/%m/%Y}):"
            " ghi valid_to nếu đã thôi áp dụng"
        )
        yield _found(rule, "valid_to", "outlives", message, Severity.WARNING)


def _succeeded(rule: GroupRule, successor: GroupRule | None) -> Iterator[Finding]:
    if successor is None or successor.group != rule.group:
        message = f"nhóm này không có quy định {rule.superseded_by}"
        yield _found(rule, "superseded_by", "successor", message)
    elif rule.valid_to is None:
        message = f"đã có {successor.version} thay thế thì phải ghi valid_to"
        yield _found(rule, "valid_to", "successor", message)
    else:
        yield from _handed_on(rule, successor, rule.valid_to + ONE_DAY)


def _handed_on(rule: GroupRule, successor: GroupRule, day: date) -> Iterator[Finding]:
    for place in sorted({span.place for span in rule.spans()}):
        if not any(_holds(span, place, day) for span in successor.spans()):
            where = f"tỉnh {place}" if place else "cả nước"
            message = (
                f"{successor.version} thay thế mà chưa áp dụng cho {where} ngày {day:%d/%m/%Y}:"
                " sửa valid_to ở đây, hoặc valid_from, pilots ở đó"
            )
            yield _found(rule, "superseded_by", "successor", message)


def _holds(span: Span, place: str, day: date) -> bool:
    return span.place in (place, "") and span.first <= day <= (span.last or day)


def _found(
    rule: GroupRule, name: str, kind: str, message: str, severity: Severity = Severity.ERROR
) -> Finding:
    return Finding(field=f"{rule.version}.{name}", rule=kind, message=message, severity=severity)
