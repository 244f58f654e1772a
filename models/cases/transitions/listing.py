"""A grant puts a person on a periodic list: the line is written together with the grant's entry."""

from datetime import datetime

from models.cases.cases import Case
from models.cases.dossiers import Dossier
from models.cases.evidence import ISSUED
from models.cases.lists import Grant, entry_of
from models.kernel.base import vietnam_time


def enlist(case: Case, dossier: Dossier, at: datetime) -> None:
    """Note who was granted, where the law wants them listed. Told again, a grant is not heard.

    A backdated case counts as granted on its reception day: its list is of those days.
    """
    plan, opening = dossier.plan, case.opening
    if plan.listing is None or plan.list_place is None or opening is None:
        return
    declaration = (case.intake and case.intake.declaration) or {}
    before = {id: case.dossiers[id].issued for id in plan.after}
    grant = Grant(
        case_code=opening.case_code,
        procedure=plan.procedure,
        day=vietnam_time(opening.received_at if opening.backdated else at).date(),
        told={**declaration, ISSUED: {**before, **dossier.issued}},
    )
    case.listed.append(entry_of(grant, plan.listing, plan.list_place))
