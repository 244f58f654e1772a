"""What is wrong with an input: field, rule, and a Vietnamese sentence that says how to mend it."""

from enum import StrEnum

from models.kernel.base import Message


class Severity(StrEnum):
    """An error refuses the input; a warning goes with it to the officer."""

    ERROR = "error"
    WARNING = "warning"


class Finding(Message):
    """One thing wrong with one field. Holds no value of the input, so it may be logged."""

    field: str
    """Dotted path, e.g. `child.born_at` or `procedures.1`; empty for the whole input."""
    rule: str
    """A stable snake_case name a program can branch on, e.g. `not_in_future`."""
    message: str
    """One Vietnamese sentence: the rule and, where it is not obvious, the fix."""
    severity: Severity = Severity.ERROR


def errors_of(findings: tuple[Finding, ...]) -> tuple[Finding, ...]:
    """Only what refuses the input."""
    return tuple(finding for finding in findings if finding.severity is Severity.ERROR)
