"""What a dossier sends its agency and hears from it, each call with the retries it deserves."""

import asyncio
from collections.abc import Awaitable
from typing import Any

from temporalio import workflow
from temporalio.exceptions import ActivityError

from activities.dossiers import DossierActivities
from models.cases.case import Case
from models.cases.dossier import Dossier
from models.cases.events import CANCELLED
from models.cases.orders import AskDossier, Asking, FileDossier, Heard, WithdrawDossier
from models.cases.transitions import agencies, faults, lifecycle
from models.contracts.dossiers import DossierRequest, Withdrawal, key_for
from models.kernel.base import AgencyId
from models.kernel.vocabulary import DossierState
from workflows.runtime import options
from workflows.runtime.calls import Contact, Parking


def contact_of(case: Case, dossier: Dossier) -> Contact:
    """A dossier's contact with its agency: an outage is noted on the dossier."""
    return Contact(
        dossier.plan.agency,
        lambda since: faults.lose_contact(case, dossier, workflow.now(), since),
        lambda: faults.regain_contact(case, dossier, workflow.now()),
        is_lost=dossier.unreachable,
    )


def contact_with(case: Case, agency: AgencyId) -> Contact:
    """The case's own contact with an agency: an outage is noted on the case."""
    return Contact(
        agency,
        lambda since: faults.lose_agency(case, agency, workflow.now(), since),
        lambda: faults.regain_agency(case, agency, workflow.now()),
    )


def parking_of(case: Case, dossier: Dossier | None = None) -> Parking:
    """Where a dossier is parked while the others go on, or the step of the case itself for None."""

    def is_parked() -> bool:
        return dossier.state is DossierState.PARKED if dossier else case.parked_step is not None

    return Parking(lambda kind: faults.park(case, workflow.now(), kind, dossier), is_parked)


class Calls:
    """One dossier's calls to its agency."""

    def __init__(self, case: Case, dossier: Dossier) -> None:
        self._case = case
        self._dossier = dossier
        self.request: DossierRequest | None = None
        """What was filed; set once, when it is filed."""

    async def first_answer(self) -> Heard:
        """File briskly; if the agency is away, note an outage and keep trying for days."""
        plan = self._dossier.plan
        order = FileDossier(agency=plan.agency, request=self._filed(), issues=plan.issues)
        answer = await contact_of(self._case, self._dossier).call(
            f"{plan.short_title} → {plan.agency_name} · {plan.code}",
            lambda config: workflow.execute_activity_method(
                DossierActivities.file, order, **options.to_its_end(config)
            ),
        )
        return Heard(answer=answer)

    async def next_answer(self) -> Heard:
        """Pass on what the citizen handed in, and poll until there is something new.

        An agency out of reach is polled, patiently, for nothing but a sign of life.
        """
        dossier, plan = self._dossier, self._dossier.plan
        dossier.is_pending = True
        order = self._question(Asking.CONTACT if dossier.unreachable else Asking.NEWS)
        waited_for = "hoạt động lại" if dossier.unreachable else "quyết định"
        summary = f"Chờ {plan.agency_name} {waited_for} · {plan.code}"
        poll = options.patient_call if dossier.unreachable else options.asking
        heard = await workflow.execute_activity_method(
            DossierActivities.ask, order, **poll(plan.agency, summary)
        )
        if heard.away_since is None and dossier.handed_in is order.supplement:
            dossier.handed_in = None
        return heard

    async def daily_answer(self) -> Heard:
        """While the citizen holds the dossier, poll daily whether it was decided all the same."""
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
            answer = await contact_of(self._case, self._dossier).call(
                f"Rút hồ sơ khỏi {plan.agency_name} · {plan.code}",
                lambda config: workflow.execute_activity_method(
                    DossierActivities.withdraw, order, **config
                ),
            )
        except ActivityError as error:
            if not self._dossier.is_settled:
                await parking_of(self._case, self._dossier).hold(error)
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


async def handle_answer(case: Case, dossier: Dossier, answer: Awaitable[Heard]) -> None:
    """Wait for an answer until something else becomes of the dossier; a bad one parks it."""
    call = asyncio.ensure_future(answer)
    answers, state = dossier.answers, dossier.state

    def is_overtaken() -> bool:
        return dossier.answers > answers or dossier.state is not state

    try:
        await workflow.wait_condition(
            lambda: call.done() or is_overtaken() or dossier.withdrawal is not None
        )
    except asyncio.CancelledError:
        await _see_ended(call)
        raise
    if not call.done() or is_overtaken():
        await _give_up(case, dossier, call)
        return
    try:
        _take(case, dossier, call.result())
    except ActivityError as error:
        await parking_of(case, dossier).hold(error)


async def notify_stopped(case: Case, dossier: Dossier) -> None:
    """Ask a stopped dossier back; whether its agency was reached within a minute is noted."""
    plan = dossier.plan
    order = WithdrawDossier(
        agency=plan.agency,
        key=key_for(case.code, dossier.procedure, dossier.round),
        withdrawal=Withdrawal(request_id=CANCELLED),
    )
    summary = f"Báo dừng hồ sơ cho {plan.agency_name} · {plan.code}"
    reached = True
    try:
        await workflow.execute_activity_method(
            DossierActivities.withdraw, order, **options.last_word(plan.agency, summary)
        )
    except ActivityError:
        reached = False
    lifecycle.tell_agency(case, dossier, workflow.now(), reached=reached)


def forget(call: "asyncio.Future[Any]") -> None:
    """A call that was given up ends in an error that nothing depends on."""
    if not call.cancelled():
        call.exception()


def _take(case: Case, dossier: Dossier, heard: Heard) -> None:
    now = workflow.now()
    if heard.away_since is not None:
        faults.lose_contact(case, dossier, now, heard.away_since)
        return
    faults.regain_contact(case, dossier, now)
    if heard.answer is not None:
        agencies.take_answer(case, dossier, heard.answer, now)


async def _see_ended(call: "asyncio.Future[Heard]") -> None:
    """A cancelled case must not have a filing on its way when it asks its dossiers back."""
    call.add_done_callback(forget)
    call.cancel()
    await workflow.wait([call])


async def _give_up(case: Case, dossier: Dossier, call: "asyncio.Future[Heard]") -> None:
    """What is to be given back must not still be on its way there: then its end is awaited."""
    call.add_done_callback(forget)
    call.cancel()
    if dossier.withdrawal is None or dossier.is_settled:
        return
    await workflow.wait_condition(lambda: call.done() or dossier.is_settled)
    if call.done() and not call.cancelled() and call.exception() is None:
        _take(case, dossier, call.result())
