"""What agencies make of a case: their answers, and how they pass dossiers on or keep them."""

from datetime import datetime

from models.cases.cases import Case, written
from models.cases.dossiers import Dossier
from models.cases.events import Event
from models.cases.requests import Decide
from models.cases.transitions.faults import regain_contact
from models.cases.transitions.listing import enlist
from models.contracts.dossiers import DossierAnswer, key_for
from models.kernel.vocabulary import Outcome

EVENT_OF_OUTCOME = {
    Outcome.ACCEPTED: Event.DOSSIER_ACCEPTED,
    Outcome.VERIFY: Event.DOSSIER_VERIFYING,
    Outcome.SUPPLEMENT: Event.DOSSIER_SUPPLEMENT_WANTED,
    Outcome.GRANTED: Event.DOSSIER_GRANTED,
    Outcome.REFUSED: Event.DOSSIER_REFUSED,
}


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
