"""What agencies make of a case: their answers, and how they pass dossiers on or keep them."""

from datetime import datetime

from models.cases.case import Case, written
from models.cases.dossier import Dossier
from models.cases.events import EVENT_OF_OUTCOME, Event
from models.cases.evidence import ISSUED
from models.cases.lists import Grant, entry_of
from models.cases.orders import Choice
from models.cases.requests import Decide
from models.cases.transitions.faults import regain_contact
from models.contracts.dossiers import DossierAnswer, key_for
from models.kernel.base import vietnam_time
from models.kernel.vocabulary import Outcome


def take_answer(case: Case, dossier: Dossier, answer: DossierAnswer, at: datetime) -> None:
    """Record what an agency answered; an answer already taken changes nothing."""
    if dossier.is_settled or answer.decision_id in dossier.decisions:
        return
    regain_contact(case, dossier, at)
    pass_on(case, dossier, answer.unit, at)
    dossier.take(answer, at)
    case.note(
        at,
        EVENT_OF_OUTCOME[answer.outcome],
        dossier,
        decision_id=answer.decision_id,
        decided_at=written(answer.decided_at),
        reason_code=answer.reason_code,
    )
    if answer.outcome is Outcome.GRANTED:
        enlist(case, dossier, at)


def take_decision(case: Case, decision: Decide, at: datetime) -> None:
    """Take a decision an agency called in with; told again, it changes nothing."""
    dossier = case.find(decision.procedure)
    key = key_for(case.code, dossier.procedure, dossier.round)
    take_answer(case, dossier, decision.answer(key, dossier.version), at)


def pass_on(case: Case, dossier: Dossier, unit: str | None, at: datetime) -> None:
    """The agency has passed the dossier to another of its units or levels."""
    if unit is not None and unit != dossier.unit:
        before, dossier.unit = dossier.unit, unit
        case.note(at, Event.DOSSIER_HANDED_OVER, dossier, old=before, new=unit)


def keep(case: Case, dossier: Dossier, at: datetime) -> None:
    """Its agency no longer gives it back: the act is past its point of no return."""
    dossier.withdrawal = None
    case.note(at, Event.WITHDRAWAL_REFUSED, dossier)


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
