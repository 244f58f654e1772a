"""One dossier's way through its agency, from waiting for its predecessors to being settled."""

import asyncio
from collections.abc import Awaitable
from datetime import datetime

from temporalio import workflow
from temporalio.exceptions import ActivityError, FailureError

from activities.deadlines import DeadlineActivities
from activities.dossiers import DossierActivities
from models.base import DossierKey
from models.cases import Case
from models.dossiers import Dossier
from models.evidence import evidence_for
from models.intake import Opening
from models.orders import AskDossier, AssessDue, FileDossier, SupplementDossier
from models.vocabulary import DossierState
from models.wire import DossierAnswer, DossierRequest, Facts, Supplement, key_for
from workflows import options
from workflows.failures import is_outage
from workflows.patience import park_dossier


class Lane:
    """Moves one dossier; all lanes of a case run in parallel."""

    def __init__(self, case: Case, opening: Opening, declaration: Facts, dossier: Dossier) -> None:
        self._case = case
        self._opening = opening
        self._declaration = declaration
        self._dossier = dossier

    async def run(self) -> None:
        """Wait for what this dossier relies on, file it, and see it settled."""
        dossier = self._dossier
        predecessors = [self._case.dossiers[id] for id in dossier.plan.after]
        await workflow.wait_condition(lambda: all(p.is_settled for p in predecessors))
        if any(p.state is not DossierState.GRANTED for p in predecessors):
            self._case.drop(dossier, workflow.now())
            return
        due_at = await self._due_at()
        if not dossier.is_settled:
            self._case.file(dossier, workflow.now(), due_at)
            await self._hear(self._first_answer())
        while not dossier.is_settled:
            await self._wait_for_decision()

    async def _due_at(self) -> datetime | None:
        """Recorded at intake, or worked out once at the hand-over and recorded there.

        None: it could not be worked out, and the agency decided the parked dossier meanwhile.
        """
        due_at = self._dossier.plan.due_at
        while due_at is None and not self._dossier.is_settled:
            try:
                due_at = await self._assessed()
            except FailureError as error:
                await park_dossier(self._case, self._dossier, error)
        return due_at

    async def _assessed(self) -> datetime:
        order = AssessDue(
            law=self._opening.law,
            procedure=self._dossier.procedure,
            handed_over_at=workflow.now(),
            case_due_at=self._opening.promised_at,
        )
        summary = f"Tính hạn: {self._dossier.plan.short_title} · {self._dossier.plan.code}"
        self._case.in_motion += 1
        try:
            due = await workflow.execute_local_activity_method(
                DeadlineActivities.assess, order, **options.reckoning(summary)
            )
        finally:
            self._case.in_motion -= 1
        return due.due_at

    async def _first_answer(self) -> DossierAnswer:
        """File briskly; if the agency is away, say so openly and keep trying for days."""
        order = FileDossier(agency=self._dossier.plan.agency, request=self._request())
        plan = self._dossier.plan
        summary = f"{plan.short_title} → {plan.agency_name} · {plan.code}"
        try:
            return await workflow.execute_activity_method(
                DossierActivities.file, order, **options.first_call(plan.agency, summary)
            )
        except ActivityError as error:
            if not is_outage(error):
                raise
        self._case.lose_contact(self._dossier, workflow.now())
        answer = await workflow.execute_activity_method(
            DossierActivities.file,
            order,
            **options.patient_call(plan.agency, f"{summary} (chờ cơ quan hoạt động lại)"),
        )
        self._case.regain_contact(self._dossier, workflow.now())
        return answer

    async def _next_answer(self) -> DossierAnswer:
        plan = self._dossier.plan
        order = AskDossier(
            agency=plan.agency,
            request=self._request(),
            seen_version=self._dossier.version,
            known_decisions=self._dossier.decisions,
        )
        summary = f"Chờ {plan.agency_name} quyết định · {plan.code}"
        return await workflow.execute_activity_method(
            DossierActivities.ask, order, **options.asking(plan.agency, summary)
        )

    async def _wait_for_decision(self) -> None:
        dossier = self._dossier
        if dossier.state is DossierState.SUPPLEMENT_WANTED:
            await workflow.wait_condition(
                lambda: dossier.state is not DossierState.SUPPLEMENT_WANTED
            )
        elif dossier.handed_in is not None:
            await self._pass_on(dossier.handed_in)
        else:
            await self._hear(self._next_answer())

    async def _pass_on(self, supplement: Supplement) -> None:
        plan = self._dossier.plan
        order = SupplementDossier(agency=plan.agency, key=self._key(), supplement=supplement)
        summary = f"Bổ sung hồ sơ → {plan.agency_name} · {plan.code}"
        try:
            await workflow.execute_activity_method(
                DossierActivities.supplement, order, **options.patient_call(plan.agency, summary)
            )
        except ActivityError as error:
            await park_dossier(self._case, self._dossier, error)
        else:
            self._dossier.handed_in = None

    async def _hear(self, answer: Awaitable[DossierAnswer]) -> None:
        """Take whichever comes first: the answer to our call, or the agency's own call to us."""
        call = asyncio.ensure_future(answer)
        heard = self._dossier.answers
        await workflow.wait_condition(lambda: call.done() or self._dossier.answers > heard)
        if self._dossier.answers > heard:
            call.cancel()
            return
        try:
            self._case.take_answer(self._dossier, call.result(), workflow.now())
        except ActivityError as error:
            await park_dossier(self._case, self._dossier, error)

    def _key(self) -> DossierKey:
        return key_for(self._opening.case_code, self._dossier.procedure, self._dossier.round)

    def _request(self) -> DossierRequest:
        plan = self._dossier.plan
        return DossierRequest(
            key=self._key(),
            case_code=self._opening.case_code,
            procedure=plan.procedure,
            round=self._dossier.round,
            unit=plan.unit,
            received_at=self._dossier.filed_at or workflow.now(),
            due_at=self._dossier.due_at,
            evidence=evidence_for(plan, self._declaration, self._case.dossiers),
        )
