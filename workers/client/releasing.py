"""Letting go of a case nobody runs, only where that is certain and doubles nothing unasked."""

from dataclasses import dataclass

from activities.ports.corrections import OpenCases
from adapters.postgres.releases import PostgresReleases
from models.kernel.base import CaseId
from models.kernel.errors import BackendContractError, BackendUnavailableError, LienthongError
from models.kernel.refs import CaseRef
from models.operations.releases import KnownFrom, RegisterRow, Release, Released, ReleaseOrder
from models.operations.troubles import StuckDossier, dossiers_of, end_of
from workers.client.cases import UnknownCaseError
from workers.client.runs import Runs

Known = tuple[KnownFrom, tuple[StuckDossier, ...]]


class CannotReleaseError(LienthongError):
    """The case runs, or has closed in order: there is nothing to let go of."""


class NeedsForceError(LienthongError):
    """A new case may double an act; names the dossiers it is about."""

    def __init__(self, known_from: KnownFrom, dossiers: tuple[StuckDossier, ...]) -> None:
        """Keep what a person must think about first."""
        super().__init__(", ".join(f"{one.procedure} ({one.state})" for one in dossiers))
        self.known_from = known_from
        self.dossiers = dossiers


@dataclass(frozen=True)
class Releasing:
    """What `ops release` stands on."""

    register: PostgresReleases
    runs: Runs
    cases: OpenCases

    async def release(self, order: ReleaseOrder) -> Released:
        """Let go of a dead case; said again it answers with the release on record.

        Raises:
            UnknownCaseError: the register has no such case.
            CannotReleaseError: it runs, or it has closed.
            NeedsForceError: the family's next case may double what agencies did, or may yet do.
        """
        case = await self.register.find(order.case_code)
        if case is None:
            raise UnknownCaseError(f"Sổ hồ sơ không có hồ sơ {order.case_code}.")
        if case.closed_at is None:
            await self._let_go(order, case)
        released = await self.register.released(order.case_code)
        if released is None:
            raise CannotReleaseError(
                f"Hồ sơ {order.case_code} đã đóng: không còn gì để giải phóng."
            )
        return released

    async def _let_go(self, order: ReleaseOrder, case: RegisterRow) -> None:
        run = await self.runs.of(case.case_id, case.run_id)
        if run.is_running or await self.runs.is_any_running(case.case_id):
            raise CannotReleaseError(
                f"Hồ sơ {order.case_code} còn đang chạy: dùng Request Cancellation để dừng đúng"
                " trình tự."
            )
        known_from, dossiers = await self._known(case)
        doubtful = tuple(one for one in dossiers if _is_doubtful(one, known_from))
        if doubtful and not (order.force or order.keep_event):
            raise NeedsForceError(known_from, doubtful)
        release = Release(
            order=order,
            run_status=run.status,
            known_from=known_from,
            state=end_of(dossiers),
            dossiers=dossiers,
        )
        await self.register.release(release)

    async def _known(self, case: RegisterRow) -> Known:
        """From the dead run while the server has it and a worker answers; else the ledger."""
        ref = CaseRef(case_id=CaseId(case.case_id), run_id=case.run_id)
        try:
            booked = await self.cases.dossiers(ref)
        except (BackendUnavailableError, BackendContractError):
            booked = None
        if booked is not None:
            return KnownFrom.CASE, dossiers_of(booked)
        return KnownFrom.LEDGER, await self.register.dossiers(case)


def _is_doubtful(dossier: StuckDossier, known_from: KnownFrom) -> bool:
    """The ledger alone may lag behind: then whatever is not settled may have been filed."""
    return dossier.binds or (known_from is KnownFrom.LEDGER and not dossier.state.is_settled)
