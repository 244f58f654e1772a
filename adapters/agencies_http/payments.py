"""The treasury over HTTP: each payment under its own key, ordered, asked about and stopped."""

from dataclasses import dataclass
from typing import Final

import httpx
from typing_extensions import override

from activities.ports.agencies import PaymentGateway
from adapters.agencies_http.calls import Caller, derived_key
from models.contracts.payments import PaymentAnswer, PaymentOrder, StopPayment
from models.kernel.base import AgencyId
from models.kernel.errors import BackendContractError

_UNKNOWN: Final = 404


@dataclass(frozen=True)
class HttpPaymentGateway(PaymentGateway):
    """One treasury behind one client. Every call may be sent twice: the key makes it one."""

    agency: AgencyId
    client: httpx.AsyncClient

    @override
    async def pay(self, order: PaymentOrder) -> PaymentAnswer:
        """Order a payment; raises as `HttpAgencyGateway.submit`."""
        response = await self._caller("order a payment").put(
            f"/v1/payments/{order.key}", order, key=order.key
        )
        return self._about(order.key, response)

    @override
    async def state(self, key: str) -> PaymentAnswer | None:
        """Ask where a payment stands; raises as `HttpAgencyGateway.submit`."""
        response = await self._caller("ask about a payment").get(
            f"/v1/payments/{key}", or_=(_UNKNOWN,)
        )
        return None if response.status_code == _UNKNOWN else self._about(key, response)

    @override
    async def stop(self, key: str, stop: StopPayment) -> PaymentAnswer:
        """Stop a payment, also one never ordered; raises as `HttpAgencyGateway.submit`."""
        response = await self._caller("stop a payment").post(
            f"/v1/payments/{key}/stop", stop, key=derived_key(key, stop.request_id)
        )
        return self._about(key, response)

    def _caller(self, what: str) -> Caller:
        return Caller(self.agency, self.client, what)

    def _about(self, key: str, response: httpx.Response) -> PaymentAnswer:
        answer = self._caller("read an answer").read(response, PaymentAnswer)
        if answer.key != key:
            raise BackendContractError(f"{self.agency}: answered about another payment")
        return answer
