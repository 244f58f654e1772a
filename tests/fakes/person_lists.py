"""An insurer that lives in memory and takes lists of persons; for tests and demonstrations."""

from dataclasses import dataclass, field
from datetime import datetime

from typing_extensions import override

from activities.ports.agencies import ListGateway
from models.contracts.corrections import CorrectionKind, CorrectionNotice, CorrectionReceipt
from models.contracts.lists import ListReceipt, PersonList
from models.kernel.base import CaseCode
from models.kernel.errors import BackendRefusedRequestError

from fakes.agencies import SOME_INSTANT, Reachability
from fakes.corrections import CorrectionBook


@dataclass(kw_only=True)
class MemoryListGateway(Reachability, ListGateway):
    """Takes each list once, and carries out every line a test does not have it reject."""

    name: str = "insurance"
    at: datetime = SOME_INSTANT
    lists: dict[str, PersonList] = field(default_factory=dict)
    rejects: dict[CaseCode, str] = field(default_factory=dict)
    """By case: the coded reason why its line will be rejected."""
    book: CorrectionBook = field(default_factory=CorrectionBook)

    @override
    async def deliver(self, persons: PersonList) -> ListReceipt:
        """Keep it under its number."""
        self.pass_through()
        if self.lists.setdefault(persons.number, persons) != persons:
            raise BackendRefusedRequestError(f"{self.name}: deliver a list: status 409")
        rejected = {
            str(line.number): self.rejects[line.case_code]
            for line in persons.lines
            if line.case_code in self.rejects
        }
        return ListReceipt(
            number=persons.number,
            received_at=self.at,
            taken=len(persons.lines) - len(rejected),
            rejected=rejected,
        )

    @override
    async def correct(self, case: CaseCode, notice: CorrectionNotice) -> CorrectionReceipt | None:
        """Restore the person of a revoked act; nothing is undone twice."""
        self.pass_through()
        if not any(line.case_code == case for each in self.lists.values() for line in each.lines):
            return None
        revokes = notice.kind is CorrectionKind.REVOKED and not self.book.is_undone(case)
        effect = "restored" if revokes else "none"
        return self.book.again(case, notice) or self.book.keep(case, notice, effect)
