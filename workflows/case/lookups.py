"""Finding the dossier people mean, or saying that there is none."""

from typing import NoReturn

from models.cases.cases import Case
from models.cases.dossiers import Dossier
from models.kernel.base import ProcedureId
from models.kernel.findings import Finding
from workflows.runtime.requests import refuse_field


def dossier_meant(case: Case, procedure: ProcedureId) -> Dossier:
    """The dossier a request names; one that names none is rejected."""
    if case.opening is None:
        reject_unopened()
    dossier = find_dossier(case, procedure)
    if dossier is None:
        refuse_field("procedure", "unknown", "Hồ sơ không có thủ tục này.")
    return dossier


def find_dossier(case: Case, procedure: ProcedureId) -> Dossier | None:
    """The dossier a request names; None if there is none."""
    try:
        return case.find(procedure)
    except KeyError:
        return None


def reject_unopened() -> NoReturn:
    """Nothing can be said to a case that is not open."""
    refuse_field("", "not_open", "Hồ sơ chưa được mở hoặc không được tiếp nhận.")


def finding(field: str, rule: str, message: str) -> Finding:
    """One reason why a request does not fit."""
    return Finding(field=field, rule=rule, message=message)
