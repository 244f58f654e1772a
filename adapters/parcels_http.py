"""The public post over HTTP."""

from dataclasses import dataclass

import httpx
from typing_extensions import override

from activities.ports import PostOffice
from adapters.calls_http import Caller
from models.base import AgencyId
from models.wire import Acknowledgement, Parcel


@dataclass(frozen=True)
class HttpPostOffice(PostOffice):
    """Hands in each parcel under its key, so that twice is once."""

    agency: AgencyId
    client: httpx.AsyncClient

    @override
    async def hand_in(self, parcel: Parcel) -> None:
        """Hand in; raises as `HttpAgency.submit`."""
        caller = Caller(self.agency, self.client, "hand in a parcel")
        response = await caller.put(f"/v1/parcels/{parcel.key}", parcel, key=parcel.key)
        caller.read(response, Acknowledgement)
