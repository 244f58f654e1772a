"""Saying to the outside how a case stands."""

from datetime import datetime

from models.cases.cases import Case
from models.cases.dossier_time import working_time_of
from models.cases.dossiers import Dossier
from models.cases.status import CaseStatus, DossierStatus
from models.intake.intake import Opening


def status_of(case: Case, now: datetime) -> CaseStatus:
    """The answer of the `status` query, and the result of the workflow."""
    bare = CaseStatus(
        case_id=case.case_id,
        group=case.group,
        recorded_at=case.recorded_at,
        state=case.state,
        attention=case.attention,
        closed_at=case.closed_at,
    )
    intake, opening = case.intake, case.opening
    if intake is None:
        return bare
    judged = bare.model_copy(
        update={
            "declaration_digest": intake.declaration_digest,
            "duplicate_of": intake.duplicate_of,
            "errors": () if opening else intake.findings,
            "warnings": intake.findings if opening else (),
        }
    )
    return judged.model_copy(update=_of_opening(case, opening, now)) if opening else judged


def _of_opening(case: Case, opening: Opening, now: datetime) -> dict[str, object]:
    return {
        "case_code": opening.case_code,
        "law_version": opening.law_version,
        "received_at": opening.received_at,
        "backdated": opening.backdated,
        "plain_start": opening.plain_start,
        "promised_at": opening.promised_at,
        "due_at": case.due_at,
        "sla": case.sla(now),
        "dossiers": tuple(_of_dossier(dossier, now) for dossier in case.dossiers.values()),
    }


def _of_dossier(dossier: Dossier, now: datetime) -> DossierStatus:
    return dossier.status().model_copy(update={"working_time": working_time_of(dossier, now)})
