"""One step's way through a correction, from being told to being acknowledged."""

from collections.abc import Awaitable, Callable
from typing import TypeVar

from temporalio import workflow
from temporalio.exceptions import ActivityError
from temporalio.workflow import ActivityConfig

from activities.correction_calls import NOTHING_THERE, CorrectionCalls
from activities.corrections import CorrectionActivities
from models.cases.archive import ArchivedCase, ArchivedDossier
from models.contracts.corrections import CorrectionNotice, CorrectionReceipt
from models.contracts.payments import StopPayment
from models.corrections import transitions
from models.corrections.correction import Correction, RunningStep
from models.corrections.orders import AwaitDossier, MoneyStopped, StopMoney, TellAgency, TellLists
from models.corrections.plan import StepKind, payment_step, relied
from models.corrections.states import StepState
from models.kernel.base import CaseCode, DossierKey
from models.kernel.vocabulary import DossierState
from workflows.runtime import options
from workflows.runtime.calls import Contact, Parking

CANCELLED = "cancelled"
"""The effect by which an agency says that what it had granted no longer stands."""

Answer = TypeVar("Answer", CorrectionReceipt, MoneyStopped)


class StepRun:
    """Carries one step; all but the first run side by side, and delay nobody but themselves."""

    def __init__(
        self,
        correction: Correction,
        case: ArchivedCase,
        notice: CorrectionNotice,
        step: RunningStep,
    ) -> None:
        self._correction = correction
        self._case = case
        self._notice = notice
        self._step = step

        self._contact = Contact(
            step.plan.agency,
            lambda _: transitions.lose_contact(correction, step, workflow.now()),
            lambda: transitions.regain_contact(correction, step, workflow.now()),
        )
        self._parking = Parking(
            lambda kind: transitions.park(correction, step, kind, workflow.now()),
            lambda: step.state is StepState.PARKED,
        )

    async def run(self) -> None:
        """Notify until it is acknowledged; refused or not understood, wait for a person."""
        if self._step.plan.after_giving_back and not await self._is_still_needed():
            transitions.give_back(self._correction, self._step, workflow.now())
            return
        while not self._step.is_settled:
            self._step.state = StepState.TELLING
            try:
                await self._notify()
            except ActivityError as error:
                await self._parking.hold(error)

    async def _notify(self) -> None:
        if self._step.plan.kind is StepKind.PAYMENT:
            stopped = await self._call(self._stop)
            transitions.stop_money(self._correction, self._step, stopped, workflow.now())
            return
        at_lists = self._step.plan.kind is StepKind.LIST
        receipt = await self._call(self._notify_lists if at_lists else self._notify_agency)
        if receipt == NOTHING_THERE and self._is_on_its_way():
            await self._end_of_dossier()
            receipt = await self._call(self._notify_agency)
        if receipt.acknowledged:
            transitions.acknowledge(self._correction, self._step, receipt, workflow.now())
            await self._stop_what_fell(receipt)
        else:
            self._step.reason_code = receipt.reason_code
            await self._parking.hold_because(receipt.reason_code or "NotAcknowledged")

    async def _call(self, call: Callable[[ActivityConfig], Awaitable[Answer]]) -> Answer:
        plan = self._step.plan
        return await self._contact.call(f"Cải chính → {plan.title} · {plan.key}", call)

    async def _notify_agency(self, config: ActivityConfig) -> CorrectionReceipt:
        plan = self._step.plan
        order = TellAgency(
            agency=plan.agency,
            key=DossierKey(plan.key),
            notice=self._notice,
            is_its_act=plan.kind is StepKind.ACT,
        )
        return await workflow.execute_activity_method(CorrectionCalls.tell_agency, order, **config)

    async def _notify_lists(self, config: ActivityConfig) -> CorrectionReceipt:
        plan = self._step.plan
        order = TellLists(agency=plan.agency, case_code=CaseCode(plan.key), notice=self._notice)
        return await workflow.execute_activity_method(CorrectionCalls.tell_lists, order, **config)

    async def _stop(self, config: ActivityConfig) -> MoneyStopped:
        plan, notice = self._step.plan, self._notice
        stop = StopPayment(request_id=notice.correction_id, reason=notice.legal_basis)
        order = StopMoney(agency=plan.agency, key=plan.key, stop=stop)
        return await workflow.execute_activity_method(CorrectionCalls.stop_money, order, **config)

    async def _stop_what_fell(self, receipt: CorrectionReceipt) -> None:
        """A decision that fell although the act was only corrected takes its money with it."""
        procedure = self._step.plan.procedure
        fell = next((one for one in self._case.dossiers if one.procedure == procedure), None)
        paying = payment_step(fell) if fell and receipt.effect == CANCELLED else None
        if paying is not None and paying.id not in self._correction.steps:
            money = transitions.add_step(self._correction, paying)
            await StepRun(self._correction, self._case, self._notice, money).run()

    def _is_on_its_way(self) -> bool:
        """The agency may be filed the dossier yet, with what was declared before."""
        of_step = [one for one in self._case.dossiers if one.key == self._step.plan.key]
        return any(one.was_filed and one.is_open for one in of_step)

    async def _is_still_needed(self) -> bool:
        """Whether the agency decided after all, while its dossier was asked back."""
        dossier = await self._end_of_dossier()
        paying = payment_step(dossier) if dossier.state is DossierState.GRANTED else None
        if paying is not None:
            money = transitions.add_step(self._correction, paying)
            await StepRun(self._correction, self._case, self._notice, money).run()
        return relied(dossier)

    async def _end_of_dossier(self) -> ArchivedDossier:
        plan = self._step.plan
        order = AwaitDossier(
            case_code=self._case.case_code, ref=self._case.ref, procedure=plan.procedure
        )
        config = options.asking("cases", f"Chờ hồ sơ còn mở kết thúc · {plan.key}")
        return await self._parking.insist(
            lambda: workflow.execute_activity_method(
                CorrectionActivities.await_dossier, order, **config
            )
        )
