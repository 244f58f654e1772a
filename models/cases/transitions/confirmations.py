"""What is done while a family agrees on one of them: asked, heard, reached, missed."""

from datetime import datetime

from models.cases.cases import Case, written
from models.cases.confirmations import Confirmation
from models.cases.dossiers import Dossier
from models.cases.events import Event
from models.cases.requests import ConfirmRepresentative, Supply
from models.kernel.vocabulary import DossierState


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
