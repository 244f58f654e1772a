"""What technical failures make of a case: agencies out of reach, steps that need a person."""

from datetime import datetime

from models.cases.case import Case, written
from models.cases.dossier import Dossier
from models.cases.events import Event
from models.cases.transitions.payments import resume_payment
from models.kernel.base import AgencyId, ProcedureId
from models.kernel.vocabulary import DossierState


def lose_contact(case: Case, dossier: Dossier, at: datetime, since: datetime) -> None:
    """An agency cannot be reached since our first failed call: nobody's performance.

    What is settled is held by nobody; then only the case waits for that agency.
    """
    if dossier.is_settled:
        lose_agency(case, dossier.plan.agency, at, since)
    elif not dossier.unreachable:
        dossier.unreachable = True
        case.note(at, Event.AGENCY_UNREACHABLE, dossier, since=written(since))


def regain_contact(case: Case, dossier: Dossier, at: datetime) -> None:
    """The agency answers again."""
    if dossier.unreachable:
        dossier.unreachable = False
        case.note(at, Event.AGENCY_REACHED, dossier)
    elif dossier.is_settled:
        regain_agency(case, dossier.plan.agency, at)


def lose_agency(case: Case, agency: AgencyId, at: datetime, since: datetime) -> None:
    """What the case itself has to tell an agency cannot be told now."""
    if agency not in case.away:
        case.away.append(agency)
        case.note_agency(at, Event.AGENCY_UNREACHABLE, agency, since=written(since))


def regain_agency(case: Case, agency: AgencyId, at: datetime) -> None:
    """It could be told."""
    if agency in case.away:
        case.away.remove(agency)
        case.note_agency(at, Event.AGENCY_REACHED, agency)


def give_up_agency(case: Case, agency: AgencyId, at: datetime) -> None:
    """Nothing is to be asked there any more: whether it answers again concerns nobody here."""
    if agency in case.away:
        case.away.remove(agency)
        case.note_agency(at, Event.AGENCY_REACHED, agency, given_up=True)


def park(case: Case, at: datetime, because: str, dossier: Dossier | None = None) -> None:
    """A technical failure needs a person; `because` names its kind, nothing personal."""
    if dossier is None:
        case.parked_step = because
    else:
        dossier.state, dossier.parked_because = DossierState.PARKED, because
        dossier.unreachable = False
    case.note(at, Event.STEP_PARKED, dossier, because=because)


def resume(case: Case, at: datetime, by: str, procedure: ProcedureId | None = None) -> None:
    """A person says that the parked step may be tried again."""
    dossier = case.find(procedure) if procedure else None
    if dossier is None:
        case.parked_step = None
    elif dossier.payout is not None and dossier.payout.held_because is not None:
        resume_payment(case, dossier, by, at)
        return
    else:
        before_filing = dossier.filed_at is None
        dossier.state = DossierState.WAITING if before_filing else DossierState.SUBMITTED
        dossier.parked_because = None
    case.note(at, Event.STEP_RESUMED, dossier, by=by)
