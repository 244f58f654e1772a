"""The clocks of a case, told to auditors: who held what when, and what each date follows from."""

from datetime import datetime

from models.cases.cases import Case
from models.cases.dossier_time import working_time_of
from models.cases.holdings import Holding, holdings_of, outages_of_agencies, whole_case
from models.cases.holdings_beside import holdings_beside
from models.clock.deadlines import CaseDeadlines
from models.clock.dossier_clock import DossierClock
from models.contracts.dossiers import Facts
from models.kernel.base import CaseCode, Instant, Message, ProcedureId
from models.working_time.used import WorkingTime


class DossierClocks(Message):
    """One dossier's clock and who held it."""

    procedure: ProcedureId
    title: str
    code: str
    settled: bool
    clock: DossierClock | None = None
    paused_at: Instant | None = None
    holdings: tuple[Holding, ...] = ()
    working_time: WorkingTime | None = None
    """Used and left as of the question; None: no clock has run."""

    @property
    def is_running(self) -> bool:
        """Filed and not settled."""
        return self.clock is not None and bool(self.holdings) and not self.settled


class CaseClocks(Message):
    """All clocks of a case, with the law they are counted by."""

    case_code: CaseCode | None
    law: Facts
    dates: CaseDeadlines | None
    """What the intake pinned."""
    due_at: Instant | None
    was_moved: bool
    dossiers: tuple[DossierClocks, ...]
    holdings: tuple[Holding, ...]
    """Every minute of the whole case."""


def clocks_of(case: Case, now: datetime) -> CaseClocks:
    """The answer of the `clocks` query. Holds no personal data."""
    dossiers = tuple(
        DossierClocks(
            procedure=dossier.procedure,
            title=dossier.plan.title,
            code=dossier.plan.code,
            settled=dossier.is_settled,
            clock=dossier.clock,
            paused_at=dossier.paused_at,
            holdings=holdings_of(case.entries, dossier.procedure),
            working_time=working_time_of(dossier, now),
        )
        for dossier in case.dossiers.values()
    )
    held = [one for dossier in dossiers for one in dossier.holdings]
    held += [one for id in case.dossiers for one in holdings_beside(case.entries, id)]
    held += outages_of_agencies(case.entries)
    return CaseClocks(
        case_code=case.opening.case_code if case.opening else None,
        law=case.opening.law if case.opening else {},
        dates=case.opening.deadlines if case.opening else None,
        due_at=case.due_at,
        was_moved=case.clock.was_moved if case.clock else False,
        dossiers=dossiers,
        holdings=whole_case(held, case.recorded_at, case.closed_at),
    )
