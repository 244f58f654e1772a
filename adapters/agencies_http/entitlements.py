"""A fund over HTTP: what its records say of a deceased person."""

from dataclasses import dataclass

import httpx
from typing_extensions import override

from activities.ports.agencies import EntitlementGateway
from adapters.agencies_http.calls import Caller, derived_key
from models.contracts.entitlements import Entitlement, EntitlementQuestion
from models.kernel.base import AgencyId


@dataclass(frozen=True)
class HttpEntitlementGateway(EntitlementGateway):
    """One fund behind one client. A question changes nothing, so it may be put twice."""

    agency: AgencyId
    client: httpx.AsyncClient

    @override
    async def entitlement(self, question: EntitlementQuestion) -> Entitlement:
        """Ask; raises as `HttpAgencyGateway.submit`."""
        caller = Caller(self.agency, self.client, "ask for an entitlement")
        key = derived_key(question.model_dump_json())
        return caller.read(await caller.post("/v1/entitlements", question, key=key), Entitlement)
