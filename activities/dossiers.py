"""Filing dossiers at agencies and hearing what they answer."""

from collections.abc import Mapping
from dataclasses import dataclass

from temporalio import activity

from activities.pauses import pause_for
from activities.ports.agencies import AgencyGateway
from activities.silences import end_outage, outage_since
from models.cases.orders import AskDossier, Asking, FileDossier, Heard, WithdrawDossier
from models.contracts.dossiers import Acknowledgement, DossierAnswer
from models.kernel.base import AgencyId
from models.kernel.errors import (
    BackendContractError,
    BackendUnavailableError,
    NotDecidedYetError,
    UnknownAgencyError,
)
from models.kernel.vocabulary import Outcome
from models.law.context import LegalContext


@dataclass(frozen=True)
class DossierActivities:
    """Effects at the agencies that perform procedures."""

    agencies: Mapping[AgencyId, AgencyGateway]
    context: LegalContext

    @activity.defn(name="dossier.file")
    async def file(self, order: FileDossier) -> DossierAnswer:
        """File a dossier. Twice is harmless: by its derived key, the agency answers the same."""
        return _whole(await self._agency(order.agency).submit(order.request), order)

    @activity.defn(name="dossier.ask")
    async def ask(self, order: AskDossier) -> Heard:
        """Return the agency's next decision; until there is one, each try says "not yet".

        A supplement is passed on first; an agency that lost the dossier is given it again. Twice is
        harmless: the supplement carries the citizen's request id, and the rest only asks.
        """
        try:
            answer = await self._answer(order)
        except BackendUnavailableError as error:
            if order.purpose is Asking.NEWS:
                return Heard(away_since=outage_since(error))
            raise
        end_outage()
        if _is_news(answer, order):
            return Heard(answer=_whole(answer, order))
        if order.purpose is Asking.CONTACT:
            return Heard()
        raise self._not_yet(order)

    @activity.defn(name="dossier.withdraw")
    async def withdraw(self, order: WithdrawDossier) -> Acknowledgement:
        """Ask for a dossier back. Twice is harmless: it carries the citizen's request id.

        What never reached its agency needs no giving back.
        """
        agency = self._agency(order.agency)
        if await agency.answer(order.key) is None:
            return Acknowledgement(acknowledged=True)
        return await agency.withdraw(order.key, order.withdrawal)

    async def _answer(self, order: AskDossier) -> DossierAnswer:
        agency, key = self._agency(order.agency), order.request.key
        answer = await agency.answer(key)
        if answer is None and order.purpose is Asking.GLANCE:
            raise self._not_yet(order)
        answer = answer or await agency.submit(order.request)
        if order.supplement is None:
            return answer
        await agency.supplement(key, order.supplement)
        return await agency.answer(key) or answer

    def _not_yet(self, order: AskDossier) -> NotDecidedYetError:
        said = f"{order.request.key}: {order.agency} has not decided yet"
        return NotDecidedYetError(
            said,
            retry_after=pause_for(order.agency, self.context, daily=order.purpose is Asking.GLANCE),
        )

    def _agency(self, id: AgencyId) -> AgencyGateway:
        try:
            return self.agencies[id]
        except KeyError:
            raise UnknownAgencyError(f"no backend is configured for agency {id}") from None


def _whole(answer: DossierAnswer, order: FileDossier | AskDossier) -> DossierAnswer:
    """A grant that does not hand out what it must is no answer: a person looks."""
    missing = [name for name in order.issues if not answer.issued.get(name)]
    if answer.outcome is Outcome.GRANTED and missing:
        raise BackendContractError(
            f"{order.agency}: granted {order.request.key} without {', '.join(missing)}"
        )
    return answer


def _is_news(answer: DossierAnswer, order: AskDossier) -> bool:
    """A decision is known by its id: an agency that was given a dossier again counts from 1."""
    if answer.outcome is Outcome.ACCEPTED:
        return answer.unit is not None and answer.unit != order.unit
    if answer.decision_id is not None:
        return answer.decision_id not in order.known_decisions
    return answer.version > order.seen_version
