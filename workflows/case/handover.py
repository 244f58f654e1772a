"""Waiting until results that go through an officer of the commune have reached the citizen."""

from temporalio import workflow

from activities.handover import HandoverActivities
from models.cases.cases import Case
from models.cases.handovers import HandOver
from models.cases.transitions import handover
from workflows.runtime import options
from workflows.runtime.outages import insist


async def hand_over(case: Case, order: HandOver) -> None:
    """Post the parcel and ask until the officer has confirmed; each asking costs no event.

    The case's own steps go on meanwhile: a parcel that lies about is warned of, and escalated.
    """
    handover.post(case, order, workflow.now())
    config = options.asking(order.channel, f"Chờ xác nhận đã trao · {order.parcel.case_code}")
    status = await insist(
        case,
        lambda: workflow.execute_activity_method(HandoverActivities.ask, order, **config),
    )
    handover.confirm(case, status, workflow.now())
