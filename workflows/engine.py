"""The engine of linked cases: it decides when, and names no procedure."""

import asyncio

from temporalio import workflow
from temporalio.common import RawValue

from activities.closing import ClosingActivities
from activities.intake import IntakeActivities
from activities.results import ResultActivities
from codec.marks import open_answer, sealed_with
from models.base import AgencyId, GroupId
from models.case_clocks import CaseClocks, clocks_of
from models.case_status import status_of
from models.cases import Case
from models.documents.forms import CaseForm
from models.documents.papers import papers_of
from models.intake import Opening
from models.orders import CloseCase, ReturnResults, SendReceipt
from models.reckoning import Occasion
from models.requests import (
    Accepted,
    Decide,
    Extend,
    Recalculate,
    Request,
    Resume,
    Supply,
    Withdraw,
)
from models.status import CaseStatus
from models.wire import Facts
from workflows import clock, options
from workflows.checks import (
    check_decide,
    check_extend,
    check_recalculate,
    check_resume,
    check_supply,
    check_withdraw,
    reject_unopened,
)
from workflows.display import Display
from workflows.lanes import Lane
from workflows.patience import insist
from workflows.reckonings import ask_clock, recount
from workflows.record import Record
from workflows.requests import read, reject
from workflows.submissions import submission_of


class LinkedCase:
    """One declaration's run through its group; a subclass gives it a name and a group."""

    def __init__(self, group: GroupId, arguments: tuple[object, ...]) -> None:
        self._submission = submission_of(group, arguments)
        self._case = Case(self._submission.case_id, group, self._submission.recorded_at)
        self._display = Display(self._case)
        self._record = Record(self._case, self._submission.run_id)
        self._answered: dict[str, Accepted] = {}

    async def carry(self) -> CaseStatus:
        """Take in, run the dossiers in parallel, return the results in one bundle, close."""
        chores = [
            asyncio.create_task(chore)
            for chore in (self._display.keep(), self._record.keep(), clock.watch(self._case))
        ]
        course = asyncio.create_task(self._go())
        try:
            await self._until_done(course, chores)
        except asyncio.CancelledError:
            course.cancel()
            self._case.stop(workflow.now())
            await self._close()
            raise
        await self._close()
        for chore in chores:
            chore.cancel()
        self._display.show()
        await workflow.wait_condition(workflow.all_handlers_finished)
        return status_of(self._case, workflow.now())

    async def _go(self) -> None:
        await self._take_in()
        if self._case.opening is not None:
            await self._run_dossiers(self._case.opening)
            await self._return_results(self._case.opening)

    async def _until_done(
        self, course: "asyncio.Task[None]", chores: "list[asyncio.Task[None]]"
    ) -> None:
        """A chore never ends by itself: one that does is a bug, and must not pass in silence."""
        done, _ = await workflow.wait([course, *chores], return_when=asyncio.FIRST_COMPLETED)
        for task in done:
            task.result()

    @workflow.query
    def status(self) -> CaseStatus:
        """The case as it stands."""
        return status_of(self._case, workflow.now())

    @workflow.query
    def clocks(self) -> CaseClocks:
        """Who held each dossier when, and what its due instant follows from."""
        return clocks_of(self._case)

    @workflow.query
    def papers(self) -> tuple[CaseForm, ...]:
        """The content of every official form the case has come to so far."""
        return papers_of(self._case)

    @workflow.update
    async def decide(self, argument: RawValue) -> RawValue:
        """An agency's decision about one dossier; the same decision again changes nothing."""
        request = read(Decide, argument)
        if request.request_id not in self._answered:
            self._case.hear(request, workflow.now())
        return self._accept(request)

    @decide.validator
    def _may_decide(self, argument: RawValue) -> None:
        request = read(Decide, argument)
        if request.request_id not in self._answered:
            check_decide(self._case, request, sealed_with(argument.payload))

    @workflow.update
    async def supplement(self, argument: RawValue) -> RawValue:
        """What the citizen hands in; the agency holds the clock again, and is given it at once."""
        request = read(Supply, argument)
        if request.request_id not in self._answered:
            self._case.supplement(request, workflow.now())
        return self._accept(request)

    @supplement.validator
    def _may_supplement(self, argument: RawValue) -> None:
        request = read(Supply, argument)
        if request.request_id not in self._answered:
            check_supply(self._case, request)

    @workflow.update
    async def resume(self, argument: RawValue) -> RawValue:
        """Operations say that a parked step may be tried again."""
        request = read(Resume, argument)
        if request.request_id not in self._answered:
            self._case.resume(workflow.now(), request.by, request.procedure)
        return self._accept(request)

    @resume.validator
    def _may_resume(self, argument: RawValue) -> None:
        request = read(Resume, argument)
        if request.request_id not in self._answered:
            check_resume(self._case, request)

    @workflow.update
    async def withdraw(self, argument: RawValue) -> RawValue:
        """The citizen takes back one dossier or all; the agencies that hold them are asked."""
        request = read(Withdraw, argument)
        if request.request_id not in self._answered:
            self._case.ask_withdrawal(request, workflow.now())
        return self._accept(request)

    @withdraw.validator
    def _may_withdraw(self, argument: RawValue) -> None:
        request = read(Withdraw, argument)
        if request.request_id not in self._answered:
            check_withdraw(self._case, request)

    @workflow.update
    async def extend(self, argument: RawValue) -> RawValue:
        """An agency names the one new date of its apology; what was promised stays on record."""
        request = read(Extend, argument)
        if request.request_id not in self._answered:
            await self._extend(request)
        return self._accept(request)

    @extend.validator
    def _may_extend(self, argument: RawValue) -> None:
        request = read(Extend, argument)
        if request.request_id not in self._answered:
            check_extend(self._case, request, sealed_with(argument.payload))

    @workflow.update
    async def recalculate(self, argument: RawValue) -> RawValue:
        """Another calendar holds: count the open due instants again, and keep the old ones."""
        request = read(Recalculate, argument)
        if request.request_id not in self._answered:
            await recount(self._case, self._opening(), request)
        return self._accept(request)

    @recalculate.validator
    def _may_recalculate(self, argument: RawValue) -> None:
        request = read(Recalculate, argument)
        if request.request_id not in self._answered:
            check_recalculate(self._case)

    async def _extend(self, request: Extend) -> None:
        """Ask the clock, and look again: while it answers, a decision or a repeat may come."""
        dossier = self._case.dossiers[request.procedure]
        days = request.working_days
        reckoning = await ask_clock(
            self._case, self._opening(), dossier, Occasion.EXTENDED, working_days=days
        )
        if request.request_id in self._answered:
            return
        check_extend(self._case, request, None)
        if reckoning.refused is not None:
            reject(reckoning.refused)
        self._case.extend(dossier, reckoning, workflow.now(), request.reason)

    def _accept(self, request: Request) -> RawValue:
        opening = self._case.opening
        answer = Accepted(case_code=opening.case_code if opening else None, state=self._case.state)
        return open_answer(self._answered.setdefault(request.request_id, answer))

    async def _take_in(self) -> None:
        config = options.own_store("Tiếp nhận tờ khai, lập giấy tiếp nhận và hẹn trả kết quả")
        outcome = await insist(
            self._case,
            lambda: workflow.execute_activity_method(
                IntakeActivities.take_in, self._submission, **config
            ),
        )
        self._case.take_in(outcome, workflow.now())

    async def _run_dossiers(self, opening: Opening) -> None:
        declaration = self._declaration()
        lanes = [
            Lane(self._case, opening, declaration, dossier).run()
            for dossier in self._case.dossiers.values()
        ]
        if self._case.owes_receipt:
            lanes.append(self._send_receipt(opening))
        await asyncio.gather(*lanes)

    async def _send_receipt(self, opening: Opening) -> None:
        order = SendReceipt.for_case(opening, self._declaration())
        config = options.patient_call(order.channel, "Gửi giấy tiếp nhận và hẹn trả kết quả")
        await insist(
            self._case,
            lambda: workflow.execute_activity_method(
                ResultActivities.send_receipt, order, **config
            ),
        )
        self._case.receipt_sent(workflow.now())

    async def _return_results(self, opening: Opening) -> None:
        await asyncio.gather(*(self._return(opening, channel) for channel in opening.channels))
        self._case.results_returned(workflow.now())

    async def _return(self, opening: Opening, channel: AgencyId) -> None:
        dossiers = tuple(dossier.status() for dossier in self._case.dossiers.values())
        order = ReturnResults.for_case(opening, self._declaration(), channel, dossiers)
        config = options.patient_call(channel, f"Trả kết quả hồ sơ {opening.case_code}")
        await insist(
            self._case,
            lambda: workflow.execute_activity_method(
                ResultActivities.return_results, order, **config
            ),
        )

    async def _close(self) -> None:
        self._case.close(workflow.now())
        order = CloseCase(
            case_id=self._case.case_id,
            run_id=self._submission.run_id,
            state=self._case.state,
            closed_at=workflow.now(),
            batch=await self._record.rest(),
        )
        config = options.own_store("Đóng hồ sơ, ghi sổ")
        await insist(
            self._case,
            lambda: workflow.execute_activity_method(ClosingActivities.close, order, **config),
        )

    def _opening(self) -> Opening:
        return self._case.opening or reject_unopened()

    def _declaration(self) -> Facts:
        return (self._case.intake and self._case.intake.declaration) or {}
