"""The workflow of a correction: open until everybody who relied on the act has acknowledged."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from typing import TypeVar

from temporalio import workflow

from activities.corrections import CorrectionActivities
from models.cases.archive import ArchivedCase
from models.cases.requests import CorrectCase, EndCorrection
from models.contracts.corrections import CorrectionNotice
from models.contracts.dossiers import Facts
from models.corrections import transitions
from models.corrections.card import correction_card
from models.corrections.correction import Correction, Task
from models.corrections.orders import ClaimCase, Claimed, EndCase, KeepCorrection, TellCase
from models.corrections.plan import CorrectionPlan, plan_of
from models.corrections.requests import CorrectionDecision
from models.corrections.states import CorrectionState
from models.corrections.status import CorrectionStatus, status_of
from models.corrections.terms import Reminders
from models.kernel.base import GroupId
from models.kernel.findings import Finding
from models.working_time.reminders import reminder_at
from workflows.correction.steps import StepRun
from workflows.correction.updates import CorrectionUpdates
from workflows.runtime import attributes, options
from workflows.runtime.calls import Parking
from workflows.runtime.course import run_course
from workflows.runtime.display import Display
from workflows.runtime.record import Record, WritingPolicy, append_patiently
from workflows.runtime.starts import raw_start, submission_of

GROUP = GroupId("correction")
Answer = TypeVar("Answer")


@workflow.defn(name="Correction")
class CorrectionWorkflow(CorrectionUpdates):
    """One decision to correct or revoke an act, carried to everybody who relied on it."""

    @workflow.init
    @raw_start
    def __init__(self, *arguments: object) -> None:
        self._submission = submission = submission_of(GROUP, arguments)
        super().__init__(Correction(submission.case_id, submission.recorded_at))
        correction = self._correction
        self._display = Display(
            attributes=lambda _: attributes.of_correction(correction),
            card=lambda now: correction_card(correction, now),
            signature=lambda: len(correction.entries),
        )
        self._record = Record(
            correction,
            correction.workflow_id,
            submission.run_id,
            WritingPolicy(
                append=append_patiently, summary="Ghi sổ nhật ký cải chính", gathers=True
            ),
        )
        self._parking = Parking(
            lambda kind: transitions.park_all(correction, kind, workflow.now()),
            lambda: correction.parked_because is not None,
        )
        self._before: CorrectionStatus | None = None
        self._in_force = False

    @workflow.run
    @raw_start
    async def run(self, *_arguments: object) -> CorrectionStatus:
        """Carry it out, and report; whatever fails on the way waits visibly for a person."""
        chores = (self._display.keep(), self._record.keep())
        await run_course(self._go(), chores, stop=self._stop, close=self._close)
        self._display.show()
        await workflow.wait_condition(workflow.all_handlers_finished)
        return self._before or status_of(self._correction, workflow.now())

    async def _go(self) -> None:
        outcome = await self._insist(
            "Tiếp nhận quyết định cải chính",
            lambda config: workflow.execute_activity_method(
                CorrectionActivities.take_in, self._submission, **config
            ),
        )
        transitions.take_in(self._correction, outcome, workflow.now())
        decision, case = outcome.decision, outcome.case
        if outcome.before is not None:
            self._before = outcome.before.model_copy(update={"is_duplicate": True})
        if decision is None or case is None:
            return
        await self._await_approval(outcome.approval)
        if self._correction.state is CorrectionState.IN_PROGRESS:
            await self._carry_out(decision, case)

    async def _await_approval(self, reminders: Reminders) -> None:
        await remind_until(
            lambda: self._correction.state is not CorrectionState.AWAITING_APPROVAL,
            reminders,
            lambda level: transitions.remind_approver(self._correction, level, workflow.now()),
            "Nhắc người thứ hai phê duyệt",
        )

    async def _carry_out(self, decision: CorrectionDecision, case: ArchivedCase) -> None:
        claimed = await self._claim(decision)
        refused = await self._tell_case(decision, case)
        if refused:
            transitions.refuse(self._correction, refused, workflow.now())
            return
        plan = plan_of(decision, case.case_code, (self._correction.case or case).dossiers)
        if isinstance(plan, Finding):
            await self._end_case(decision, case, {})
            transitions.refuse(self._correction, (plan,), workflow.now())
            return
        case = self._correction.case or case
        issued = await self._tell_all(plan, case, _notice(decision, claimed))
        await self._end_case(decision, case, issued)
        transitions.finish_telling(self._correction, workflow.now())
        if self._correction.tasks:
            await self._keep(holds_case=False)
            await asyncio.gather(*map(self._await_task, self._correction.tasks.values()))

    async def _claim(self, decision: CorrectionDecision) -> Claimed:
        """Two corrections of one case never run at once: the second waits, and says for whom."""
        order = ClaimCase(
            correction_id=decision.correction_id,
            case_code=decision.case_code,
            approved_by=self._correction.approved_by or "",
        )
        claimed = await self._ask_for_case(order)
        if claimed.held_by is not None:
            transitions.queue(self._correction, claimed.held_by, workflow.now())
            claimed = await self._ask_for_case(order.model_copy(update={"insists": True}))
        return claimed

    async def _ask_for_case(self, order: ClaimCase) -> Claimed:
        summary = f"Giành lượt cải chính hồ sơ {order.case_code}"
        config = options.asking("cases", summary) if order.insists else None
        return await self._insist(
            summary,
            lambda usual: workflow.execute_activity_method(
                CorrectionActivities.claim, order, **(config or usual)
            ),
        )

    async def _tell_case(
        self, decision: CorrectionDecision, case: ArchivedCase
    ) -> tuple[Finding, ...]:
        said = CorrectCase(
            request_id=f"correct:{decision.correction_id}",
            correction_id=decision.correction_id,
            kind=decision.kind,
            act=decision.act,
            facts=decision.facts,
        )
        order = TellCase(case_code=case.case_code, ref=case.ref, said=said)
        heard = await self._insist(
            f"Báo hồ sơ {case.case_code} có quyết định cải chính",
            lambda config: workflow.execute_activity_method(
                CorrectionActivities.tell_case, order, **config
            ),
        )
        transitions.tell_case(self._correction, heard)
        return heard.refused

    async def _tell_all(
        self, plan: CorrectionPlan, case: ArchivedCase, notice: CorrectionNotice
    ) -> Facts:
        """The act's own agency alone and first; then all others side by side."""
        correction = self._correction
        transitions.plan(correction, plan, workflow.now())
        first = correction.steps[plan.act.id]
        await StepRun(correction, case, notice, first).run()
        self._in_force = True
        await self._keep(holds_case=True)
        others = (correction.steps[step.id] for step in plan.others)
        await asyncio.gather(*(StepRun(correction, case, notice, one).run() for one in others))
        return first.receipt.issued if first.receipt else {}

    async def _end_case(
        self, decision: CorrectionDecision, case: ArchivedCase, issued: Facts
    ) -> None:
        if not self._correction.case_was_told:
            return
        said = EndCorrection(
            request_id=f"end:{decision.correction_id}",
            correction_id=decision.correction_id,
            issued=issued,
        )
        await self._insist(
            f"Báo hồ sơ {case.case_code} đã cải chính xong",
            lambda config: workflow.execute_activity_method(
                CorrectionActivities.end_case, EndCase(ref=case.ref, said=said), **config
            ),
        )

    async def _await_task(self, task: Task) -> None:
        await remind_until(
            lambda: task.outcome is not None,
            task.reminders,
            lambda level: transitions.remind_claimant(
                self._correction, task, level, workflow.now()
            ),
            f"Nhắc thu hồi tiền · {task.step.key}",
        )

    async def _close(self) -> None:
        transitions.close(self._correction, workflow.now())
        await self._keep(holds_case=False, closing=True)

    async def _keep(self, *, holds_case: bool, closing: bool = False) -> None:
        decision = self._correction.decision
        batch = await self._record.rest() if closing else self._record.empty_batch()
        order = KeepCorrection(
            correction_id=decision.correction_id if decision else None,
            workflow_id=self._submission.case_id,
            run_id=self._submission.run_id,
            state=self._correction.state,
            is_in_force=self._in_force,
            holds_case=holds_case,
            report=status_of(self._correction, workflow.now()),
            batch=batch,
        )
        await self._insist(
            "Ghi sổ quyết định cải chính",
            lambda config: workflow.execute_activity_method(
                CorrectionActivities.keep, order, **config
            ),
        )

    async def _stop(self, story: "asyncio.Task[None]") -> None:
        """Cancelled, nobody else is told; what was told stays told."""
        story.cancel()
        transitions.cancel(self._correction, workflow.now())

    async def _insist(
        self, summary: str, call: Callable[[workflow.ActivityConfig], Awaitable[Answer]]
    ) -> Answer:
        """Make a call of our own house; failed for good, it waits until a person resumes it."""
        return await self._parking.insist(lambda: call(options.own_store(summary)))


def _notice(decision: CorrectionDecision, claimed: Claimed) -> CorrectionNotice:
    """What every agency is told, the same word for word whoever carries it out, and whenever."""
    return CorrectionNotice(
        correction_id=decision.correction_id,
        kind=decision.kind,
        act=decision.act,
        facts=decision.facts,
        decided_by=decision.decided_by,
        approved_by=claimed.approved_by,
        legal_basis=decision.legal_basis,
        decided_at=claimed.decided_at,
    )


async def remind_until(
    is_done: Callable[[], bool],
    reminders: Reminders,
    remind: Callable[[int], None],
    summary: str,
) -> None:
    """Wait for a person; `remind` is told how often it was called before."""
    times = 0
    while not is_done():
        pause = max(_next(reminders, times) - workflow.now(), timedelta())
        try:
            await workflow.wait_condition(is_done, timeout=pause, timeout_summary=summary)
        except TimeoutError:
            remind(times)
            times += 1


def _next(reminders: Reminders, times: int) -> datetime:
    return reminder_at(reminders.at, reminders.then_every_days, times)
