"""Paying out what agencies granted, each payment exactly once."""

from collections.abc import Mapping
from dataclasses import dataclass

from temporalio import activity

from activities.pauses import pause_for
from activities.ports.agencies import PaymentGateway
from models.cases.orders import AskPayment, OrderPayment
from models.contracts.payments import PaymentAnswer, PaymentState
from models.kernel.base import AgencyId
from models.kernel.errors import BackendContractError, NotDecidedYetError, UnknownAgencyError
from models.law.context import LegalContext


@dataclass(frozen=True)
class PaymentActivities:
    """Effects at the agencies that pay."""

    payers: Mapping[AgencyId, PaymentGateway]
    context: LegalContext

    @activity.defn(name="payment.order")
    async def order(self, order: OrderPayment) -> PaymentAnswer:
        """Order a payment. Twice is harmless: by its derived key it is one and the same."""
        return await self._payer(order.payer).pay(order.payment)

    @activity.defn(name="payment.ask")
    async def ask(self, order: AskPayment) -> PaymentAnswer:
        """Return how a payment ended; until it has, each try says "not yet". Only asks."""
        answer = await self._payer(order.payer).state(order.key)
        if answer is None:
            raise BackendContractError(f"{order.payer}: does not know payment {order.key}")
        if answer.state is not PaymentState.ACCEPTED:
            return answer
        raise NotDecidedYetError(
            f"{order.key}: {order.payer} has not paid yet",
            retry_after=pause_for(order.payer, self.context),
        )

    def _payer(self, id: AgencyId) -> PaymentGateway:
        try:
            return self.payers[id]
        except KeyError:
            raise UnknownAgencyError(f"no backend is configured for agency {id}") from None
