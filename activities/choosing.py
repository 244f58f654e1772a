"""Choosing the procedure a family's word stands for, from what the agencies' records say."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass

from temporalio import activity

from activities.ports.agencies import EntitlementGateway
from models.cases.orders import Choice, ChooseProcedure
from models.entitlements.advising import advice_on, choice_of, question_about
from models.entitlements.entitlements import agencies_to_ask
from models.kernel.base import AgencyId
from models.kernel.errors import UnknownAgencyError
from models.law.context import LegalContext
from models.law.rules import GroupRule

PURPOSE = "routing"


@dataclass(frozen=True)
class ChoosingActivities:
    """Asks whoever may grant something, and says which of them is to be asked for it."""

    funds: Mapping[AgencyId, EntitlementGateway]
    context: LegalContext

    @activity.defn(name="procedure.choose")
    async def choose(self, order: ChooseProcedure) -> Choice:
        """Ask every agency that grants on conditions, and choose. Twice is harmless: it only asks.

        Raises:
            BackendUnavailableError: one of them is away: without its answer nothing is chosen.
        """
        rule = GroupRule.model_validate(order.law)
        question = question_about(order.declaration, PURPOSE)
        agencies = agencies_to_ask(rule, self.context.law)
        said = await asyncio.gather(*(self._fund(id).entitlement(question) for id in agencies))
        answers = dict(zip(agencies, said, strict=True))
        advice = advice_on(order.declaration, answers, rule, self.context, order.at)
        return choice_of(advice, order.alternatives)

    def _fund(self, id: AgencyId) -> EntitlementGateway:
        try:
            return self.funds[id]
        except KeyError:
            raise UnknownAgencyError(f"no backend is configured for agency {id}") from None
