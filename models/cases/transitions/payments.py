"""What is done about the money of a grant: ordered, answered, held for a person, sent elsewhere."""

from datetime import datetime

from models.cases.case import Case, written
from models.cases.dossier import Dossier
from models.cases.events import EVENT_OF_PAYMENT, Event
from models.cases.payouts import RETURNED, Payment, Payout
from models.cases.requests import RedirectPayment
from models.contracts.payments import PaymentAnswer, PaymentOrder, PaymentState


def order_payment(case: Case, dossier: Dossier, order: PaymentOrder, at: datetime) -> None:
    """A payment is on its way to the agency that pays; ordered again, it stays the same one."""
    payout = payout_of(dossier)
    if any(known.key == order.key for known in payout.payments):
        return
    payout.put(Payment(key=order.key, by=payout.by, amount=order.amount))
    case.note(at, Event.PAYMENT_ORDERED, dossier, payment=order.key, payer=payout.by)


def take_payment(case: Case, dossier: Dossier, answer: PaymentAnswer, at: datetime) -> None:
    """Record where a payment stands; one that came back waits for a person."""
    payout = payout_of(dossier)
    known = payout.last
    if known is None or known.key != answer.key or known.state is answer.state:
        return
    payout.put(known.answered(answer))
    case.note(
        at,
        EVENT_OF_PAYMENT[answer.state],
        dossier,
        payment=answer.key,
        reason_code=answer.reason_code,
        said_at=written(answer.at),
    )
    if answer.state is PaymentState.RETURNED:
        payout.held_because = RETURNED


def hold_payment(case: Case, dossier: Dossier, because: str, at: datetime) -> None:
    """A payment cannot go on without a person; `because` names the kind, nothing personal."""
    payout = payout_of(dossier)
    payout.held_because = because
    case.note(at, Event.PAYMENT_HELD, dossier, because=because, payer=payout.by)


def redirect_payment(case: Case, said: RedirectPayment, at: datetime) -> None:
    """A person has said where the money is to go: the next payment goes there."""
    dossier = case.find(said.procedure)
    payout = payout_of(dossier)
    payout.pay_to, payout.held_because = said.pay_to, None
    method = said.pay_to.method
    case.note(at, Event.PAYMENT_REDIRECTED, dossier, by=said.by, method=method, payer=payout.by)


def resume_payment(case: Case, dossier: Dossier, by: str, at: datetime) -> None:
    """A person says that the payment may be tried again, to the same payee."""
    payout = payout_of(dossier)
    payout.held_because = None
    case.note(at, Event.PAYMENT_RESUMED, dossier, by=by, payer=payout.by)


def payout_of(dossier: Dossier) -> Payout:
    """The payout of a dossier that pays.

    Raises:
        ValueError: its grant pays nothing.
    """
    if dossier.payout is None:
        raise ValueError(f"{dossier.procedure} pays nothing")
    return dossier.payout
