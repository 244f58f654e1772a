"""Our own database in memory, for tests of workflows: it keeps the same promises."""

from dataclasses import dataclass, field
from datetime import timedelta

from models.cases.case import MAY_BE_FILED_AGAIN
from models.cases.events import LedgerBatch, LedgerEntry
from models.cases.lists import ListEntry
from models.cases.orders import CloseCase
from models.contracts.dossiers import Notice
from models.declarations.case_ids import EventClaim
from models.entitlements.prechecks import Inquiry
from models.intake.admission import Admission
from models.intake.intake import IntakeDecision, IntakeOutcome
from models.kernel.base import CaseCode
from models.kernel.errors import BackendUnavailableError, LienthongError

Run = tuple[str, str]


@dataclass
class MemoryLedger:
    """`Ledger`; while `away`, every call fails as it does when the database is down."""

    away: bool = False
    retry_after: timedelta | None = None
    """When to come back, told while away."""
    appends: int = 0
    entries: dict[Run, dict[int, LedgerEntry]] = field(default_factory=dict)
    outbox: dict[str, Notice] = field(default_factory=dict)
    """Reminders to agencies, by key."""
    listed: dict[tuple[str, str], ListEntry] = field(default_factory=dict)
    """Persons to be listed, by kind and who they are: each once for ever."""

    async def append(self, batch: LedgerBatch) -> None:
        """Write entries; writing one again changes nothing."""
        if self.away:
            raise BackendUnavailableError(
                "our database is away: append to the ledger", retry_after=self.retry_after
            )
        self.appends += 1
        self.outbox.update({notice.key: notice for notice in batch.notices})
        for person in batch.persons:
            self.listed.setdefault((person.kind, person.person), person)
        run = self.entries.setdefault((batch.case_id, batch.run_id), {})
        for entry in batch.entries:
            run.setdefault(entry.seq, entry)

    def of_run(self, case_id: str, run_id: str) -> list[LedgerEntry]:
        """Every entry of one run of a case, in order."""
        return [entry for _, entry in sorted(self.entries.get((case_id, run_id), {}).items())]

    def of(self, case_id: str) -> list[LedgerEntry]:
        """Every entry of a case, in order."""
        runs = [entries for (id, _), entries in self.entries.items() if id == case_id]
        return [entry for entries in runs for _, entry in sorted(entries.items())]


@dataclass
class MemoryCaseRepository:
    """`CaseRepository` beside a `MemoryLedger`."""

    ledger: MemoryLedger
    opened: dict[Run, IntakeOutcome] = field(default_factory=dict)
    claims: dict[Run, tuple[EventClaim, ...]] = field(default_factory=dict)
    """What each case that holds its event has claimed."""
    numbers: dict[str, int] = field(default_factory=dict)
    fault: LienthongError | None = None
    """What opening a case ends in, for faults only a person can mend."""
    faults: int = 0

    async def open(self, admission: Admission) -> IntakeOutcome:
        """Give the case its code, or name the case that already holds the life event."""
        if self.fault is not None:
            self.faults += 1
            raise self.fault
        submission = admission.submission
        run = (submission.case_id, submission.run_id)
        if run in self.opened:
            return self.opened[run]
        if (holder := self._holder(admission.claims)) is not None:
            return self._duplicate(holder, admission)
        number = self.numbers[admission.code_prefix] = (
            self.numbers.get(admission.code_prefix, 0) + 1
        )
        self.opened[run] = admission.with_code(CaseCode(f"{admission.code_prefix}-{number:04d}"))
        self.claims[run] = admission.claims
        return self.opened[run]

    async def close(self, order: CloseCase) -> None:
        """Record how a case ended, with its last ledger entries."""
        await self.ledger.append(order.batch)
        if order.state in MAY_BE_FILED_AGAIN:
            self.claims.pop((order.case_id, order.run_id), None)

    def _holder(self, wanted: tuple[EventClaim, ...]) -> Run | None:
        """The first case one of whose claims stands against one of these."""
        against = (
            (run, ours, theirs)
            for run, held in self.claims.items()
            for ours in wanted
            for theirs in held
        )
        return next((run for run, ours, theirs in against if ours.bars(theirs)), None)

    def _duplicate(self, run: Run, admission: Admission) -> IntakeOutcome:
        holder = self.opened[run].opening
        return IntakeOutcome(
            decision=IntakeDecision.DUPLICATE,
            declaration_digest=admission.outcome.declaration_digest,
            duplicate_of=holder.case_code if holder else None,
        )


@dataclass
class MemoryInquiryRepository:
    """`InquiryRepository` in memory."""

    inquiries: dict[Run, Inquiry] = field(default_factory=dict)

    async def keep(self, inquiry: Inquiry) -> None:
        """Keep an asking; the same run again changes nothing."""
        self.inquiries.setdefault((inquiry.workflow_id, inquiry.run_id), inquiry)
