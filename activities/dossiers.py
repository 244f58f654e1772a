"""Filing dossiers at agencies and hearing what they answer."""

from collections.abc import Mapping
from dataclasses import dataclass

from temporalio import activity

from activities.ports import Agency
from models.base import AgencyId
from models.errors import NotDecidedYetError, UnknownAgencyError
from models.orders import AskDossier, FileDossier, SupplementDossier
from models.vocabulary import Outcome
from models.wire import Acknowledgement, DossierAnswer


@dataclass(frozen=True)
class DossierActivities:
    """Effects at the agencies that perform procedures."""

    agencies: Mapping[AgencyId, Agency]

    @activity.defn(name="dossier.file")
    async def file(self, order: FileDossier) -> DossierAnswer:
        """File a dossier. Twice is harmless: by its derived key, the agency answers the same."""
        return await self._agency(order.agency).submit(order.request)

    @activity.defn(name="dossier.ask")
    async def ask(self, order: AskDossier) -> DossierAnswer:
        """Return the agency's next decision; until there is one, each try says "not yet".

        An agency that lost the dossier is given it again. Twice is harmless: it only asks.
        """
        agency = self._agency(order.agency)
        answer = await agency.answer(order.request.key) or await agency.submit(order.request)
        if _is_news(answer, order):
            return answer
        raise NotDecidedYetError(f"{order.request.key}: {order.agency} has not decided yet")

    @activity.defn(name="dossier.supplement")
    async def supplement(self, order: SupplementDossier) -> Acknowledgement:
        """Pass on a supplement. Twice is harmless: it carries the citizen's request id."""
        return await self._agency(order.agency).supplement(order.key, order.supplement)

    def _agency(self, id: AgencyId) -> Agency:
        try:
            return self.agencies[id]
        except KeyError:
            raise UnknownAgencyError(f"no backend is configured for agency {id}") from None


def _is_news(answer: DossierAnswer, order: AskDossier) -> bool:
    """A decision is known by its id: an agency that was given a dossier again counts from 1."""
    if answer.outcome is Outcome.ACCEPTED:
        return False
    if answer.decision_id is not None:
        return answer.decision_id not in order.known_decisions
    return answer.version > order.seen_version
