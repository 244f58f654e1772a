"""Notifications over HTTP."""

from dataclasses import dataclass

import httpx
from typing_extensions import override

from activities.ports.agencies import NoticeGateway
from adapters.agencies_http.calls import Caller
from models.contracts.dossiers import Acknowledgement, Notice
from models.kernel.base import AgencyId


@dataclass(frozen=True)
class HttpNoticeGateway(NoticeGateway):
    """Sends each notice under its key, so that twice is once."""

    agency: AgencyId
    client: httpx.AsyncClient

    @override
    async def send(self, notice: Notice) -> None:
        """Send; raises as `HttpAgencyGateway.submit`."""
        caller = Caller(self.agency, self.client, "send a notice")
        response = await caller.put(f"/v1/notices/{notice.key}", notice, key=notice.key)
        caller.read(response, Acknowledgement)
