"""Checking what somebody wants to submit, before anything is started."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from adapters.hospital.merge import merge
from models.declarations.declarations import Declaration
from models.declarations.rules.context import CheckContext
from models.declarations.rules.kinds import check_declaration, group_of, unknown_group
from models.kernel.findings import Finding, errors_of
from workers.client.declaration_files import FoundDeclaration, read_declarations


@dataclass(frozen=True, kw_only=True)
class Checked:
    """One declaration of a file, and everything found about it."""

    source: str
    declaration: Declaration | None
    """None where an error refuses it."""
    findings: tuple[Finding, ...]


def check_files(
    files: Iterable[str],
    context: CheckContext,
    rest: dict[str, Any],  # Any: JSON of the family's part
) -> list[Checked]:
    """Every declaration of every file; hospital notices are completed with the family's part."""
    return [_check(found, context, rest) for file in files for found in read_declarations(file)]


def _check(found: FoundDeclaration, context: CheckContext, rest: dict[str, Any]) -> Checked:
    raw, findings = found.raw, found.findings
    if found.is_from_hospital and isinstance(raw, dict):
        merged = merge(raw, rest)
        raw, findings = merged.declaration, (*findings, *merged.findings)
    if errors_of(findings):
        return Checked(source=found.source, declaration=None, findings=findings)
    group = group_of(raw)
    if group is None:
        return Checked(source=found.source, declaration=None, findings=(unknown_group(),))
    parsed = check_declaration(group, raw, context)
    findings = (*findings, *parsed.findings)
    return Checked(source=found.source, declaration=parsed.declaration, findings=findings)
