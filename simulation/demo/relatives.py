"""What families do after they have declared: agree on one of them, or not, or wait for money."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass

from models.cases.confirmations import AGREE
from models.cases.requests import ConfirmRepresentative
from models.cases.status import CaseStatus
from models.kernel.base import ProcedureId
from models.kernel.vocabulary import Attention, DossierState
from simulation.demo.death_kinds import DeathKind
from simulation.demo.planned import Planned
from simulation.demo.polling import Onlooker, rests
from simulation.demo.progress import Progress
from workers.client.cases import CaseClient
from workers.client.updates import send_update

SURVIVORS = ProcedureId("survivor_lump_sum")
SPEAKING = (DeathKind.CONFIRMED, DeathKind.DISPUTED, DeathKind.RETURNED)
"""Kinds with which something is done, or that are left, after they are handed in."""


@dataclass(frozen=True, kw_only=True)
class Relatives:
    """The families of a demonstration, who go on where a declaration alone does not."""

    desk: CaseClient
    progress: Progress

    async def go_on(self) -> None:
        """Do for each case what its kind is meant to show."""
        planned = self.progress.planned
        await asyncio.gather(
            *(self._go_on(at, planned[at]) for at in range(len(planned)) if _speaks(planned[at]))
        )

    async def _go_on(self, at: int, planned: Planned) -> None:
        match planned.kind:
            case DeathKind.CONFIRMED:
                await self._speak(at, planned, agrees=True)
            case DeathKind.DISPUTED:
                await self._speak(at, planned, agrees=False)
                await self._onlooker.keep(at, _waits_for_writing)
            case _:
                await self._onlooker.keep(at, _waits_with_money)

    async def _speak(self, at: int, planned: Planned, *, agrees: bool) -> None:
        """Every relative but the one who declared says it."""
        status = await self._onlooker.until(at, _waits_for_family)
        if status is None or status.case_code is None:
            return
        for number, said in enumerate(confirmations(planned, agrees=agrees)):
            request = said.model_copy(update={"request_id": f"demo-{number}"})
            await send_update(self.desk, status.case_id, "confirm_representative", request)

    @property
    def _onlooker(self) -> Onlooker:
        return Onlooker(desk=self.desk, progress=self.progress)


def confirmations(planned: Planned, *, agrees: bool) -> Sequence[ConfirmRepresentative]:
    """What the relatives who did not declare have to say of the one they were asked about."""
    declaration = planned.declaration
    return [
        ConfirmRepresentative(
            request_id="demo",
            relative=relative["personal_number"],
            representative=declaration["representative"],
            agrees=agrees,
        )
        for relative in declaration["relatives"]
        if relative["personal_number"] != declaration["declarant"]["personal_number"]
    ]


def _speaks(planned: Planned) -> bool:
    return planned.kind in SPEAKING


def _waits_for_family(status: CaseStatus) -> bool:
    return any(
        each.procedure == SURVIVORS and each.state is DossierState.SUPPLEMENT_WANTED
        for each in status.dossiers
    )


def _waits_for_writing(status: CaseStatus) -> bool:
    wanted = {item.code for each in status.dossiers for item in each.items}
    return _waits_for_family(status) and AGREE not in wanted and rests(status, but=SURVIVORS)


def _waits_with_money(status: CaseStatus) -> bool:
    return status.attention is Attention.PARKED and all(each.settled_at for each in status.dossiers)
