"""How a case begins: as its intake decided."""

from datetime import datetime

from models.cases.case_clock import CaseClock, armed
from models.cases.cases import Case, written
from models.cases.confirmations import Confirmation
from models.cases.dossiers import Dossier
from models.cases.events import Event
from models.cases.transitions.steps import note_reached
from models.contracts.dossiers import Facts
from models.intake.intake import IntakeDecision, IntakeOutcome, PlannedDossier


def take_in(case: Case, outcome: IntakeOutcome, at: datetime) -> None:
    """Begin as the intake decided: opened, refused with every reason, or a duplicate."""
    case.intake = outcome
    case.opening = outcome.opening
    match outcome.decision:
        case IntakeDecision.REFUSED:
            rules = sorted({finding.rule for finding in outcome.findings})
            case.note(at, Event.CASE_REFUSED, rules=list(rules))
        case IntakeDecision.DUPLICATE:
            case.note(at, Event.CASE_DUPLICATED, duplicate_of=outcome.duplicate_of)
        case IntakeDecision.OPENED:
            _open(case, outcome, at)


def _open(case: Case, outcome: IntakeOutcome, at: datetime) -> None:
    opening = outcome.opening
    if opening is None:
        raise ValueError("an opened intake carries its opening")
    declaration = outcome.declaration or {}
    case.dossiers = {plan.procedure: _begun(plan, declaration) for plan in opening.dossiers}
    case.clock = CaseClock.of(opening)
    case.note(
        at,
        Event.CASE_OPENED,
        law_version=opening.law_version,
        received_at=written(opening.received_at),
        promised_at=written(opening.promised_at),
        calendar=opening.deadlines.calendar_digest,
        backdated=opening.backdated,
        plain_start=opening.plain_start,
    )
    sent = outcome.receipt_sent
    case.note(at, Event.RECEIPT_SENT if sent else Event.RECEIPT_DELAYED)
    case.clock.steps, missed = armed(case.clock.steps, at, case.clock.told)
    note_reached(case, missed, at)


def _begun(plan: PlannedDossier, declaration: Facts) -> Dossier:
    needed = plan.confirmation
    return Dossier(plan, confirmation=Confirmation.begun(needed, declaration) if needed else None)
