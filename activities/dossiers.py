"""Filing dossiers at agencies and hearing what they answer."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from temporalio import activity

from activities.ports import Agency
from models.base import AgencyId
from models.errors import BackendContractError, NotDecidedYetError, UnknownAgencyError
from models.office import Office
from models.orders import AskDossier, FileDossier, WithdrawDossier
from models.vocabulary import Outcome
from models.wire import Acknowledgement, DossierAnswer
from models.working_time import next_office_instant

FIRST_PAUSE = timedelta(seconds=5)
LONGEST_PAUSE = timedelta(minutes=15)
EAGER_TRIES = 5
"""Asked so often within minutes, at any hour: many decisions come at once."""


@dataclass(frozen=True)
class DossierActivities:
    """Effects at the agencies that perform procedures."""

    agencies: Mapping[AgencyId, Agency]
    office: Office

    @activity.defn(name="dossier.file")
    async def file(self, order: FileDossier) -> DossierAnswer:
        """File a dossier. Twice is harmless: by its derived key, the agency answers the same."""
        return _whole(await self._agency(order.agency).submit(order.request), order)

    @activity.defn(name="dossier.ask")
    async def ask(self, order: AskDossier) -> DossierAnswer:
        """Return the agency's next decision; until there is one, each try says "not yet".

        A supplement is passed on first; an agency that lost the dossier is given it again. Twice is
        harmless: the supplement carries the citizen's request id, and the rest only asks.
        """
        agency = self._agency(order.agency)
        key = order.request.key
        answer = await agency.answer(key) or await agency.submit(order.request)
        if order.supplement is not None:
            await agency.supplement(key, order.supplement)
            answer = await agency.answer(key) or answer
        if _is_news(answer, order):
            return _whole(answer, order)
        raise NotDecidedYetError(
            f"{key}: {order.agency} has not decided yet", retry_after=self._pause(order.agency)
        )

    @activity.defn(name="dossier.withdraw")
    async def withdraw(self, order: WithdrawDossier) -> Acknowledgement:
        """Ask for a dossier back. Twice is harmless: it carries the citizen's request id.

        What never reached its agency needs no giving back.
        """
        agency = self._agency(order.agency)
        if await agency.answer(order.key) is None:
            return Acknowledgement(acknowledged=True)
        return await agency.withdraw(order.key, order.withdrawal)

    def _pause(self, agency: AgencyId) -> timedelta:
        """Soon at first; later only while the agency's office is open."""
        info = activity.info()
        pause: timedelta = min(FIRST_PAUSE * (1 << min(info.attempt - 1, 10)), LONGEST_PAUSE)
        if info.attempt <= EAGER_TRIES:
            return pause
        hours = self.office.law.agency(agency).office_hours
        then = next_office_instant(
            info.started_time + pause, calendar=self.office.calendar, hours=hours
        )
        return then - info.started_time

    def _agency(self, id: AgencyId) -> Agency:
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
