"""Workflows beside the cases, as they go; one history of each is kept for every release too."""

from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Any
from unittest.mock import AsyncMock, patch

import pytest
from temporalio.client import WorkflowFailureError, WorkflowHandle
from temporalio.worker import Worker

from activities.lists import ListActivities
from models.contracts.lists import ListKind
from models.corrections.states import CorrectionState, StepState
from models.kernel.base import AgencyId
from models.kernel.errors import BackendContractError, BackendRefusedRequestError
from models.lists.orders import RunLists
from workers.runtime.failures import FailureInterceptor
from workers.runtime.wiring import CASES_QUEUE, STRICT_RUNNER
from workflows.lists import PersonListsWorkflow

from fakes.list_repository import MemoryListRepository
from fakes.person_lists import MemoryListGateway
from fakes.stores import MemoryLedger
from harness.case_paths import ACCEPTED, later_at_residence
from harness.correction_handle import correct, decision
from harness.listed_people import MONTH_END, batch_of, deceased
from harness.listed_people import order as page_order
from harness.system import SystemUnderTest

Handle = WorkflowHandle[Any, Any]  # Any: started by name
Path = Callable[[SystemUnderTest], Awaitable[Handle]]


async def correction_claims_back(system: SystemUnderTest) -> Handle:
    """A second person approves, an agency is away, and paid money is claimed back by a person."""
    case = await system.declare_death("register_death", "funeral_money")
    code = (await case.result()).case_code or ""
    system.agencies["insurance"].outages = 5
    correction = await correct(
        system, decision(code, act="register_death", approved_by=None, correction_id="ghi-lai-01")
    )
    await correction.until(lambda one: one.state is CorrectionState.AWAITING_APPROVAL)
    await correction.approve()
    await system.pass_time(minutes=10)
    status = await correction.until(lambda one: one.state is CorrectionState.CLAIMING_BACK)
    await correction.settle(status.tasks[0].id)
    await correction.ended()
    return correction.handle


async def precheck(system: SystemUnderTest) -> Handle:
    """Advice, with one fund away."""
    system.funds["social_affairs"].unreachable = True
    raw = await system.new_death("register_death", "funeral_money")
    handle = await system.client.start_workflow(
        "Precheck", raw, id="precheck/ghi-lai", task_queue=CASES_QUEUE
    )
    await handle.result()
    return handle


async def closed_birth(system: SystemUnderTest) -> str:
    """The code of a birth that was granted whole."""
    return (await (await system.declare()).result()).case_code or ""


async def correction_refused(system: SystemUnderTest) -> Handle:
    """The act it names was never granted."""
    case = await later_at_residence(system)
    said = decision(case.code(), act="register_residence", correction_id="ghi-lai-02")
    correction = await correct(system, said)
    await correction.ended()
    await case.decide("register_residence")
    await case.result()
    return correction.handle


async def correction_refused_at_intake(system: SystemUnderTest) -> Handle:
    """It names a case nobody knows."""
    said = decision("H26.05.13-261120-9999", correction_id="ghi-lai-03")
    correction = await correct(system, said)
    await correction.ended()
    return correction.handle


async def correction_disagreed(system: SystemUnderTest) -> Handle:
    """The second person does not agree."""
    code = await closed_birth(system)
    correction = await correct(system, decision(code, approved_by=None, correction_id="ghi-lai-04"))
    await correction.until(lambda one: one.state is CorrectionState.AWAITING_APPROVAL)
    await correction.approve(agrees=False, reason="Chưa đủ căn cứ")
    await correction.ended()
    return correction.handle


async def correction_queued(system: SystemUnderTest) -> Handle:
    """Another correction of the same case is at work, at an agency that is away."""
    code = await closed_birth(system)
    system.agencies["residence"].unreachable = True
    facts = {"child.full_name": "Lê Hoàng Đúng"}
    said = decision(code, kind="corrected", facts=facts, correction_id="ghi-lai-05")
    first = await correct(system, said)
    await first.until_step("relying.issue_card", StepState.ACKNOWLEDGED)
    second = await correct(system, decision(code, correction_id="ghi-lai-06"))
    await second.until(lambda one: one.state is CorrectionState.QUEUED)
    system.agencies["residence"].unreachable = False
    await first.result()
    await second.result()
    return second.handle


async def correction_while_results_are_sent(system: SystemUnderTest) -> Handle:
    """It comes to a case whose bundle of results is on its way, at an office that is away."""
    handle, _ = await _while_results_are_sent(system)
    return handle


async def corrected_while_results_are_sent(system: SystemUnderTest) -> Handle:
    """The same, told by the case."""
    _, handle = await _while_results_are_sent(system)
    return handle


async def _while_results_are_sent(system: SystemUnderTest) -> tuple[Handle, Handle]:
    case = await later_at_residence(system)
    system.notices.unreachable, system.notices.retry_after = True, timedelta(hours=1)
    await case.decide("register_residence")
    await system.pass_time(minutes=10)
    facts = {"child.full_name": "Lê Hoàng Đúng"}
    said = decision(case.code(), kind="corrected", facts=facts, correction_id="ghi-lai-07")
    correction = await correct(system, said)
    await correction.until(lambda one: one.state is CorrectionState.COMPLETED)
    system.notices.unreachable = False
    await correction.result()
    await case.result()
    return correction.handle, case.handle


async def correction_of_an_open_case(system: SystemUnderTest) -> Handle:
    """A revoked birth, while the residence police still decide: the dossier is asked back."""
    handle, _ = await _of_an_open_case(system)
    return handle


async def corrected_while_open(system: SystemUnderTest) -> Handle:
    """The same, told by the case."""
    _, handle = await _of_an_open_case(system)
    return handle


async def _of_an_open_case(system: SystemUnderTest) -> tuple[Handle, Handle]:
    system.agencies["residence"].answers["register_residence"] = [ACCEPTED] * 50
    case = await system.declare()
    await case.until_dossier("register_residence", "accepted")
    await case.until_dossier("issue_card", "granted")
    correction = await correct(system, decision(case.code(), correction_id="ghi-lai-08"))
    await correction.result()
    await case.result()
    return correction.handle, case.handle


async def correction_parked(system: SystemUnderTest) -> Handle:
    """One agency answers nonsense, and our own database after it; both are resumed."""
    code = await closed_birth(system)
    system.agencies["insurance"].fault = BackendContractError("insurance: no receipt")
    correction = await correct(system, decision(code, correction_id="ghi-lai-09"))
    await correction.until_step("relying.issue_card", StepState.PARKED)
    system.agencies["insurance"].fault = None
    fault = BackendContractError("our database: keep a correction: impossible")
    with patch.object(system.book, "keep", AsyncMock(side_effect=fault)):
        await correction.resume("relying.issue_card")
        await correction.until(lambda one: one.attention == "parked")
    await correction.resume()
    await correction.ended()
    return correction.handle


async def correction_cancelled(system: SystemUnderTest) -> Handle:
    """An operator cancels it while one agency is away."""
    code = await closed_birth(system)
    system.agencies["residence"].unreachable = True
    correction = await correct(system, decision(code, correction_id="ghi-lai-10"))
    await correction.until_step("relying.issue_card", StepState.ACKNOWLEDGED)
    await correction.handle.cancel()
    with pytest.raises(WorkflowFailureError):
        await correction.ended()
    return correction.handle


async def person_lists(system: SystemUnderTest) -> Handle:
    """A page of the insurer's lists, the first delivered late, another refused; the last page."""
    ledger = MemoryLedger()
    places = [f"0{number:04d}" for number in range(1, 5)]
    people = [deceased(number, place=place) for number, place in enumerate(places, start=1)]
    await ledger.append(batch_of(people))
    insurer = MemoryListGateway()
    insurer.outages = 2
    order = RunLists(kind=ListKind.STRIKE_OFFS, agency=AgencyId("lists"), until=MONTH_END)
    page = page_order(most=3, agency="lists")
    return await _run_lists(system, ledger, insurer, order.model_copy(update={"page": page}))


async def person_lists_refused(system: SystemUnderTest) -> Handle:
    """The insurer refuses the only list."""
    ledger, insurer = MemoryLedger(), MemoryListGateway()
    await ledger.append(batch_of([deceased(1)]))
    insurer.fault = BackendRefusedRequestError("insurance: deliver a list: status 422")
    order = RunLists(kind=ListKind.STRIKE_OFFS, agency=AgencyId("lists"), until=MONTH_END)
    return await _run_lists(system, ledger, insurer, order)


async def _run_lists(
    system: SystemUnderTest, ledger: MemoryLedger, insurer: MemoryListGateway, order: RunLists
) -> Handle:
    """The first page's history; where there are more, the rest goes on in histories of its own."""
    lists = ListActivities(
        MemoryListRepository(ledger), {order.agency: insurer}, system.context.law.rates
    )
    async with Worker(
        system.client,
        task_queue=order.agency,
        workflows=[PersonListsWorkflow],
        activities=[lists.compile, lists.deliver],
        interceptors=[FailureInterceptor()],
        workflow_runner=STRICT_RUNNER,
    ):
        handle = await system.client.start_workflow(
            "PersonLists", order, id="lists/ghi-lai", task_queue=order.agency
        )
        await handle.result()
    return system.client.get_workflow_handle(handle.id, run_id=handle.first_execution_run_id)


OTHER_PATHS: dict[str, Path] = {
    path.__name__.replace("_", "-"): path
    for path in (
        correction_claims_back,
        correction_refused,
        correction_refused_at_intake,
        correction_disagreed,
        correction_queued,
        correction_while_results_are_sent,
        corrected_while_results_are_sent,
        correction_of_an_open_case,
        corrected_while_open,
        correction_parked,
        correction_cancelled,
        precheck,
        person_lists,
        person_lists_refused,
    )
}
