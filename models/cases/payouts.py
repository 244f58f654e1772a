"""The money a grant pays out: one payment after another, until one has arrived."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Self

from pydantic import ValidationError

from models.contracts.dossiers import Facts
from models.contracts.payments import (
    Payee,
    PaymentAnswer,
    PaymentMethod,
    PaymentState,
)
from models.kernel.base import AgencyId, Definition, Instant, Message
from models.kernel.paths import value_at

AMOUNT, DECISION = "amount", "decision_number"
"""What a grant that pays hands out."""
RETURNED = "payment_returned"
"""Why a payout waits for a person: the last payment came back."""


class PayTo(Definition):
    """How somebody wants to be paid, instead of the way that was declared."""

    method: PaymentMethod
    bank: str | None = None
    account_number: str | None = None
    account_name: str | None = None
    place: str | None = None


class Payment(Message):
    """One payment as we know it. It holds no payee: that is in the declaration."""

    key: str
    by: AgencyId
    amount: int
    """Whole đồng."""
    state: PaymentState = PaymentState.ACCEPTED
    at: Instant | None = None
    """When the agency that pays last said something; None: not yet."""
    reference: str | None = None
    """Its own number of a payment that was made."""
    reason_code: str | None = None
    note: str | None = None

    def answered(self, answer: PaymentAnswer) -> Self:
        """The same payment as the agency says it stands now."""
        said = ("state", "at", "reference", "reason_code", "note")
        return self.model_copy(update={name: getattr(answer, name) for name in said})


@dataclass
class Payout:
    """What has become of a grant's money. Changed only by the acts on its case."""

    by: AgencyId
    payments: tuple[Payment, ...] = ()
    """Oldest first; each has a key of its own, so none is ever made twice."""
    pay_to: PayTo | None = None
    """What a person has said since a payment came back."""
    held_because: str | None = None
    """Why it waits for a person; None: it goes its way."""
    is_slow: bool = False
    """It was not paid at once."""

    @property
    def last(self) -> Payment | None:
        """The payment that counts."""
        return self.payments[-1] if self.payments else None

    @property
    def is_over(self) -> bool:
        """The money has arrived, or will never be paid."""
        over = {PaymentState.PAID, PaymentState.STOPPED}
        return self.last is not None and self.last.state in over

    @property
    def is_under_way(self) -> bool:
        """A payment was ordered, and what became of it is not known yet."""
        return self.last is not None and self.last.state is PaymentState.ACCEPTED

    def next_key(self, dossier_key: str) -> str:
        """The key to order under: a new one only once the last payment has come back for good."""
        number = len(self.payments)
        if self.last is None or self.last.state is PaymentState.RETURNED:
            number += 1
        return f"{dossier_key}-pay-{number}"

    def put(self, payment: Payment) -> None:
        """Keep what is known of a payment, in the place of what was known of it before."""
        others = tuple(known for known in self.payments if known.key != payment.key)
        self.payments = (*others, payment)


def payee_of(path: str, declaration: Mapping[str, Any], pay_to: PayTo | None) -> Payee | None:
    """Who is paid, and how: as declared, or in the way a person has named since.

    None where the declaration names nobody, or no way.
    """
    stated: Facts = value_at(path, declaration) or {}
    way: Any = pay_to.model_dump() if pay_to else stated.get("payment")
    person: Any = stated.get("organiser")
    try:
        return Payee.model_validate({**(person or {}), **(way or {})})
    except ValidationError:
        return None


def amount_in(issued: Facts) -> int | None:
    """The whole đồng a grant hands out; None where it names no such amount."""
    amount = issued.get(AMOUNT)
    is_whole = isinstance(amount, int) and not isinstance(amount, bool)
    return amount if is_whole and isinstance(amount, int) and amount > 0 else None
