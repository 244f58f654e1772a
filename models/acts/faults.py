"""What technical failures make of a case: agencies out of reach, steps that need a person."""

from datetime import datetime

from models.base import ProcedureId
from models.cases import Case, written
from models.dossiers import Dossier
from models.events import Event
from models.vocabulary import DossierState


def lose_contact(case: Case, dossier: Dossier, at: datetime) -> None:
    """An agency cannot be reached: that time is nobody's performance."""
    dossier.unreachable = True
    case.note(at, Event.AGENCY_UNREACHABLE, dossier, since=written(dossier.filed_at))


def regain_contact(case: Case, dossier: Dossier, at: datetime) -> None:
    """The agency answers again."""
    if dossier.unreachable:
        dossier.unreachable = False
        case.note(at, Event.AGENCY_REACHED, dossier)


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
    dossier = case.dossiers[procedure] if procedure else None
    if dossier is None:
        case.parked_step = None
    else:
        dossier.state, dossier.parked_because = DossierState.SUBMITTED, None
    case.note(at, Event.STEP_RESUMED, dossier, by=by)
