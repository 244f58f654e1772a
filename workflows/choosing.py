"""Choosing, before a dossier is filed, which of several procedures it is."""

from temporalio import workflow
from temporalio.exceptions import ActivityError
from temporalio.workflow import ActivityConfig

from activities.choosing import ChoosingActivities
from models.acts import choosing
from models.base import AgencyId
from models.cases import Case
from models.choosing import Choice, ChooseProcedure
from models.dossiers import Dossier
from models.intake import Opening
from models.wire import Facts
from workflows.patience import line_to, park_dossier


async def choose(case: Case, opening: Opening, declaration: Facts, dossier: Dossier) -> None:
    """Ask those who know what was due to whom; while one is away the dossier waits, openly."""
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
    while not dossier.is_settled:
        try:
            choice = await line_to(case, AgencyId(plan.agency)).call(summary, ask)
        except ActivityError as error:
            await park_dossier(case, dossier, error)
            continue
        if not dossier.is_settled:
            choosing.choose(case, dossier, choice, workflow.now())
        return
