"""Finding what needs an operator: cases that died, and those that wait for a person."""

from dataclasses import dataclass

from adapters.postgres.releases import PostgresReleases
from models.cases.events import WaitKind
from models.corrections.requests import correction_workflow_id
from models.kernel.base import CaseCode, CaseId, Message
from models.kernel.vocabulary import Attention
from models.operations.outbox import OutboxCount
from models.operations.releases import RegisterRow
from models.operations.troubles import StuckCase, Wait, waits_of
from workers.client.runs import Run, Runs, Watched

CORRECTIONS = correction_workflow_id("")


class Stuck(Message):
    """Everything that was found."""

    dead: tuple[StuckCase, ...] = ()
    """Open on the register, and nobody runs them: they hold their life event."""
    waiting: tuple[Wait, ...] = ()
    reminders: OutboxCount = OutboxCount()

    @property
    def is_empty(self) -> bool:
        """Nobody of operations has anything to do."""
        return not (self.dead or self.waiting or self.reminders.refused)


@dataclass(frozen=True)
class Finder:
    """Compares the register with what the server runs."""

    register: PostgresReleases
    runs: Runs

    async def dead(self) -> list[StuckCase]:
        """Cases the register believes in and nobody runs, oldest first.

        The register is read first and each suspect is asked for by itself: a case that opens, or
        closes in order, while we look is none.
        """
        known = await self.register.open_cases()
        running = await self.runs.running()
        suspects = [case for case in known if case.run_id not in running]
        found = [await self._judged(case) for case in suspects]
        return [case for case in found if case is not None]

    async def waiting(self) -> list[Wait]:
        """What waits for a person in everything that runs."""
        return [wait for one in await self.runs.watched() for wait in await self._waits(one)]

    async def _judged(self, case: RegisterRow) -> StuckCase | None:
        run = await self.runs.of(case.case_id, case.run_id)
        if run.is_running:
            return None
        now_known = await self.register.find(case.case_code)
        if now_known is None or now_known.closed_at is not None:
            return None
        return await self._told(case, run)

    async def _told(self, case: RegisterRow, run: Run) -> StuckCase:
        return StuckCase(
            case_code=case.case_code,
            case_id=CaseId(case.case_id),
            run_id=case.run_id,
            group=case.procedure_group,
            recorded_at=case.recorded_at,
            run_status=run.status,
            ended_at=run.ended_at,
            dossiers=await self.register.dossiers(case),
        )

    async def _waits(self, one: Watched) -> list[Wait]:
        case_id, code = CaseId(one.id), CaseCode(one.code) if one.code else None
        is_correction = one.attention is Attention.CORRECTION
        if one.id.startswith(CORRECTIONS):
            kind = WaitKind.CORRECTION if is_correction else WaitKind.STEP
            return [Wait(case_id=case_id, case_code=code, kind=kind)]
        waits = waits_of(case_id, code, await self.register.entries(one.id, one.run_id))
        kind = WaitKind.CORRECTION if is_correction else WaitKind.UNKNOWN
        return waits or [Wait(case_id=case_id, case_code=code, kind=kind)]
