"""Only what an agency needs: picking a procedure's evidence out of the declaration."""

from collections.abc import Mapping
from typing import Any

from models.cases.dossiers import Dossier
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
