"""Rules about identifiers: the form prescribed on the day, and what a number gives away."""

from collections.abc import Iterator
from datetime import date

from models.declarations.identifiers import is_written_as, pattern_on, read_personal_number
from models.declarations.rules.context import CheckContext
from models.declarations.rules.facts import Facts
from models.declarations.rules.reception import reception_day
from models.declarations.rules.rules import Rule, warning
from models.kernel.findings import Finding, Severity


def written_as(kind: str, *paths: str) -> Rule:
    """Identifiers of this kind have the form prescribed on the day of reception."""

    def rule(facts: Facts, context: CheckContext) -> Iterator[Finding]:
        for path in paths:
            yield from _deviation(kind, path, facts, context, reception_day(facts, context))

    return rule


def written_as_when_issued(kind: str, path: str, issued_on: str) -> Rule:
    """An identifier has the form prescribed on the day the paper was issued."""

    def rule(facts: Facts, context: CheckContext) -> Iterator[Finding]:
        if (day := facts.get(issued_on, date)) is not None:
            yield from _deviation(kind, path, facts, context, day)

    return rule


def _deviation(
    kind: str, path: str, facts: Facts, context: CheckContext, day: date
) -> Iterator[Finding]:
    number, pattern = facts.get(path, str), pattern_on(context.patterns, kind, day)
    if number is None or pattern is None or is_written_as(pattern, number):
        return
    severity = Severity(pattern.severity)
    yield Finding(field=path, rule=f"{kind}_form", message=pattern.message, severity=severity)


def known_places(*paths: str) -> Rule:
    """A personal number begins with a place that was ever given out."""

    def rule(facts: Facts, _context: CheckContext) -> Iterator[Finding]:
        for path in paths:
            number = read_personal_number(facts.get(path, str) or "")
            if number is not None and not number.has_known_place:
                message = "Ba chữ số đầu không phải mã nơi đăng ký khai sinh đã biết"
                yield warning(path, "unknown_place_code", message)

    return rule


def insurance_number_of(person: str) -> Rule:
    """A 12-digit insurance number is the holder's own personal number."""

    def rule(facts: Facts, _context: CheckContext) -> Iterator[Finding]:
        insurance = facts.get(f"{person}.insurance_number", str)
        personal = facts.get(f"{person}.personal_number", str)
        if insurance and personal and len(insurance) == len(personal) and insurance != personal:
            message = "Mã số BHXH 12 chữ số phải trùng số định danh cá nhân của chính người đó"
            yield warning(f"{person}.insurance_number", "insurance_number_mismatch", message)

    return rule
