"""What goes to the citizen: the receipt where intake could not send it, and the results."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

from temporalio import workflow
from temporalio.workflow import ActivityConfig

from activities.handover import HandoverActivities
from activities.results import ResultActivities
from models.cases.case import Case
from models.cases.dossier import Dossier
from models.cases.orders import ReturnResults, SendReceipt
from models.cases.results import (
    Bundle,
    HandOver,
    left_to_return,
    may_return_some,
    pending,
    unreturned,
)
from models.cases.transitions import lifecycle
from models.contracts.dossiers import Facts
from models.intake.intake import Opening
from models.kernel.base import AgencyId
from workflows.case.calls import contact_with, parking_of
from workflows.runtime import options

Sending = Callable[[ActivityConfig], Awaitable[Any]]  # Any: nothing comes back


class Results:
    """Sends; an office that is away delays what it carries, visibly, and nothing else."""

    def __init__(self, case: Case, opening: Opening, declaration: Facts) -> None:
        self._case = case
        self._opening = opening
        self._declaration = declaration

    async def send_receipt(self) -> None:
        """The receipt with the appointment date."""
        order = SendReceipt.for_case(self._opening, self._declaration)
        await self._send(
            order.channel,
            "Gửi giấy tiếp nhận và hẹn trả kết quả",
            lambda config: workflow.execute_activity_method(
                ResultActivities.send_receipt, order, **config
            ),
        )
        lifecycle.send_receipt(self._case, workflow.now())

    async def give_back_meanwhile(self) -> None:
        """Give back what is settled whenever only the family holds up the rest, until none is."""
        case = self._case
        while pending(case):
            await workflow.wait_condition(lambda: may_return_some(case) or not pending(case))
            if pending(case):
                await self._give_back(unreturned(case))

    async def give_back(self) -> None:
        """Everything in one bundle, or what is left of it where some went back meanwhile."""
        await self._give_back(left_to_return(self._case))

    async def _give_back(self, dossiers: tuple[Dossier, ...]) -> None:
        """Through every channel the citizen wanted."""
        results = Bundle(
            dossiers=tuple(dossier.status() for dossier in dossiers),
            number=self._case.bundles + 1,
            pending=tuple(dossier.plan.title for dossier in pending(self._case)),
        )
        ways = [self._send_bundle(channel, results) for channel in self._opening.channels]
        order = HandOver.for_case(self._opening, self._declaration, results)
        if order is not None:
            ways.append(self._hand_over(order))
        await asyncio.gather(*ways)
        lifecycle.return_results(self._case, dossiers, workflow.now())

    async def _send_bundle(self, channel: AgencyId, results: Bundle) -> None:
        order = ReturnResults.for_case(self._opening, self._declaration, channel, results)
        await self._send(
            channel,
            f"Trả kết quả hồ sơ {self._opening.case_code}",
            lambda config: workflow.execute_activity_method(
                ResultActivities.return_results, order, **config
            ),
        )

    async def _hand_over(self, order: HandOver) -> None:
        """Post the parcel and poll until the officer has confirmed; each poll costs no event.

        The case's milestones go on meanwhile: a parcel that lies about is warned of, and escalated.
        """
        lifecycle.post_parcel(self._case, order, workflow.now())
        config = options.asking(order.channel, f"Chờ xác nhận đã trao · {order.parcel.case_code}")
        status = await parking_of(self._case).insist(
            lambda: workflow.execute_activity_method(HandoverActivities.ask, order, **config)
        )
        lifecycle.confirm_hand_over(self._case, status, workflow.now())

    async def _send(self, agency: AgencyId, summary: str, send: Sending) -> None:
        contact = contact_with(self._case, agency)
        await parking_of(self._case).insist(lambda: contact.call(summary, send))
