"""The public post over HTTP."""

from dataclasses import dataclass
from typing import Final

import httpx
from typing_extensions import override

from activities.ports.agencies import PostGateway
from adapters.agencies_http.calls import Caller
from models.contracts.dossiers import Acknowledgement, Parcel, ParcelStatus
from models.kernel.base import AgencyId
from models.kernel.errors import BackendContractError

_UNKNOWN: Final = 404


@dataclass(frozen=True)
class HttpPostGateway(PostGateway):
    """Hands in each parcel under its key, so that twice is once."""

    agency: AgencyId
    client: httpx.AsyncClient

    @override
    async def hand_in(self, parcel: Parcel) -> None:
        """Hand in; raises as `HttpAgencyGateway.submit`."""
        caller = Caller(self.agency, self.client, "hand in a parcel")
        response = await caller.put(f"/v1/parcels/{parcel.key}", parcel, key=parcel.key)
        caller.read(response, Acknowledgement)

    @override
    async def status(self, key: str) -> ParcelStatus | None:
        """Ask where a parcel is; raises as `HttpAgencyGateway.submit`."""
        caller = Caller(self.agency, self.client, "ask about a parcel")
        response = await caller.get(f"/v1/parcels/{key}", or_=(_UNKNOWN,))
        if response.status_code == _UNKNOWN:
            return None
        status = caller.read(response, ParcelStatus)
        if status.key != key:
            raise BackendContractError(f"{self.agency}: answered about another parcel")
        return status
