"""Lists without their persons: what people and programs are told about them."""

from datetime import date

from models.contracts.lists import ListKind
from models.kernel.base import CaseCode, Instant, Message
from models.lists.orders import LineFee


class Rejection(Message):
    """A line the agency could not carry out; a finding until a person says what became of it."""

    line: int
    case_code: CaseCode
    reason_code: str
    settled_by: str | None = None
    settled_how: str | None = None

    @property
    def is_open(self) -> bool:
        """Nobody has dealt with it yet."""
        return self.settled_by is None


class IssuedList(Message):
    """A list without its persons: what people and programs are told about it."""

    number: str
    kind: ListKind
    place: str
    place_name: str
    until: date
    compiled_at: Instant
    lines: int
    fee_per_line: int
    fee_total: int
    fee: LineFee
    acknowledged_at: Instant | None = None
    taken: int | None = None
    trouble: str | None = None
    rejections: tuple[Rejection, ...] = ()

    @property
    def has_findings(self) -> bool:
        """A person must look: it cannot be delivered, or a rejected line is open."""
        return self.trouble is not None or any(one.is_open for one in self.rejections)
