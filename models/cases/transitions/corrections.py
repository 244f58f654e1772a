"""What the correction of one of its acts makes of an open case."""

from datetime import datetime

from models.cases.archive import archived, downstream
from models.cases.case import Case
from models.cases.dossier import Dossier
from models.cases.events import Event
from models.cases.evidence import of_subject
from models.cases.requests import CorrectCase, EndCorrection
from models.cases.transitions import lifecycle
from models.cases.transitions.faults import resume
from models.contracts.corrections import CorrectionKind
from models.contracts.dossiers import Withdrawal
from models.kernel.vocabulary import DossierState, Holder


def begin(case: Case, said: CorrectCase, at: datetime) -> None:
    """From here on nothing more is built upon the act as it was."""
    act = case.dossiers[said.act]
    resting = [case.dossiers[one.procedure] for one in downstream(said.act, archived(case))]
    act.corrected_by = (*act.corrected_by, said.correction_id)
    case.corrections[said.correction_id] = said.act
    case.note(at, Event.CORRECTION_BEGUN, act, correction_id=said.correction_id, kind=said.kind)
    if said.kind is CorrectionKind.CORRECTED:
        case.corrected_facts |= of_subject(said.facts, _subject(case))
        return
    for dossier in (act, *resting):
        _lose_base(case, dossier, said.correction_id, at)


def end(case: Case, said: EndCorrection, at: datetime) -> None:
    """Everybody has acknowledged; what waited on the act goes on with what was issued anew."""
    act = case.dossiers[case.corrections.pop(said.correction_id)]
    act.issued = {**act.issued, **said.issued}
    case.note(at, Event.CORRECTION_ENDED, act, correction_id=said.correction_id)


def end_without_base(case: Case, dossier: Dossier, at: datetime) -> None:
    """Its agency has given it back because what it relied on was revoked."""
    dossier.settle(DossierState.STOPPED, at)
    case.note(at, Event.DOSSIER_STOPPED, dossier, because=Event.CORRECTION_BEGUN)


def _subject(case: Case) -> str:
    """A case opened under an older release names none: then only dotted facts find their place."""
    named = case.opening.law.get("subject") if case.opening else None
    return named if isinstance(named, str) else ""


def _lose_base(case: Case, dossier: Dossier, correction_id: str, at: datetime) -> None:
    """What was not filed never is; what is open is asked back; what is finished its agency undoes.

    A wish of the citizen to have it back already asks the same.
    """
    dossier.revoked_by = dossier.revoked_by or correction_id
    if dossier.is_settled:
        return
    if dossier.filed_at is None:
        lifecycle.drop(case, dossier, at)
        return
    if dossier.state is DossierState.PARKED:
        resume(case, at, Holder.US, dossier.procedure)
    if dossier.withdrawal is None:
        dossier.withdrawal = Withdrawal(request_id=correction_id)
        case.note(at, Event.WITHDRAWAL_ASKED, dossier, because=Event.CORRECTION_BEGUN)
