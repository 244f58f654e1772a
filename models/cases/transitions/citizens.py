"""What citizens make of a case: what they hand in, take back, or let pass."""

from collections.abc import Iterable
from datetime import datetime

from models.cases.case import Case, written
from models.cases.confirmations import Confirmation
from models.cases.dossier import Dossier
from models.cases.events import NOT_SUPPLEMENTED, Event
from models.cases.requests import ConfirmRepresentative, Supply, Withdraw
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


def ask_family(case: Case, dossier: Dossier, at: datetime, *, in_writing: bool = False) -> None:
    """The relatives are asked to confirm, or once their time is over for the written form."""
    confirmation = confirmation_of(dossier)
    confirmation.in_writing = in_writing
    _show(dossier)
    item, limit = confirmation.item.code, written(confirmation.limit)
    case.note(at, Event.CONFIRMATION_ASKED, dossier, item=item, due_at=limit)


def hear_relative(case: Case, dossier: Dossier, said: ConfirmRepresentative, at: datetime) -> None:
    """A relative has spoken; the last word of each counts. Who said it stays out of the ledger."""
    confirmation = confirmation_of(dossier)
    confirmation.said[said.relative] = said.representative if said.agrees else None
    heard = len([one for one in confirmation.relatives if one in confirmation.said])
    case.note(
        at,
        Event.CONFIRMATION_HEARD,
        dossier,
        agrees=said.agrees,
        heard=heard,
        of=len(confirmation.relatives),
    )


def take_form(case: Case, dossier: Dossier, said: Supply, at: datetime) -> None:
    """The family has handed in the written form instead."""
    confirmation = confirmation_of(dossier)
    wanted = confirmation.plan.fallback
    confirmation.form = next(item.reference for item in said.items if item.code == wanted)
    case.note(at, Event.DOSSIER_SUPPLEMENTED, dossier, items=[wanted])


def await_family(case: Case, dossier: Dossier, at: datetime) -> None:
    """Nothing but the family's word is missing: from now on they hold the dossier."""
    dossier.state = DossierState.SUPPLEMENT_WANTED
    dossier.paused_at = at
    _show(dossier)
    case.note(at, Event.CONFIRMATION_AWAITED, dossier)


def reach_confirmation(case: Case, dossier: Dossier, at: datetime) -> None:
    """The family has agreed, or has said so in writing: the dossier may be filed."""
    dossier.items, dossier.paused_at = (), None
    by = confirmation_of(dossier).evidence()["by"]
    case.note(at, Event.CONFIRMATION_REACHED, dossier, by=by)


def miss_confirmation(case: Case, dossier: Dossier, at: datetime) -> None:
    """Neither came in time: this dossier alone is closed, with its coded reason."""
    dossier.reason_code = confirmation_of(dossier).plan.reason_code
    dossier.items, dossier.paused_at = (), None
    dossier.settle(DossierState.STOPPED, at)
    case.note(at, Event.CONFIRMATION_MISSED, dossier, reason_code=dossier.reason_code)
    case.note(at, Event.DOSSIER_STOPPED, dossier, because=dossier.reason_code)


def confirmation_of(dossier: Dossier) -> Confirmation:
    """The confirmation of a dossier that needs one.

    Raises:
        ValueError: it needs none.
    """
    if dossier.confirmation is None:
        raise ValueError(f"{dossier.procedure} needs no confirmation")
    return dossier.confirmation


def _show(dossier: Dossier) -> None:
    if dossier.state is DossierState.SUPPLEMENT_WANTED:
        dossier.items = (confirmation_of(dossier).item,)
