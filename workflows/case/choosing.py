"""Choosing, before a dossier is filed, which of several procedures it is."""

import asyncio

from temporalio import workflow
from temporalio.exceptions import ActivityError
from temporalio.workflow import ActivityConfig

from activities.choosing import ChoosingActivities
from models.cases.case import Case
from models.cases.dossier import Dossier
from models.cases.orders import Choice, ChooseProcedure
from models.cases.transitions import agencies, faults
from models.contracts.dossiers import Facts
from models.intake.intake import Opening
from models.kernel.base import AgencyId
from workflows.case.calls import contact_with, forget, parking_of


async def choose(case: Case, opening: Opening, declaration: Facts, dossier: Dossier) -> None:
    """Ask those who know what was due to whom; while one is away the dossier waits, openly.

    A family that takes its wish back waits for nobody.
    """
    plan = dossier.plan
    order = ChooseProcedure(
        case_code=opening.case_code,
        asked_as=dossier.asked_as,
        alternatives=tuple(one.procedure for one in plan.alternatives),
        law=opening.law,
        declaration=declaration,
        at=workflow.now(),
    )

    async def ask(config: ActivityConfig) -> Choice:
        return await workflow.execute_activity_method(ChoosingActivities.choose, order, **config)

    summary = f"Xác định cơ quan giải quyết: {plan.short_title} · {plan.code}"
    agency = AgencyId(plan.agency)
    while not dossier.is_settled:
        asking = asyncio.create_task(contact_with(case, agency).call(summary, ask))
        await _until_done(asking, dossier)
        if dossier.is_settled:
            break
        try:
            choice = asking.result()
        except ActivityError as error:
            await parking_of(case, dossier).hold(error)
            continue
        agencies.choose(case, dossier, choice, workflow.now())
        return
    faults.give_up_agency(case, agency, workflow.now())


async def _until_done(asking: "asyncio.Task[Choice]", dossier: Dossier) -> None:
    """Until there is an answer, or nobody needs one any more."""
    try:
        await workflow.wait_condition(lambda: asking.done() or dossier.is_settled)
    finally:
        asking.add_done_callback(forget)
        asking.cancel()
