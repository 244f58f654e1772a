"""How commands show what is wrong with an input: a table for people, JSON for machines."""

from collections.abc import Iterable, Mapping, Sequence

from pydantic import JsonValue
from rich.table import Table
from rich.text import Text

from models.kernel.findings import Finding, Severity
from workers.cli.console import err, print_json

SEVERITIES = {
    Severity.ERROR: Text("lỗi", style="bold red"),
    Severity.WARNING: Text("cảnh báo", style="yellow"),
}
WHOLE_INPUT = "(toàn bộ)"

Findings = Mapping[str, Sequence[Finding]]
"""What was found, by the source it was found in: a file, or `file:line`."""


def show_findings(findings: Findings, *, as_json: bool = False) -> None:
    """Print every finding: JSON to standard output, or a table to standard error."""
    if as_json:
        print_json(findings_json(findings))
    elif any(findings.values()):
        err.print(findings_table(findings))


def findings_table(findings: Findings) -> Table:
    """One row a finding; nothing of the input is in it, so it may be shown to anybody."""
    table = Table("Nguồn", "Mức", "Trường", "Nội dung", "Quy tắc", show_lines=False)
    for source, found in findings.items():
        for finding in found:
            table.add_row(*_row(source, finding))
    return table


def findings_json(findings: Findings) -> dict[str, JsonValue]:
    """Errors and warnings, each with its source, in the shape `status` uses for errors."""
    return {
        "errors": _of(findings, Severity.ERROR),
        "warnings": _of(findings, Severity.WARNING),
    }


def _of(findings: Findings, severity: Severity) -> list[JsonValue]:
    return [
        {"source": source, **_said(finding)}
        for source, found in findings.items()
        for finding in _only(found, severity)
    ]


def _only(found: Iterable[Finding], severity: Severity) -> Iterable[Finding]:
    return (finding for finding in found if finding.severity is severity)


def _said(finding: Finding) -> dict[str, JsonValue]:
    return {"field": finding.field, "rule": finding.rule, "message": finding.message}


def _row(source: str, finding: Finding) -> tuple[Text, ...]:
    field = finding.field or WHOLE_INPUT
    return (
        Text(source),
        SEVERITIES[finding.severity],
        Text(field),
        Text(finding.message),
        Text(finding.rule, style="dim"),
    )
