"""What people and agencies say to a case: each update is checked first, and taken once."""

from temporalio import workflow
from temporalio.common import RawValue

from codec.marks import sealed_with
from models.cases.case import Case
from models.cases.requests import (
    Accepted,
    ConfirmRepresentative,
    Decide,
    Extend,
    Recalculate,
    RedirectPayment,
    Resume,
    Supply,
    Withdraw,
)
from models.cases.transitions import agencies, citizens, clock, faults, payments
from models.clock.deadline_query import ClockEvent
from models.intake.intake import Opening
from workflows.case.checks import (
    awaited_confirmation,
    check_confirm,
    check_decide,
    check_extend,
    check_recalculate,
    check_redirect,
    check_resume,
    check_supply,
    check_withdraw,
    reject_unopened,
)
from workflows.case.clock import query_deadline, recount
from workflows.runtime.updates import Inbox, read, reject


class Updates:
    """The updates of a case. The same `request_id` again is answered the same, and acts on nothing.

    A validator that rejects leaves nothing in the history; the reasons are in its details.
    """

    def __init__(self, case: Case) -> None:
        self._case = case
        self._inbox = Inbox(lambda: Accepted(case_code=case.case_code, state=case.state))

    @workflow.update
    async def decide(self, argument: RawValue) -> RawValue:
        """An agency's decision about one dossier; the same decision again changes nothing."""
        request = read(Decide, argument)
        return self._inbox.take(
            request, lambda: agencies.take_decision(self._case, request, workflow.now())
        )

    @decide.validator
    def _may_decide(self, argument: RawValue) -> None:
        self._inbox.check(
            read(Decide, argument),
            lambda request: check_decide(self._case, request, sealed_with(argument.payload)),
        )

    @workflow.update
    async def supplement(self, argument: RawValue) -> RawValue:
        """What the citizen hands in; the agency holds the clock again, and is given it at once."""
        request = read(Supply, argument)
        return self._inbox.take(
            request, lambda: citizens.supplement(self._case, request, workflow.now())
        )

    @supplement.validator
    def _may_supplement(self, argument: RawValue) -> None:
        self._inbox.check(read(Supply, argument), lambda request: check_supply(self._case, request))

    @workflow.update
    async def resume(self, argument: RawValue) -> RawValue:
        """Operations say that a parked step may be tried again."""
        request = read(Resume, argument)
        return self._inbox.take(
            request,
            lambda: faults.resume(self._case, workflow.now(), request.by, request.procedure),
        )

    @resume.validator
    def _may_resume(self, argument: RawValue) -> None:
        self._inbox.check(read(Resume, argument), lambda request: check_resume(self._case, request))

    @workflow.update
    async def withdraw(self, argument: RawValue) -> RawValue:
        """The citizen takes back one dossier or all; the agencies that hold them are asked."""
        request = read(Withdraw, argument)
        return self._inbox.take(
            request, lambda: citizens.ask_withdrawal(self._case, request, workflow.now())
        )

    @withdraw.validator
    def _may_withdraw(self, argument: RawValue) -> None:
        self._inbox.check(
            read(Withdraw, argument), lambda request: check_withdraw(self._case, request)
        )

    @workflow.update
    async def extend(self, argument: RawValue) -> RawValue:
        """An agency names the one new date of its apology; what was promised stays on record."""
        request = read(Extend, argument)
        if self._inbox.is_new(request):
            await self._extend(request)
        return self._inbox.accept(request)

    @extend.validator
    def _may_extend(self, argument: RawValue) -> None:
        self._inbox.check(
            read(Extend, argument),
            lambda request: check_extend(self._case, request, sealed_with(argument.payload)),
        )

    @workflow.update
    async def recalculate(self, argument: RawValue) -> RawValue:
        """Another calendar holds: count the open due instants again, and keep the old ones."""
        request = read(Recalculate, argument)
        if self._inbox.is_new(request):
            await recount(self._case, self._opening(), request)
        return self._inbox.accept(request)

    @recalculate.validator
    def _may_recalculate(self, argument: RawValue) -> None:
        self._inbox.check(read(Recalculate, argument), lambda _: check_recalculate(self._case))

    @workflow.update
    async def confirm_representative(self, argument: RawValue) -> RawValue:
        """A relative says who is to represent the family; everybody's last word counts."""
        request = read(ConfirmRepresentative, argument)
        return self._inbox.take(request, lambda: self._confirm(request))

    @confirm_representative.validator
    def _may_confirm(self, argument: RawValue) -> None:
        self._inbox.check(
            read(ConfirmRepresentative, argument),
            lambda request: check_confirm(self._case, request),
        )

    @workflow.update
    async def redirect_payment(self, argument: RawValue) -> RawValue:
        """A person says where the money is to go whose payment came back."""
        request = read(RedirectPayment, argument)
        return self._inbox.take(
            request, lambda: payments.redirect_payment(self._case, request, workflow.now())
        )

    @redirect_payment.validator
    def _may_redirect(self, argument: RawValue) -> None:
        self._inbox.check(
            read(RedirectPayment, argument), lambda request: check_redirect(self._case, request)
        )

    def _confirm(self, request: ConfirmRepresentative) -> None:
        dossier = awaited_confirmation(self._case)
        if dossier is not None:
            citizens.hear_relative(self._case, dossier, request, workflow.now())

    async def _extend(self, request: Extend) -> None:
        """Ask the clock, and look again: while it answers, a decision or a repeat may come."""
        dossier = self._case.find(request.procedure)
        days = request.working_days
        deadline = await query_deadline(
            self._case, self._opening(), dossier, ClockEvent.EXTENDED, working_days=days
        )
        if not self._inbox.is_new(request):
            return
        check_extend(self._case, request, None)
        if deadline.refused is not None:
            reject(deadline.refused)
        clock.extend(self._case, dossier, deadline, workflow.now(), request.reason)

    def _opening(self) -> Opening:
        return self._case.opening or reject_unopened()
