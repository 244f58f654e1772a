"""Passing on to an agency what the citizen hands in."""

from temporalio import workflow

from activities.dossiers import DossierActivities
from models.cases import Case
from models.intake import Opening
from models.orders import SupplementDossier
from models.requests import Supply
from models.wire import Supplement, key_for
from workflows import options
from workflows.patience import insist


async def hand_in(case: Case, opening: Opening, request: Supply) -> None:
    """Give the agency the missing items; from then on it holds the clock again."""
    dossier = case.dossiers[request.procedure]
    order = SupplementDossier(
        agency=dossier.plan.agency,
        key=key_for(opening.case_code, dossier.procedure, dossier.round),
        supplement=Supplement(
            request_id=request.request_id, items=request.items, sent_at=request.sent_at
        ),
    )
    summary = f"Bổ sung hồ sơ → {dossier.plan.agency_name} · {dossier.plan.code}"
    case.supplement(dossier, workflow.now())
    await insist(
        case,
        lambda: workflow.execute_activity_method(
            DossierActivities.supplement, order, **options.patient_call(order.agency, summary)
        ),
    )
