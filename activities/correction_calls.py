"""Telling agencies of a correction, and stopping money at whoever pays it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeVar

from temporalio import activity

from activities.ports.agencies import AgencyGateway, ListGateway, PaymentGateway
from models.contracts.corrections import CorrectionReceipt
from models.contracts.payments import PaymentState
from models.corrections.orders import MoneyStopped, StopMoney, TellAgency, TellLists
from models.corrections.terms import claim_reminders
from models.kernel.base import AgencyId
from models.kernel.errors import BackendContractError, UnknownAgencyError
from models.law.context import LegalContext

PortT = TypeVar("PortT")
NOTHING_THERE = CorrectionReceipt(acknowledged=True, effect="none")
"""What never reached an agency needs no undoing there."""


@dataclass(frozen=True)
class CorrectionCalls:
    """Effects of corrections at agencies."""

    context: LegalContext
    agencies: Mapping[AgencyId, AgencyGateway]
    lists: Mapping[AgencyId, ListGateway]
    payers: Mapping[AgencyId, PaymentGateway]

    @activity.defn(name="correction.tell_agency")
    async def tell_agency(self, order: TellAgency) -> CorrectionReceipt:
        """Tell one agency. Twice is harmless: by the correction's id it is done once.

        Raises:
            BackendContractError: who granted the act says that it never heard of it.
            UnknownAgencyError: no backend is configured for it.
        """
        receipt = await _known(self.agencies, order.agency).correct(order.key, order.notice)
        if receipt is None and order.is_its_act:
            raise BackendContractError(f"{order.agency}: does not know its own act {order.key}")
        return receipt or NOTHING_THERE

    @activity.defn(name="correction.tell_lists")
    async def tell_lists(self, order: TellLists) -> CorrectionReceipt:
        """Tell who takes lists. Twice is harmless likewise."""
        lists = _known(self.lists, order.agency)
        return await lists.correct(order.case_code, order.notice) or NOTHING_THERE

    @activity.defn(name="correction.stop_money")
    async def stop_money(self, order: StopMoney) -> MoneyStopped:
        """Stop a payment for ever. Twice is harmless: a payment that is stopped, or paid, stays so.

        Raises:
            BackendContractError: it neither stopped nor says why not.
        """
        answer = await _known(self.payers, order.agency).stop(order.key, order.stop)
        if answer.state is PaymentState.ACCEPTED:
            raise BackendContractError(f"{order.agency}: {order.key} is neither stopped nor paid")
        return MoneyStopped(
            answer=answer, claim=claim_reminders(activity.info().started_time, self.context)
        )


def _known(ports: Mapping[AgencyId, PortT], id: AgencyId) -> PortT:
    try:
        return ports[id]
    except KeyError:
        raise UnknownAgencyError(f"no backend is configured for agency {id}") from None
