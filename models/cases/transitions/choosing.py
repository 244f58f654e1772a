"""What is done once it is known which procedure a family's word stands for."""

from datetime import datetime

from models.cases.cases import Case
from models.cases.choosing import Choice
from models.cases.dossiers import Dossier
from models.cases.events import Event


def choose(case: Case, dossier: Dossier, choice: Choice, at: datetime) -> None:
    """From now on the dossier is one of this procedure, under the code it has had."""
    plan = next(plan for plan in dossier.plan.alternatives if plan.procedure == choice.procedure)
    dossier.become(plan)
    case.dossiers = {one.procedure: one for one in case.dossiers.values()}
    case.note(
        at,
        Event.PROCEDURE_CHOSEN,
        dossier,
        asked_as=dossier.asked_as,
        basis=choice.basis,
        would_refuse=list(choice.reasons) or None,
        stale=list(choice.stale) or None,
    )
