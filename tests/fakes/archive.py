"""The book of cases in memory, for tests of workflows: it keeps the same promises."""

from dataclasses import dataclass, field

from typing_extensions import override

from activities.ports.corrections import CaseArchive
from models.cases.archive import ArchivedCase, archived_from_ledger
from models.cases.orders import CloseCase
from models.corrections.orders import (
    ClaimCase,
    Claimed,
    CorrectionEntry,
    KeepCorrection,
    NewCorrection,
)
from models.corrections.plan import PastCorrection, marked
from models.corrections.states import CorrectionState
from models.corrections.status import CorrectionStatus
from models.intake.intake import Opening
from models.kernel.base import CaseCode, CaseId
from models.kernel.errors import BackendUnavailableError
from models.kernel.refs import CaseRef

from fakes.stores import MemoryCaseRepository, Run


@dataclass
class BookedCorrection:
    """A row of the book."""

    new: NewCorrection
    state: CorrectionState = CorrectionState.RECEIVED
    approved_by: str | None = None
    is_in_force: bool = False
    report: CorrectionStatus | None = None


@dataclass
class MemoryCaseArchive(CaseArchive):
    """`CaseArchive` beside a `MemoryCaseRepository`."""

    register: MemoryCaseRepository
    away: bool = False
    files: dict[CaseCode, CloseCase] = field(default_factory=dict)
    corrections: dict[str, BookedCorrection] = field(default_factory=dict)
    holders: dict[CaseCode, str] = field(default_factory=dict)

    @override
    async def file_away(self, order: CloseCase) -> None:
        """Keep the file of a case that was opened; one that is there already stays as it is."""
        self._enter_house()
        if order.batch.case_code is not None:
            self.files.setdefault(order.batch.case_code, order)

    @override
    async def find(self, case_code: CaseCode) -> ArchivedCase | None:
        """Read the file, or what was opened and the ledger."""
        self._enter_house()
        found = self._opened(case_code)
        if found is None:
            return None
        (case_id, run_id), opening = found
        file = self.files.get(case_code)
        entries = self.register.ledger.of_run(case_id, run_id)
        dossiers = file.dossiers if file else archived_from_ledger(opening, entries)
        return ArchivedCase(
            ref=CaseRef(case_id=CaseId(case_id), run_id=run_id),
            case_code=case_code,
            group=CaseId(case_id).partition("/")[0],
            province=opening.province,
            commune=opening.commune,
            is_open=file is None,
            dossiers=marked(dossiers, self._past(case_code)),
            to=file.to if file else {},
        )

    @override
    async def enter(self, new: NewCorrection) -> CorrectionEntry:
        """Put a correction on the book, or say what is there under its id."""
        self._enter_house()
        id = new.decision.correction_id
        known = self.corrections.get(id)
        if known is None or _may_take_over(known, new):
            self.corrections[id] = _taken_over(known, new)
        row = self.corrections[id]
        return CorrectionEntry(
            is_ours=row.new.run_id == new.run_id, digest=row.new.digest, report=row.report
        )

    @override
    async def claim(self, claim: ClaimCase) -> Claimed:
        """Be the only correction at work on a case, or hear whose turn it is."""
        self._enter_house()
        holder = self.holders.setdefault(claim.case_code, claim.correction_id)
        if holder != claim.correction_id:
            return Claimed(held_by=holder)
        row = self.corrections[claim.correction_id]
        row.approved_by = row.approved_by or claim.approved_by
        return Claimed(approved_by=row.approved_by, decided_at=row.new.recorded_at)

    @override
    async def keep(self, kept: KeepCorrection) -> None:
        """Record how a correction stands, with its ledger entries."""
        self._enter_house()
        await self.register.ledger.append(kept.batch)
        row = self.corrections.get(kept.correction_id or "")
        if row is None or row.new.run_id != kept.run_id:
            return
        row.state, row.report = kept.state, kept.report
        row.is_in_force = row.is_in_force or kept.is_in_force
        case_code = row.new.decision.case_code
        if not kept.holds_case and self.holders.get(case_code) == kept.correction_id:
            del self.holders[case_code]

    def _opened(self, case_code: CaseCode) -> tuple[Run, Opening] | None:
        for run, outcome in self.register.opened.items():
            if outcome.opening is not None and outcome.opening.case_code == case_code:
                return run, outcome.opening
        return None

    def _past(self, case_code: CaseCode) -> list[PastCorrection]:
        return [
            PastCorrection(correction_id=id, act=row.new.decision.act, kind=row.new.decision.kind)
            for id, row in self.corrections.items()
            if row.is_in_force and row.new.decision.case_code == case_code
        ]

    def _enter_house(self) -> None:
        if self.away:
            raise BackendUnavailableError("our database is away: the book of cases")


def _may_take_over(known: BookedCorrection, new: NewCorrection) -> bool:
    if known.new.run_id == new.run_id:
        return False
    if known.state is CorrectionState.COMPLETED:
        return False
    return known.new.digest == new.digest or not known.is_in_force


def _taken_over(known: BookedCorrection | None, new: NewCorrection) -> BookedCorrection:
    """The first instant of recording stays: it stands on notices that may be out already."""
    if known is None:
        return BookedCorrection(new)
    kept = new.model_copy(update={"recorded_at": known.new.recorded_at})
    same = known.new.digest == new.digest
    return BookedCorrection(
        kept,
        approved_by=known.approved_by if same else None,
        is_in_force=known.is_in_force,
        report=known.report,
    )
