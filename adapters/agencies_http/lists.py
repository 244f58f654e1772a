"""The insurer's lists over HTTP: each delivered under its number."""

from dataclasses import dataclass

import httpx
from typing_extensions import override

from activities.ports.agencies import ListGateway
from adapters.agencies_http import corrections as corrections_http
from adapters.agencies_http.calls import Caller
from models.contracts.corrections import CorrectionNotice, CorrectionReceipt
from models.contracts.lists import ListReceipt, PersonList
from models.kernel.base import AgencyId, CaseCode
from models.kernel.errors import BackendContractError


@dataclass(frozen=True)
class HttpListGateway(ListGateway):
    """One insurer behind one client. Every call may be sent twice: the number makes it one."""

    agency: AgencyId
    client: httpx.AsyncClient

    @override
    async def deliver(self, persons: PersonList) -> ListReceipt:
        """Deliver a list; raises as `HttpAgencyGateway.submit`."""
        caller = Caller(self.agency, self.client, "deliver a list")
        response = await caller.put(f"/v1/lists/{persons.number}", persons, key=persons.number)
        receipt = caller.read(response, ListReceipt)
        if receipt.number != persons.number:
            raise BackendContractError(f"{self.agency}: acknowledged another list")
        return receipt

    @override
    async def correct(self, case: CaseCode, notice: CorrectionNotice) -> CorrectionReceipt | None:
        """Tell of a correction; raises as `HttpAgencyGateway.submit`."""
        caller = Caller(self.agency, self.client, "tell of a correction")
        return await corrections_http.tell(caller, f"/v1/listed/{case}", notice)
