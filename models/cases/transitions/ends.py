"""How a case and what is left of it comes to its end."""

from collections.abc import Iterable
from datetime import datetime

from models.cases.cases import Case
from models.cases.dossiers import Dossier
from models.cases.events import CANCELLED, Event
from models.cases.holdings import holdings_of, is_whole
from models.cases.returning import pending
from models.kernel.vocabulary import DossierState


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


def send_receipt(case: Case, at: datetime) -> None:
    """The receipt that could not be sent at intake has gone out now."""
    case.note(at, Event.RECEIPT_SENT)


def return_results(case: Case, dossiers: Iterable[Dossier], at: datetime) -> None:
    """A bundle has gone back to the citizen; what is left is counted, where something is."""
    for dossier in dossiers:
        dossier.returned = True
    case.bundles += 1
    case.note(at, Event.RESULTS_RETURNED, left=len(pending(case)) or None)


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
