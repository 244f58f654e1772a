"""Agencies over HTTP: the dossier contract, told in our own words and failures."""

from dataclasses import dataclass
from typing import Final

import httpx
from typing_extensions import override

from activities.ports.agencies import AgencyGateway
from adapters.agencies_http import corrections as corrections_http
from adapters.agencies_http.calls import Caller, derived_key
from models.contracts.corrections import CorrectionNotice, CorrectionReceipt
from models.contracts.dossiers import (
    Acknowledgement,
    DossierAnswer,
    DossierRequest,
    Supplement,
    Withdrawal,
)
from models.kernel.base import AgencyId, DossierKey
from models.kernel.errors import BackendContractError

_UNKNOWN: Final = 404
_TOO_LATE: Final = 409


@dataclass(frozen=True)
class HttpAgencyGateway(AgencyGateway):
    """One agency behind one client. Every call may be sent twice: the key makes it one."""

    agency: AgencyId
    client: httpx.AsyncClient

    @override
    async def submit(self, request: DossierRequest) -> DossierAnswer:
        """File a dossier under its key.

        Raises:
            BackendUnavailableError: not reachable, busy or failing: the same call may do later.
            BackendRefusedRequestError: the agency says our request is wrong.
            BackendContractError: the answer is not one, or is about another dossier.
        """
        response = await self._caller("file a dossier").put(
            f"/v1/dossiers/{request.key}", request, key=request.key
        )
        return self._about(request.key, response)

    @override
    async def answer(self, key: DossierKey) -> DossierAnswer | None:
        """Ask what the agency says of a dossier now; raises as `submit`."""
        response = await self._caller("ask about a dossier").get(
            f"/v1/dossiers/{key}", or_=(_UNKNOWN,)
        )
        return None if response.status_code == _UNKNOWN else self._about(key, response)

    @override
    async def supplement(self, key: DossierKey, supplement: Supplement) -> Acknowledgement:
        """Pass on what the citizen handed in; raises as `submit`."""
        caller = self._caller("supplement a dossier")
        response = await caller.post(
            f"/v1/dossiers/{key}/supplements",
            supplement,
            key=derived_key(key, supplement.request_id),
        )
        return caller.read(response, Acknowledgement)

    @override
    async def withdraw(self, key: DossierKey, withdrawal: Withdrawal) -> Acknowledgement:
        """Ask for a dossier back; a conflict says that it is too late. Raises as `submit`."""
        caller = self._caller("withdraw a dossier")
        response = await caller.post(
            f"/v1/dossiers/{key}/withdrawal",
            withdrawal,
            key=derived_key(key, withdrawal.request_id),
            or_=(_TOO_LATE,),
        )
        if response.status_code == _TOO_LATE:
            return Acknowledgement(acknowledged=False, at=None)
        return caller.read(response, Acknowledgement)

    @override
    async def correct(self, key: DossierKey, notice: CorrectionNotice) -> CorrectionReceipt | None:
        """Tell of a correction; a coded refusal is a receipt that says why. Raises as `submit`."""
        caller = self._caller("tell of a correction")
        return await corrections_http.tell(caller, f"/v1/dossiers/{key}", notice)

    def _caller(self, what: str) -> Caller:
        return Caller(self.agency, self.client, what)

    def _about(self, key: DossierKey, response: httpx.Response) -> DossierAnswer:
        answer = self._caller("read an answer").read(response, DossierAnswer)
        if answer.key != key:
            raise BackendContractError(f"{self.agency}: answered about another dossier")
        return answer
