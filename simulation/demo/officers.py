"""The few cases that reach an officer's desk: some are left there, so that people can decide."""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from models.cases.requests import Extend, Withdraw
from models.cases.status import CaseStatus, DossierStatus
from models.contracts.dossiers import key_for
from models.kernel.base import AgencyId, CaseCode, ProcedureId
from models.kernel.vocabulary import DossierState, SlaStatus
from simulation.demo.birth_kinds import BirthKind
from simulation.demo.filing import Counter
from simulation.demo.polling import Onlooker, rests
from simulation.demo.progress import Progress
from simulation.demo.switch import officers_decide
from workers.client.agency_desks import AgencyDeskClient
from workers.client.cases import CaseClient, CaseRef
from workers.client.updates import send_update
from workers.runtime.settings import Addresses

RESIDENCE, PROCEDURE = AgencyId("residence"), ProcedureId("register_residence")
OFFICER = "CA-DEMO"
WANTED = {
    "outcome": "supplement",
    "items": [{"code": "CT01", "description": "Tờ khai CT01 có ý kiến đồng ý của chủ hộ"}],
    "decided_by": OFFICER,
}
APOLOGY = Extend(
    request_id="demo",
    procedure=PROCEDURE,
    working_days=2,
    reason="Phải đối chiếu hồ sơ hộ gia đình lưu tại nơi ở cũ",
    by=OFFICER,
)
GIVEN_UP = Withdraw(
    request_id="demo", procedures=(PROCEDURE,), reason="Gia đình chuyển nơi ở trong tháng tới"
)
_WITHIN = 20.0
"""Seconds in which a dossier reaches the desk where nothing is in the way."""


@dataclass(frozen=True, kw_only=True)
class Officers:
    """The police of a demonstration: who decides by hand what is filed first."""

    desk: CaseClient
    progress: Progress
    addresses: Addresses

    async def receive(self, counter: Counter, places: Sequence[int]) -> None:
        """Have these filed while officers decide, and do what each is meant to show.

        Raises:
            BackendUnavailableError: the switchboard does not answer.
        """
        async with officers_decide(self.addresses.switchboard, RESIDENCE):
            await counter.hand_in(places)
            held = await asyncio.gather(*(self._onlooker.until(at, _lies_there) for at in places))
        await asyncio.gather(
            *(self._go_on(at, each) for at, each in zip(places, held, strict=True))
        )

    async def _go_on(self, at: int, status: CaseStatus | None) -> None:
        if status is None or status.case_code is None:
            return
        match self.progress.planned[at].kind:
            case BirthKind.WITHDRAWN:
                await send_update(self.desk, status.case_code, "withdraw", GIVEN_UP)
            case BirthKind.STOPPED:
                await self.desk.handle(CaseRef(case_id=status.case_id)).cancel()
            case BirthKind.EXTENDED:
                await send_update(self.desk, status.case_code, "extend", APOLOGY)
                await self._keep(at, _is_due_later)
            case BirthKind.SUPPLEMENT:
                await asyncio.to_thread(self._want_more, status.case_code)
                await self._keep(at, _waits_for_citizen)
            case _:
                await self._keep(at, _lies_there)

    def _want_more(self, case_code: CaseCode) -> None:
        key = key_for(case_code, PROCEDURE, 1)
        AgencyDeskClient.at(self.addresses, RESIDENCE).decide(key, WANTED, f"demo-{key}")

    async def _keep(self, at: int, holds: Callable[[CaseStatus], bool]) -> None:
        """Leave a case that stands so, once nobody but the police has anything left to do."""
        await self._onlooker.keep(at, lambda status: holds(status) and rests(status, but=PROCEDURE))

    @property
    def _onlooker(self) -> Onlooker:
        return Onlooker(desk=self.desk, progress=self.progress, within=_WITHIN)


def _lies_there(status: CaseStatus) -> bool:
    return bool(status.dossiers) and _residence(status).state is DossierState.ACCEPTED


def _is_due_later(status: CaseStatus) -> bool:
    dossier = _residence(status)
    first, now = dossier.original_due_at, dossier.due_at
    return first is not None and now is not None and now > first


def _waits_for_citizen(status: CaseStatus) -> bool:
    return status.sla is SlaStatus.PAUSED


def _residence(status: CaseStatus) -> DossierStatus:
    return next(each for each in status.dossiers if each.procedure == PROCEDURE)
