"""The engine of linked cases: it decides when, and names no procedure."""

import asyncio

from temporalio import workflow
from temporalio.workflow import ActivityConfig

from activities.closing import ClosingActivities
from activities.intake import IntakeActivities
from models.cases.archive import archived
from models.cases.card import case_card
from models.cases.case import Case
from models.cases.orders import CloseCase
from models.cases.status import CaseStatus
from models.cases.transitions import lifecycle
from models.cases.views import CaseClocks, clocks_of, status_of
from models.contracts.dossiers import Facts
from models.documents.forms import CaseForm
from models.documents.papers import documents_of
from models.intake.intake import Opening
from models.kernel.base import GroupId
from workflows.case.calls import notify_stopped, parking_of
from workflows.case.clock import watch
from workflows.case.corrections import CaseCorrections
from workflows.case.dossier_run import DossierRun
from workflows.case.results import Results
from workflows.runtime import attributes, options
from workflows.runtime.course import run_course
from workflows.runtime.display import Display
from workflows.runtime.record import Record, WritingPolicy, append_quickly
from workflows.runtime.starts import submission_of


class LinkedCase(CaseCorrections):
    """One declaration's run through its group; a subclass gives it a name and a group."""

    def __init__(self, group: GroupId, arguments: tuple[object, ...]) -> None:
        self._submission = submission = submission_of(group, arguments)
        case = Case(submission.case_id, group, submission.recorded_at)
        super().__init__(case)
        self._display = Display(
            attributes=lambda now: attributes.of_case(case, now),
            card=lambda now: case_card(case, now),
            signature=lambda: _signature(case),
            may_show=lambda: not case.in_motion,
        )
        self._record = Record(
            case,
            case.case_id,
            submission.run_id,
            WritingPolicy(
                append=append_quickly,
                summary="Ghi sổ nhật ký hồ sơ",
                may_write=lambda: case.waits_long,
            ),
        )

    async def carry(self) -> CaseStatus:
        """Take in, run the dossiers in parallel, return the results to one place, close."""
        chores = (self._display.keep(), self._record.keep(), watch(self._case))
        await run_course(self._go(), chores, stop=self._stop, close=self._close)
        self._display.show()
        await workflow.wait_condition(workflow.all_handlers_finished)
        return status_of(self._case, workflow.now())

    async def _go(self) -> None:
        await self._take_in()
        if self._case.opening is not None:
            results = Results(self._case, self._case.opening, self._declaration())
            await self._run_dossiers(self._case.opening, results)
            await self._until_corrected()
            await results.give_back()
            await self._until_corrected()

    @workflow.query
    def status(self) -> CaseStatus:
        """The case as it stands."""
        return status_of(self._case, workflow.now())

    @workflow.query
    def clocks(self) -> CaseClocks:
        """Who held each dossier when, and what its due instant follows from."""
        return clocks_of(self._case, workflow.now())

    @workflow.query
    def papers(self) -> tuple[CaseForm, ...]:
        """The content of every official form the case has come to so far."""
        return documents_of(self._case)

    async def _take_in(self) -> None:
        config = options.own_store("Tiếp nhận tờ khai, lập giấy tiếp nhận và hẹn trả kết quả")
        outcome = await parking_of(self._case).insist(
            lambda: workflow.execute_activity_method(
                IntakeActivities.take_in, self._submission, **config
            ),
        )
        lifecycle.take_in(self._case, outcome, workflow.now())

    async def _run_dossiers(self, opening: Opening, results: Results) -> None:
        declaration = self._declaration()
        runs = [
            DossierRun(self._case, opening, declaration, dossier).run()
            for dossier in self._case.dossiers.values()
        ]
        if self._case.owes_receipt:
            runs.append(results.send_receipt())
        await asyncio.gather(*runs, results.give_back_meanwhile())

    async def _stop(self, course: "asyncio.Task[None]") -> None:
        """End in order: agencies are told once nothing of ours is still on its way to them."""
        course.cancel()
        stopped = lifecycle.stop(self._case, workflow.now())
        await workflow.wait([course])
        if not course.cancelled():
            course.exception()  # what it ended in matters to nobody now
        await asyncio.gather(*(notify_stopped(self._case, dossier) for dossier in stopped))

    async def _close(self) -> None:
        """What is noted while the closing itself is parked belongs to the record too."""
        lifecycle.close(self._case, workflow.now())
        config = options.own_store("Đóng hồ sơ, ghi sổ")
        while self._record.owes_entries:
            order = await parking_of(self._case).insist(lambda: self._put_on_record(config))
            self._record.wrote(order.batch)

    async def _put_on_record(self, config: ActivityConfig) -> CloseCase:
        order = CloseCase(
            case_id=self._case.case_id,
            run_id=self._submission.run_id,
            state=self._case.state,
            closed_at=self._case.closed_at or workflow.now(),
            dossiers=archived(self._case),
            to=self._declaration().get("declarant") or {},
            batch=await self._record.rest(),
        )
        await workflow.execute_activity_method(ClosingActivities.close, order, **config)
        return order

    def _declaration(self) -> Facts:
        return (self._case.intake and self._case.intake.declaration) or {}


def _signature(case: Case) -> tuple[object, ...]:
    """What the display shows anew, when any of it has changed."""
    looked_at = case.clock.looked_at if case.clock else None
    return (len(case.entries), case.parked_step, looked_at)
