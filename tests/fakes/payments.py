"""A treasury that lives in memory and pays as it is told; for tests and demonstrations."""

from dataclasses import dataclass, field
from datetime import datetime

from typing_extensions import override

from activities.ports.agencies import PaymentGateway
from models.contracts.payments import PaymentAnswer, PaymentOrder, PaymentState, StopPayment
from models.kernel.errors import BackendRefusedRequestError

from fakes.agencies import SOME_INSTANT, Reachability

_PAYING = (PaymentState.ACCEPTED, PaymentState.PAID)


@dataclass(kw_only=True)
class MemoryPaymentGateway(Reachability, PaymentGateway):
    """Pays each order once; whose it is to come back, or to wait, a test says."""

    name: str = "treasury"
    at: datetime = SOME_INSTANT
    """What its clock says."""
    next_states: list[PaymentState] = field(default_factory=list)
    """What becomes of the next orders; without one, an order is paid at once."""
    reason_code: str = "SAI_TEN_TAI_KHOAN"
    """Why a returned payment comes back."""
    orders: dict[str, PaymentOrder] = field(default_factory=dict)
    """Each order taken, once."""
    answers: dict[str, PaymentAnswer] = field(default_factory=dict)

    @override
    async def pay(self, order: PaymentOrder) -> PaymentAnswer:
        """Take an order; a key stopped before stays stopped."""
        self.pass_through()
        if self.orders.get(order.key, order) != order or self._is_paid_elsewhere(order):
            raise BackendRefusedRequestError(f"{self.name}: order a payment: status 409")
        self.orders[order.key] = order
        if order.key not in self.answers:
            self.turn(order.key, self.next_states.pop(0) if self.next_states else PaymentState.PAID)
        return self.answers[order.key]

    @override
    async def state(self, key: str) -> PaymentAnswer | None:
        """The current answer."""
        self.pass_through()
        return self.answers.get(key)

    @override
    async def stop(self, key: str, stop: StopPayment) -> PaymentAnswer:
        """Stop what is not paid yet, and what was never ordered."""
        self.pass_through()
        known = self.answers.get(key)
        if known is None or known.state is PaymentState.ACCEPTED:
            self.turn(key, PaymentState.STOPPED)
        return self.answers[key]

    def _is_paid_elsewhere(self, order: PaymentOrder) -> bool:
        """Whether another key pays the same decision, or has: none is paid twice."""
        return any(
            other.decision_number == order.decision_number and other.ordered_by == order.ordered_by
            for key, other in self.orders.items()
            if key != order.key and self.answers[key].state in _PAYING
        )

    def turn(self, key: str, state: PaymentState) -> None:
        """Let a payment come to stand so, as the bank's answer would."""
        self.answers[key] = PaymentAnswer(
            key=key,
            state=state,
            at=self.at,
            reference=f"KB-{key}" if state is PaymentState.PAID else None,
            reason_code=self.reason_code if state is PaymentState.RETURNED else None,
        )

    @property
    def paid(self) -> int:
        """What has left the treasury so far, in whole đồng."""
        return sum(
            self.orders[key].amount
            for key, answer in self.answers.items()
            if answer.state is PaymentState.PAID
        )
