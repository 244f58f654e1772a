"""How a case begins: as its intake decided."""

from collections.abc import Iterable
from datetime import datetime

from models.cases.case import Case, written
from models.cases.clock import CaseClock, armed
from models.cases.confirmations import Confirmation
from models.cases.dossier import Dossier
from models.cases.events import CANCELLED, Event
from models.cases.holdings import holdings_of, is_whole
from models.cases.results import HandOver, pending
from models.cases.transitions.clock import note_reached
from models.contracts.dossiers import Facts, ParcelStatus
from models.intake.intake import IntakeDecision, IntakeOutcome, PlannedDossier
from models.kernel.vocabulary import DossierState


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


def drop(case: Case, dossier: Dossier, at: datetime) -> None:
    """What it would rely on was not granted, so it is never filed."""
    dossier.settle(DossierState.NOT_FILED, at)
    case.note(at, Event.DOSSIER_NOT_FILED, dossier)


def stop(case: Case, at: datetime) -> list[Dossier]:
    """An operator has cancelled the case: what is open ends here, what is finished stays.

    Returns those that agencies hold, and must be told of.
    """
    open_ = [dossier for dossier in case.dossiers.values() if not dossier.is_settled]
    for dossier in open_:
        dossier.settle(DossierState.STOPPED, at)
        case.note(at, Event.DOSSIER_STOPPED, dossier)
    return [dossier for dossier in open_ if dossier.filed_at is not None]


def tell_agency(case: Case, dossier: Dossier, at: datetime, *, reached: bool) -> None:
    """The agency of a stopped dossier was asked to give it back, or could not be reached."""
    case.note(at, Event.WITHDRAWAL_ASKED, dossier, because=CANCELLED, reached=reached)


def close(case: Case, at: datetime) -> None:
    """Nothing is left to do."""
    case.closed_at = at
    whole = all(_has_whole_clock(case, dossier) for dossier in case.dossiers.values())
    case.note(at, Event.CASE_CLOSED, state=case.state, sla=case.sla(at), clock_is_whole=whole)


def _has_whole_clock(case: Case, dossier: Dossier) -> bool:
    if dossier.filed_at is None or dossier.settled_at is None:
        return True
    held = holdings_of(case.entries, dossier.procedure)
    return is_whole(held, dossier.filed_at, dossier.settled_at)


def post_parcel(case: Case, order: HandOver, at: datetime) -> None:
    """The parcel is given to the post: from now on the case waits for it, with all its steps."""
    case.on_its_way = order.channel
    case.note(at, Event.PARCEL_POSTED, key=order.parcel.key)


def confirm_hand_over(case: Case, status: ParcelStatus, at: datetime) -> None:
    """The officer has said that the citizen has it."""
    case.on_its_way = None
    event, when = Event.PARCEL_HANDED_OVER, written(status.at)
    case.note(at, event, key=status.key, handed_over_at=when, by=status.by)


def send_receipt(case: Case, at: datetime) -> None:
    """The receipt that could not be sent at intake has gone out now."""
    case.note(at, Event.RECEIPT_SENT)


def return_results(case: Case, dossiers: Iterable[Dossier], at: datetime) -> None:
    """A bundle has gone back to the citizen; what is left is counted, where something is."""
    for dossier in dossiers:
        dossier.returned = True
    case.bundles += 1
    case.note(at, Event.RESULTS_RETURNED, left=len(pending(case)) or None)
