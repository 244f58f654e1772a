"""The agencies of a set as their neighbours know them: HTTP, and nothing else."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from typing import Final

import httpx

from adapters.agencies_http.calls import Caller
from adapters.agencies_http.dossiers import HttpAgencyGateway
from adapters.agencies_http.entitlements import HttpEntitlementGateway
from models.contracts.dossiers import DossierAnswer, DossierRequest, Problem
from models.contracts.entitlements import Entitlement, EntitlementQuestion
from models.kernel.base import AgencyId, DossierKey, Message
from models.kernel.vocabulary import Outcome
from simulation.pilot.records import INSURANCE, SOCIAL_AFFAIRS, Written

CIVIL_STATUS = AgencyId("civil_status")
AGENCY_OF: Final = {
    "register_death": CIVIL_STATUS,
    "insurance_funeral": INSURANCE,
    "survivor_lump_sum": INSURANCE,
    "social_funeral": SOCIAL_AFFAIRS,
}
_OFFICER = "cb-thi-diem"
_CONFLICT = 409
_PATIENCE = httpx.Timeout(60, connect=10)
"""Every call is made once: an agency that is too busy to answer ends the run."""


class _Decision(Message):
    outcome: Outcome
    decided_by: str = _OFFICER
    reason_code: str | None = None


@dataclass(frozen=True)
class Country:
    """The reference agencies of one run, by their published contracts and their clerks' desks."""

    switchboard: str
    clients: dict[AgencyId, httpx.AsyncClient]

    async def enter(self, written: Written) -> None:
        """Let a clerk write a record as it is to be from now on."""
        caller = Caller(written.fund, self.clients[written.fund], "enter a record")
        path = f"/v1/desk/records/{written.person}"
        await caller.put(path, written.entry, key=written.person)

    async def ask(self, fund: AgencyId, question: EntitlementQuestion) -> Entitlement:
        """Ask what a fund's records say."""
        return await HttpEntitlementGateway(fund, self.clients[fund]).entitlement(question)

    async def file(self, request: DossierRequest) -> DossierAnswer:
        """File a dossier with the agency of its procedure."""
        agency = AGENCY_OF[request.procedure]
        return await HttpAgencyGateway(agency, self.clients[agency]).submit(request)

    async def decide(self, request: DossierRequest) -> DossierAnswer:
        """Let an officer take a dossier up: granted where the agency's own rules let it be.

        Where they refuse, the officer refuses with the reason they give.
        """
        granted = await self._say(request, _Decision(outcome=Outcome.GRANTED))
        if granted.status_code != _CONFLICT:
            return self._desk(request).read(granted, DossierAnswer)
        reason = self._desk(request).read(granted, Problem).reason_code
        refusal = _Decision(outcome=Outcome.REFUSED, reason_code=reason)
        return self._desk(request).read(await self._say(request, refusal), DossierAnswer)

    async def _say(self, request: DossierRequest, decision: _Decision) -> httpx.Response:
        key = DossierKey(f"{request.key}-{decision.outcome}")
        path = f"/v1/desk/dossiers/{request.key}/decision"
        return await self._desk(request).post(path, decision, key=key, or_=(_CONFLICT,))

    def _desk(self, request: DossierRequest) -> Caller:
        agency = AGENCY_OF[request.procedure]
        return Caller(agency, self.clients[agency], "decide a dossier")


@asynccontextmanager
async def country_at(switchboard: str, agencies: dict[str, str]) -> AsyncIterator[Country]:
    """The country behind these base URLs, by agency id."""
    async with AsyncExitStack() as stack:
        clients = {
            id: await stack.enter_async_context(
                httpx.AsyncClient(base_url=agencies[id], timeout=_PATIENCE, trust_env=False)
            )
            for id in dict.fromkeys(AGENCY_OF.values())
        }
        yield Country(switchboard, clients)
