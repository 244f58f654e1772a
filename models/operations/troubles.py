"""What needs a person of operations: cases that died, and steps and money that wait."""

from collections.abc import Iterable

from models.cases.archive import ArchivedDossier
from models.cases.events import LedgerEntry, WaitKind
from models.kernel.base import AgencyId, CaseCode, CaseId, Instant, Message, ProcedureId
from models.kernel.vocabulary import CaseState, DossierState


class StuckDossier(Message):
    """A dossier of a case that died, as the case or the ledger has it."""

    procedure: ProcedureId
    title: str = ""
    agency: AgencyId
    state: DossierState
    was_filed: bool = True
    """It reached, or may have reached, its agency."""

    @property
    def binds(self) -> bool:
        """A new case would double an act: it was granted, or its agency may still grant it."""
        is_held = self.was_filed and not self.state.is_settled
        return is_held or self.state is DossierState.GRANTED


class StuckCase(Message):
    """A case that is open on the register, and that nobody runs."""

    case_code: CaseCode
    case_id: CaseId
    run_id: str
    group: str
    recorded_at: Instant
    run_status: str
    """What Temporal says of the run, in lower case; `not_found` where it knows none."""
    ended_at: Instant | None = None
    """When the run ended; None: nobody knows any more."""
    dossiers: tuple[StuckDossier, ...] = ()


class Wait(Message):
    """A case that runs and cannot go on, in part, without a person."""

    case_code: CaseCode | None
    case_id: CaseId
    kind: WaitKind
    procedure: ProcedureId | None = None
    since: Instant | None = None
    because: str | None = None
    """The kind of failure, or the reason of the bank; nothing personal."""


def dossiers_of(booked: Iterable[ArchivedDossier]) -> tuple[StuckDossier, ...]:
    """What counts of them here."""
    return tuple(
        StuckDossier(
            procedure=one.procedure,
            title=one.title,
            agency=one.agency,
            state=one.state,
            was_filed=one.was_filed,
        )
        for one in booked
    )


def end_of(dossiers: Iterable[StuckDossier]) -> CaseState:
    """How a case that nobody runs is put on record: whatever is open was stopped by us."""
    known = list(dossiers)
    granted = [one for one in known if one.state is DossierState.GRANTED]
    if not granted:
        return CaseState.STOPPED
    return CaseState.COMPLETED if len(granted) == len(known) else CaseState.PARTLY_COMPLETED


def waits_of(
    case_id: CaseId, case_code: CaseCode | None, entries: Iterable[LedgerEntry]
) -> list[Wait]:
    """What waits for a person, by the ledger of a case; in the order it began."""
    waits: dict[tuple[WaitKind, ProcedureId | None], Wait] = {}
    for entry in entries:
        begins, ends = entry.event.spec.begins, entry.event.spec.ends
        if begins is not None:
            wait = _wait(case_id, case_code, begins, entry)
            waits.setdefault((begins, entry.procedure), wait)
        elif ends is not None:
            waits.pop((ends, entry.procedure), None)
    return list(waits.values())


def _wait(case_id: CaseId, case_code: CaseCode | None, kind: WaitKind, entry: LedgerEntry) -> Wait:
    of_dossier = kind is WaitKind.STEP and entry.procedure is not None
    because = entry.facts.get("because") or entry.facts.get("reason_code")
    return Wait(
        case_id=case_id,
        case_code=case_code,
        kind=WaitKind.DOSSIER if of_dossier else kind,
        procedure=entry.procedure,
        since=entry.at,
        because=str(because) if because else None,
    )
