"""Having a family agree on one of them, while everything else goes on."""

import asyncio
from datetime import datetime

from temporalio import workflow

from activities.results import ResultActivities
from models.cases.case import Case
from models.cases.dossier import Dossier
from models.cases.orders import TellFamily
from models.cases.transitions import citizens
from models.contracts.dossiers import Facts
from models.intake.intake import Opening
from models.kernel.words import official_time
from workflows.case.calls import parking_of
from workflows.runtime import options

ASKED, REMINDER, IN_WRITING = (
    "confirmation-asked",
    "confirmation-reminder",
    "confirmation-in-writing",
)


class Confirming:
    """The time a family has: to confirm, to be reminded, and then to do it in writing."""

    def __init__(self, case: Case, opening: Opening, declaration: Facts, dossier: Dossier) -> None:
        self._case = case
        self._opening = opening
        self._declarant: Facts = declaration.get("declarant") or {}  # type: ignore[assignment]
        self._dossier = dossier
        self._confirmation = citizens.confirmation_of(dossier)
        self._telling: list[asyncio.Task[None]] = []

    async def run(self) -> None:
        """See the family agree, or close this dossier alone once neither way was taken in time."""
        await self._seek()
        await asyncio.gather(*self._telling)

    async def _seek(self) -> None:
        plan = self._confirmation.plan
        if self._is_over():
            return
        citizens.ask_family(self._case, self._dossier, workflow.now())
        self._tell(ASKED, before=plan.remind_at)
        if await self._comes_by(plan.remind_at):
            return
        self._tell(REMINDER, before=plan.confirm_by)
        if await self._comes_by(plan.confirm_by):
            return
        citizens.ask_family(self._case, self._dossier, workflow.now(), in_writing=True)
        self._tell(IN_WRITING, before=plan.written_by)
        if not await self._comes_by(plan.written_by):
            citizens.miss_confirmation(self._case, self._dossier, workflow.now())

    def _is_over(self) -> bool:
        return self._confirmation.is_reached or self._dossier.is_settled

    async def _comes_by(self, instant: datetime) -> bool:
        left = instant - workflow.now()
        if left.total_seconds() > 0 and not self._is_over():
            try:
                await workflow.wait_condition(
                    self._is_over,
                    timeout=left,
                    timeout_summary=f"Chờ thân nhân xác nhận đến {official_time(instant)}",
                )
            except TimeoutError:
                return False
        return self._is_over()

    def _tell(self, kind: str, *, before: datetime) -> None:
        """Nobody is told what is out of date already: of several only the newest is sent."""
        if workflow.now() < before:
            self._telling.append(asyncio.create_task(self._send(kind)))

    async def _send(self, kind: str) -> None:
        plan, confirmation = self._dossier.plan, self._confirmation
        order = TellFamily(
            channel=self._opening.channels[0],
            case_code=self._opening.case_code,
            dossier_code=plan.code,
            title=plan.title,
            kind=kind,
            wanted=confirmation.item.description,
            due_at=confirmation.limit,
            to=self._declarant,
        )
        config = options.patient_call(order.channel, f"Nhắc gia đình xác nhận · {plan.code}")
        await parking_of(self._case).insist(
            lambda: workflow.execute_activity_method(ResultActivities.tell_family, order, **config),
        )
