"""Only what an agency needs: picking a procedure's evidence out of the declaration."""

from collections.abc import Mapping
from typing import Any

from models.cases.dossier import Dossier
from models.contracts.dossiers import Facts
from models.intake.intake import PlannedDossier
from models.kernel.base import ProcedureId

ISSUED, REPRESENTATION = "issued", "representation"


def evidence_for(
    plan: PlannedDossier, declaration: Mapping[str, Any], dossiers: Mapping[ProcedureId, Dossier]
) -> Facts:
    """Gather the declared parts the law names, and what the predecessors issued."""
    evidence: Facts = {}
    for path in plan.evidence:
        _copy(path.split("."), declaration, evidence)
    if plan.after:
        evidence[ISSUED] = {id: dossiers[id].issued for id in plan.after}
    dossier = dossiers.get(plan.procedure)
    if dossier is not None and dossier.confirmation is not None:
        evidence[REPRESENTATION] = dossier.confirmation.evidence()
    return evidence


def _copy(path: list[str], source: Mapping[str, Any], target: Facts) -> None:
    name, *rest = path
    value = source.get(name)
    if not rest or not isinstance(value, Mapping):
        target[name] = value
        return
    inner = target.setdefault(name, {})
    if isinstance(inner, dict):
        _copy(rest, value, inner)


def with_facts(declaration: Facts, facts: Facts) -> Facts:
    """The declaration with every corrected fact in its place; neither argument is changed.

    A fact is named by its dotted path, or stands nested as it does in the declaration.
    """
    corrected = declaration
    for path, value in facts.items():
        corrected = _put(corrected, path.split("."), value)
    return corrected


def of_subject(facts: Facts, subject: str) -> Facts:
    """Facts named as agencies name them are about the person the acts are about."""
    return {
        f"{subject}.{name}" if subject and "." not in name else name: value
        for name, value in facts.items()
    }


def _put(part: Facts, path: list[str], value: object) -> Facts:
    name, *rest = path
    inner = part.get(name)
    if rest:
        return {**part, name: _put(inner if isinstance(inner, dict) else {}, rest, value)}
    if isinstance(value, Mapping) and isinstance(inner, dict):
        return {**part, name: with_facts(inner, dict(value))}
    return {**part, name: value}  # type: ignore[dict-item]  # JSON, as it was parsed
