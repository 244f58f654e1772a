"""The calls a lane makes to its agency, each with the patience it deserves."""

from temporalio import workflow
from temporalio.exceptions import ActivityError

from activities.dossiers import DossierActivities
from models.cases.cases import Case
from models.cases.dossiers import Dossier
from models.cases.orders import AskDossier, Asking, FileDossier, Heard, WithdrawDossier
from models.contracts.dossiers import DossierRequest, Withdrawal
from workflows.runtime import options
from workflows.runtime.outages import line_of, park_dossier


class Calls:
    """One dossier's line to its agency."""

    def __init__(self, case: Case, dossier: Dossier) -> None:
        self._case = case
        self._dossier = dossier
        self.request: DossierRequest | None = None
        """What was filed; set once, when it is filed."""

    async def first_answer(self) -> Heard:
        """File briskly; if the agency is away, say so openly and keep trying for days."""
        plan = self._dossier.plan
        order = FileDossier(agency=plan.agency, request=self._filed(), issues=plan.issues)
        answer = await line_of(self._case, self._dossier).call(
            f"{plan.short_title} → {plan.agency_name} · {plan.code}",
            lambda config: workflow.execute_activity_method(
                DossierActivities.file, order, **options.to_its_end(config)
            ),
        )
        return Heard(answer=answer)

    async def next_answer(self) -> Heard:
        """Pass on what the citizen handed in, and ask until there is something new.

        An agency out of reach is asked, patiently, for nothing but a sign of life.
        """
        dossier, plan = self._dossier, self._dossier.plan
        dossier.is_pending = True
        order = self._question(Asking.CONTACT if dossier.unreachable else Asking.NEWS)
        waited_for = "hoạt động lại" if dossier.unreachable else "quyết định"
        summary = f"Chờ {plan.agency_name} {waited_for} · {plan.code}"
        ask = options.patient_call if dossier.unreachable else options.asking
        heard = await workflow.execute_activity_method(
            DossierActivities.ask, order, **ask(plan.agency, summary)
        )
        if heard.away_since is None and dossier.handed_in is order.supplement:
            dossier.handed_in = None
        return heard

    async def glance(self) -> Heard:
        """While the citizen holds the dossier, ask daily whether it was decided all the same."""
        plan = self._dossier.plan
        summary = f"Chờ công dân bổ sung · {plan.code}"
        return await workflow.execute_activity_method(
            DossierActivities.ask,
            self._question(Asking.GLANCE),
            **options.asking(plan.agency, summary),
        )

    async def take_back(self, withdrawal: Withdrawal) -> bool | None:
        """Whether the agency gives the dossier back; None where that could not be asked."""
        plan = self._dossier.plan
        order = WithdrawDossier(agency=plan.agency, key=self._filed().key, withdrawal=withdrawal)
        try:
            answer = await line_of(self._case, self._dossier).call(
                f"Rút hồ sơ khỏi {plan.agency_name} · {plan.code}",
                lambda config: workflow.execute_activity_method(
                    DossierActivities.withdraw, order, **config
                ),
            )
        except ActivityError as error:
            if not self._dossier.is_settled:
                await park_dossier(self._case, self._dossier, error)
            return None
        return answer.acknowledged

    def _question(self, purpose: Asking) -> AskDossier:
        dossier = self._dossier
        return AskDossier(
            agency=dossier.plan.agency,
            purpose=purpose,
            request=self._filed(),
            seen_version=dossier.version,
            known_decisions=dossier.decisions,
            unit=dossier.unit,
            supplement=dossier.handed_in,
            issues=dossier.plan.issues,
        )

    def _filed(self) -> DossierRequest:
        if self.request is None:
            raise ValueError("the dossier has not been filed")
        return self.request
