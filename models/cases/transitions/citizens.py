"""What citizens make of a case: what they hand in, take back, or let pass."""

from collections.abc import Iterable
from datetime import datetime

from models.cases.cases import Case
from models.cases.dossiers import Dossier
from models.cases.events import NOT_SUPPLEMENTED, Event
from models.cases.requests import Supply, Withdraw
from models.cases.transitions.confirmations import take_form
from models.cases.transitions.faults import resume
from models.contracts.dossiers import Withdrawal
from models.kernel.base import ProcedureId
from models.kernel.vocabulary import DossierState, Holder


def supplement(case: Case, said: Supply, at: datetime) -> None:
    """The citizen has handed in what was wanted: the agency holds the clock again."""
    dossier = case.find(said.procedure)
    if dossier.filed_at is None:
        take_form(case, dossier, said, at)
        return
    dossier.state = DossierState.ACCEPTED
    dossier.items = ()
    dossier.handed_in = said.supplement()
    codes = sorted({item.code for item in said.items})
    case.note(at, Event.DOSSIER_SUPPLEMENTED, dossier, items=list(codes))


def expire(case: Case, at: datetime) -> list[Dossier]:
    """Stop what the citizen has not supplemented in time; what was handed in is never late."""
    limits = [(dossier, dossier.citizen_limit) for dossier in case.dossiers.values()]
    expired = [dossier for dossier, limit in limits if limit is not None and limit < at]
    for dossier in expired:
        dossier.settle(DossierState.STOPPED, at)
        case.note(at, Event.DOSSIER_STOPPED, dossier, because=NOT_SUPPLEMENTED)
    return expired


def ask_withdrawal(case: Case, said: Withdraw, at: datetime) -> None:
    """The citizen wants dossiers back: the unfiled are gone at once, agencies are asked."""
    for dossier in _named(case, said.procedures):
        if not dossier.is_settled and dossier.filed_at is None:
            withdraw(case, dossier, at)
        elif not dossier.is_settled:
            _ask_back(case, dossier, said, at)


def withdraw(case: Case, dossier: Dossier, at: datetime) -> None:
    """The citizen has it back; what relied on it is never filed."""
    dossier.settle(DossierState.WITHDRAWN, at)
    case.note(at, Event.DOSSIER_WITHDRAWN, dossier)


def _ask_back(case: Case, dossier: Dossier, said: Withdraw, at: datetime) -> None:
    """What is parked is tried again with that; asked for already, it is asked for once."""
    if dossier.state is DossierState.PARKED:
        resume(case, at, Holder.CITIZEN, dossier.procedure)
    if dossier.withdrawal is None:
        dossier.withdrawal = Withdrawal(request_id=said.request_id, reason=said.reason)
        case.note(at, Event.WITHDRAWAL_ASKED, dossier)


def _named(case: Case, procedures: Iterable[ProcedureId] | None) -> list[Dossier]:
    if procedures is None:
        return list(case.dossiers.values())
    named = {case.find(procedure).procedure for procedure in procedures}
    return [dossier for id, dossier in case.dossiers.items() if id in named]
