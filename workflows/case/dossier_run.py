"""One dossier's way through its agency, from waiting for its predecessors to being settled."""

import asyncio
from collections.abc import Awaitable

from temporalio import workflow
from temporalio.exceptions import FailureError

from models.cases.case import Case
from models.cases.dossier import Dossier
from models.cases.events import NOT_SUPPLEMENTED
from models.cases.evidence import evidence_for, with_facts
from models.cases.orders import Heard
from models.cases.transitions import agencies, citizens, clock, corrections, lifecycle
from models.clock.deadline_query import ClockEvent, DeadlineResult
from models.contracts.dossiers import DossierRequest, Facts, Withdrawal, key_for
from models.intake.intake import Opening
from models.kernel.vocabulary import DossierState
from workflows.case.calls import Calls, handle_answer, parking_of
from workflows.case.choosing import choose
from workflows.case.clock import query_deadline
from workflows.case.confirming import Confirming
from workflows.case.paying import Paying


class DossierRun:
    """Moves one dossier; all lanes of a case run in parallel."""

    def __init__(self, case: Case, opening: Opening, declaration: Facts, dossier: Dossier) -> None:
        self._case = case
        self._opening = opening
        self._declaration = declaration
        self._dossier = dossier
        self._calls = Calls(case, dossier)

    async def run(self) -> None:
        """Wait for what this dossier relies on, file it, see it settled, and follow that up."""
        confirming = self._confirming()
        if await self._may_be_filed():
            waited = await self._prepare()
            await self._file(ClockEvent.CONFIRMED if waited else ClockEvent.HANDED_OVER)
            while not self._dossier.is_settled:
                await self._go_on()
            await self._follow_up()
        if confirming is not None:
            await confirming

    def _confirming(self) -> "asyncio.Task[None] | None":
        """The family's agreement is sought from the start, beside everything else."""
        if self._dossier.confirmation is None:
            return None
        confirming = Confirming(self._case, self._opening, self._declaration, self._dossier)
        return asyncio.create_task(confirming.run())

    async def _prepare(self) -> bool:
        """See that it can be filed, and by whom it is performed; whether the family was awaited."""
        dossier, confirmation = self._dossier, self._dossier.confirmation
        waited = False
        if confirmation is not None:
            waited = not confirmation.is_reached
            if waited:
                citizens.await_family(self._case, dossier, workflow.now())
            await workflow.wait_condition(lambda: confirmation.is_reached or dossier.is_settled)
            if not dossier.is_settled:
                citizens.reach_confirmation(self._case, dossier, workflow.now())
        if dossier.plan.alternatives and not dossier.is_settled:
            await choose(self._case, self._opening, self._stated(), dossier)
        return waited

    async def _may_be_filed(self) -> bool:
        """Whether all it relies on was granted; waits until that is known."""
        dossier = self._dossier
        predecessors = [self._case.dossiers[id] for id in dossier.plan.after]
        await workflow.wait_condition(lambda: all(p.is_settled for p in predecessors))
        if any(p.state is not DossierState.GRANTED for p in predecessors):
            if not dossier.is_settled:
                lifecycle.drop(self._case, dossier, workflow.now())
            return False
        return not dossier.is_settled

    async def _follow_up(self) -> None:
        """What its end asks for: an agency is told of what stopped for want of a supplement."""
        if self._dossier.owes_money:
            await Paying(self._case, self._opening, self._declaration, self._dossier).run()
        dossier = self._dossier
        if dossier.filed_at is None or dossier.withdrawal is not None:
            return
        if dossier.state is DossierState.STOPPED:
            await self._calls.take_back(Withdrawal(request_id=NOT_SUPPLEMENTED))

    async def _file(self, occasion: ClockEvent) -> None:
        dossier = self._dossier
        began_with_case = dossier.plan.clock is not None
        deadline = None if began_with_case else await self._query_deadline(occasion)
        while self._case.holds(dossier):
            await workflow.wait_condition(lambda: not self._case.holds(dossier))
            deadline = None if began_with_case else await self._query_deadline(occasion)
        if dossier.is_settled:
            return
        clock.file(self._case, dossier, workflow.now(), deadline)
        self._calls.request = self._request()
        await self._hear(self._calls.first_answer())

    async def _go_on(self) -> None:
        """Do what the dossier's state asks for next."""
        dossier = self._dossier
        if dossier.withdrawal is not None:
            await self._take_back(dossier.withdrawal)
        elif dossier.state is DossierState.SUPPLEMENT_WANTED:
            await self._wait_for_citizen()
        elif dossier.waits_for_citizen:
            await self._update_deadline(ClockEvent.RESUMED)
        elif dossier.state is DossierState.VERIFYING and not self._is_verified():
            await self._update_deadline(ClockEvent.VERIFYING)
        else:
            await self._hear(self._calls.next_answer())

    async def _wait_for_citizen(self) -> None:
        """The clock stands still, by the policy of the rule; the citizen has a limit too."""
        dossier = self._dossier
        if dossier.computed_wants < len(dossier.wants):
            await self._update_deadline(ClockEvent.STOPPED)
        if dossier.state is DossierState.SUPPLEMENT_WANTED:
            await self._hear(self._calls.daily_answer())

    async def _take_back(self, withdrawal: Withdrawal) -> None:
        given_back = await self._calls.take_back(withdrawal)
        if self._dossier.is_settled or given_back is None:
            return
        if given_back and self._dossier.revoked_by is not None:
            corrections.end_without_base(self._case, self._dossier, workflow.now())
        elif given_back:
            citizens.withdraw(self._case, self._dossier, workflow.now())
        else:
            agencies.keep(self._case, self._dossier, workflow.now())

    async def _hear(self, answer: Awaitable[Heard]) -> None:
        await handle_answer(self._case, self._dossier, answer)

    async def _update_deadline(self, occasion: ClockEvent) -> None:
        deadline = await self._query_deadline(occasion)
        if deadline is not None and not self._dossier.is_settled:
            clock.apply_deadline(self._case, self._dossier, deadline, workflow.now())

    async def _query_deadline(self, occasion: ClockEvent) -> DeadlineResult | None:
        """Ask until the clock can say; None where the dossier was settled meanwhile."""
        while not self._dossier.is_settled:
            try:
                return await query_deadline(self._case, self._opening, self._dossier, occasion)
            except FailureError as error:
                await parking_of(self._case, self._dossier).hold(error)
        return None

    def _stated(self) -> Facts:
        """What was declared, as far as no correction says otherwise."""
        return with_facts(self._declaration, self._case.corrected_facts)

    def _is_verified(self) -> bool:
        return self._dossier.clock is not None and self._dossier.clock.is_verifying

    def _request(self) -> DossierRequest:
        """What the agency is given, once and for all: filed again it must be the same."""
        plan, case_code = self._dossier.plan, self._opening.case_code
        return DossierRequest(
            key=key_for(case_code, plan.procedure, self._dossier.round),
            case_code=case_code,
            procedure=plan.procedure,
            round=self._dossier.round,
            unit=plan.unit,
            received_at=self._dossier.filed_at or workflow.now(),
            due_at=self._dossier.due_at,
            evidence=evidence_for(plan, self._stated(), self._case.dossiers),
        )
