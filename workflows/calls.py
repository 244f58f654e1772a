"""The calls a lane makes to its agency, each with the patience it deserves."""

from temporalio import workflow
from temporalio.exceptions import ActivityError

from activities.dossiers import DossierActivities
from models.acts import faults
from models.cases import Case
from models.dossiers import Dossier
from models.orders import AskDossier, FileDossier, WithdrawDossier
from models.wire import DossierAnswer, DossierRequest, Withdrawal
from workflows import options
from workflows.failures import is_outage
from workflows.patience import park_dossier


class Calls:
    """One dossier's line to its agency."""

    def __init__(self, case: Case, dossier: Dossier) -> None:
        self._case = case
        self._dossier = dossier
        self.request: DossierRequest | None = None
        """What was filed; set once, when it is filed."""

    async def first_answer(self) -> DossierAnswer:
        """File briskly; if the agency is away, say so openly and keep trying for days."""
        plan = self._dossier.plan
        order = FileDossier(agency=plan.agency, request=self._filed(), issues=plan.issues)
        summary = f"{plan.short_title} → {plan.agency_name} · {plan.code}"
        try:
            return await workflow.execute_activity_method(
                DossierActivities.file,
                order,
                **options.to_its_end(options.first_call(plan.agency, summary)),
            )
        except ActivityError as error:
            if not is_outage(error):
                raise
        faults.lose_contact(self._case, self._dossier, workflow.now())
        answer = await workflow.execute_activity_method(
            DossierActivities.file,
            order,
            **options.to_its_end(
                options.patient_call(plan.agency, f"{summary} (chờ cơ quan hoạt động lại)")
            ),
        )
        faults.regain_contact(self._case, self._dossier, workflow.now())
        return answer

    async def next_answer(self) -> DossierAnswer:
        """Pass on what the citizen handed in, and ask until there is something new."""
        dossier, plan = self._dossier, self._dossier.plan
        dossier.is_pending = True
        order = AskDossier(
            agency=plan.agency,
            request=self._filed(),
            seen_version=dossier.version,
            known_decisions=dossier.decisions,
            unit=dossier.unit,
            supplement=dossier.handed_in,
            issues=plan.issues,
        )
        summary = f"Chờ {plan.agency_name} quyết định · {plan.code}"
        answer = await workflow.execute_activity_method(
            DossierActivities.ask, order, **options.asking(plan.agency, summary)
        )
        if dossier.handed_in is order.supplement:
            dossier.handed_in = None
        return answer

    async def take_back(self, withdrawal: Withdrawal) -> bool | None:
        """Whether the agency gives the dossier back; None where that could not be asked."""
        plan = self._dossier.plan
        order = WithdrawDossier(agency=plan.agency, key=self._filed().key, withdrawal=withdrawal)
        summary = f"Rút hồ sơ khỏi {plan.agency_name} · {plan.code}"
        try:
            answer = await workflow.execute_activity_method(
                DossierActivities.withdraw, order, **options.patient_call(plan.agency, summary)
            )
        except ActivityError as error:
            if not self._dossier.is_settled:
                await park_dossier(self._case, self._dossier, error)
            return None
        return answer.acknowledged

    def _filed(self) -> DossierRequest:
        if self.request is None:
            raise ValueError("the dossier has not been filed")
        return self.request
