"""Workflows beside the cases, as they go; one history of each is kept for every release too."""

from collections.abc import Awaitable, Callable
from typing import Any

from case_desk import Desk
from correction_in_hand import correct, decision
from temporalio.client import WorkflowHandle

from models.correction_words import CorrectionState
from workers.wiring import CASES_QUEUE

Handle = WorkflowHandle[Any, Any]  # Any: started by name
Path = Callable[[Desk], Awaitable[Handle]]


async def correction_claims_back(desk: Desk) -> Handle:
    """A second person approves, an agency is away, and paid money is claimed back by a person."""
    case = await desk.declare_death("register_death", "funeral_money")
    code = (await case.result()).case_code or ""
    desk.agencies["insurance"].outages = 5
    correction = await correct(
        desk, decision(code, act="register_death", approved_by=None, correction_id="ghi-lai-01")
    )
    await correction.until(lambda one: one.state is CorrectionState.AWAITING_APPROVAL)
    await correction.approve()
    await desk.pass_time(minutes=10)
    status = await correction.until(lambda one: one.state is CorrectionState.CLAIMING_BACK)
    await correction.settle(status.tasks[0].id)
    await correction.ended()
    return correction.handle


async def precheck(desk: Desk) -> Handle:
    """Advice, with one fund away."""
    desk.funds["social_affairs"].unreachable = True
    raw = await desk.new_death("register_death", "funeral_money")
    handle = await desk.client.start_workflow(
        "Precheck", raw, id="precheck/ghi-lai", task_queue=CASES_QUEUE
    )
    await handle.result()
    return handle


OTHER_PATHS: dict[str, Path] = {
    path.__name__.replace("_", "-"): path for path in (correction_claims_back, precheck)
}
