"""Saying to the outside how a case stands."""

from datetime import datetime

from models.cases.case import Case
from models.cases.clock import working_time_of
from models.cases.dossier import Dossier
from models.cases.holdings import (
    Holding,
    holdings_of,
    other_holdings_of,
    outages_of_agencies,
    whole_case,
)
from models.cases.status import CaseStatus, DossierStatus
from models.clock.deadlines import CaseDeadlines
from models.clock.dossier_clock import DossierClock
from models.contracts.dossiers import Facts
from models.intake.intake import Opening
from models.kernel.base import CaseCode, Instant, Message
from models.kernel.refs import DossierRef
from models.working_time.used import WorkingTime


def status_of(case: Case, now: datetime) -> CaseStatus:
    """The answer of the `status` query, and the result of the workflow."""
    bare = CaseStatus(
        case_id=case.case_id,
        group=case.group,
        recorded_at=case.recorded_at,
        state=case.state,
        attention=case.attention,
        closed_at=case.closed_at,
    )
    intake, opening = case.intake, case.opening
    if intake is None:
        return bare
    judged = bare.model_copy(
        update={
            "declaration_digest": intake.declaration_digest,
            "duplicate_of": intake.duplicate_of,
            "errors": () if opening else intake.findings,
            "warnings": intake.findings if opening else (),
        }
    )
    return judged.model_copy(update=_of_opening(case, opening, now)) if opening else judged


def _of_opening(case: Case, opening: Opening, now: datetime) -> dict[str, object]:
    return {
        "case_code": opening.case_code,
        "law_version": opening.law_version,
        "received_at": opening.received_at,
        "backdated": opening.backdated,
        "plain_start": opening.plain_start,
        "promised_at": opening.promised_at,
        "due_at": case.due_at,
        "sla": case.sla(now),
        "dossiers": tuple(_of_dossier(dossier, now) for dossier in case.dossiers.values()),
    }


def _of_dossier(dossier: Dossier, now: datetime) -> DossierStatus:
    return dossier.status().model_copy(update={"working_time": working_time_of(dossier, now)})


class DossierClocks(DossierRef):
    """One dossier's clock and who held it."""

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
            **dict(dossier.ref()),
            settled=dossier.is_settled,
            clock=dossier.clock,
            paused_at=dossier.paused_at,
            holdings=holdings_of(case.entries, dossier.procedure),
            working_time=working_time_of(dossier, now),
        )
        for dossier in case.dossiers.values()
    )
    held = [one for dossier in dossiers for one in dossier.holdings]
    held += [one for id in case.dossiers for one in other_holdings_of(case.entries, id)]
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
