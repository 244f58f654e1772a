"""Telling the agencies that hold dossiers of a case that an operator has cancelled it."""

from temporalio import workflow
from temporalio.exceptions import ActivityError

from activities.dossiers import DossierActivities
from models.cases.cases import Case
from models.cases.dossiers import Dossier
from models.cases.events import CANCELLED
from models.cases.orders import WithdrawDossier
from models.cases.transitions import ends
from models.contracts.dossiers import Withdrawal, key_for
from workflows.runtime import options


async def notify_stopped(case: Case, dossier: Dossier) -> None:
    """Ask a stopped dossier back; whether its agency was reached within a minute is noted."""
    plan = dossier.plan
    order = WithdrawDossier(
        agency=plan.agency,
        key=key_for(case.code, dossier.procedure, dossier.round),
        withdrawal=Withdrawal(request_id=CANCELLED),
    )
    summary = f"Báo dừng hồ sơ cho {plan.agency_name} · {plan.code}"
    reached = True
    try:
        await workflow.execute_activity_method(
            DossierActivities.withdraw, order, **options.last_word(plan.agency, summary)
        )
    except ActivityError:
        reached = False
    ends.tell_agency(case, dossier, workflow.now(), reached=reached)
