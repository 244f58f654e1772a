"""What a rule is, and how it speaks."""

from collections.abc import Callable, Iterable

from models.declarations.rules.context import CheckContext
from models.declarations.rules.facts import Facts
from models.kernel.findings import Finding, Severity

Rule = Callable[[Facts, CheckContext], Iterable[Finding]]
"""Looks at what could be read and says what is wrong. Pure; what could not be read is None."""


def error(field: str, rule: str, message: str) -> Finding:
    """Refuse the declaration."""
    return Finding(field=field, rule=rule, message=message)


def warning(field: str, rule: str, message: str) -> Finding:
    """Let the declaration pass, and let the officer know."""
    return Finding(field=field, rule=rule, message=message, severity=Severity.WARNING)
