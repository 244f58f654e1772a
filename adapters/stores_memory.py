"""Our own database in memory, for tests of workflows: it keeps the same promises."""

from dataclasses import dataclass, field
from datetime import timedelta

from models.admission import Admission
from models.base import CaseCode
from models.case_state import MAY_BE_FILED_AGAIN
from models.errors import BackendUnavailableError, LienthongError
from models.events import LedgerBatch, LedgerEntry
from models.intake import IntakeDecision, IntakeOutcome
from models.orders import CloseCase
from models.wire import Notice

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

    async def append(self, batch: LedgerBatch) -> None:
        """Write entries; writing one again changes nothing."""
        if self.away:
            raise BackendUnavailableError(
                "our database is away: append to the ledger", retry_after=self.retry_after
            )
        self.appends += 1
        self.outbox.update({notice.key: notice for notice in batch.notices})
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
class MemoryRegister:
    """`CaseRegister` beside a `MemoryLedger`."""

    ledger: MemoryLedger
    opened: dict[Run, IntakeOutcome] = field(default_factory=dict)
    holders: dict[str, Run] = field(default_factory=dict)
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
        if admission.event_key in self.holders:
            return self._duplicate(admission)
        number = self.numbers[admission.code_prefix] = (
            self.numbers.get(admission.code_prefix, 0) + 1
        )
        self.opened[run] = admission.with_code(CaseCode(f"{admission.code_prefix}-{number:04d}"))
        self.holders[admission.event_key] = run
        return self.opened[run]

    async def close(self, order: CloseCase) -> None:
        """Record how a case ended, with its last ledger entries."""
        await self.ledger.append(order.batch)
        if order.state in MAY_BE_FILED_AGAIN:
            run = (order.case_id, order.run_id)
            self.holders = {key: held for key, held in self.holders.items() if held != run}

    def _duplicate(self, admission: Admission) -> IntakeOutcome:
        holder = self.opened[self.holders[admission.event_key]].opening
        return IntakeOutcome(
            decision=IntakeDecision.DUPLICATE,
            declaration_digest=admission.outcome.declaration_digest,
            duplicate_of=holder.case_code if holder else None,
        )
