"""What came out of a demonstration, compared with what was meant to: the JSON of `--json`."""

from datetime import date

from models.kernel.base import GroupId, Message
from models.kernel.vocabulary import Attention, SlaStatus
from simulation.demo.kinds import Kind


class KindSummary(Message):
    """What became of one kind of declaration."""

    group: GroupId
    kind: Kind
    submitted: int
    intended_state: str
    """A state of the case; for those left open, how they are meant to stand."""
    intended_reason_codes: tuple[str, ...]
    as_intended: int
    got: dict[str, int]
    """How many ended in which state; `open` for those that have not, or how they stand if left."""
    got_reason_codes: tuple[str, ...]


class OpenCase(Message):
    """A case that was still open at the end."""

    case_id: str
    case_code: str | None
    waiting_for: tuple[str, ...]


class LeftOpen(Message):
    """A case that was left open on purpose, for people to go on with."""

    kind: Kind
    case_id: str
    case_code: str | None
    sla: SlaStatus
    attention: Attention


class IssuedSummary(Message):
    """How many times a procedure was granted, and how many different numbers it gave out."""

    procedure: str
    granted: int
    different: int


class PaidSummary(Message):
    """The money that was paid out, in whole đồng."""

    payments: int
    decisions: int
    """How many different decisions that is; fewer than payments: one was paid twice."""
    amount: int
    returned: int
    """How many came back from the bank and wait for a person."""


class Speed(Message):
    """How quick it was; None where there was nothing to measure."""

    first_completed_seconds: float | None
    """From the start of the command until the first completed case was seen."""
    declarations_per_second: float | None
    """From the first start of a case to the last end of one, by the server's clock."""
    receipt_p95_seconds: float | None
    """From handing a declaration in to the decision of the intake, with the receipt sent."""


class Summary(Message):
    """The whole of a demonstration."""

    as_intended: bool
    seed: int
    seed_used_before: bool
    first_family: int
    first_household: int
    submitted: int
    opened: int
    states: dict[str, int]
    reason_codes: dict[str, int]
    sla: dict[str, int]
    backdated: int
    backdating_refused: int
    plain_starts: int
    kinds: tuple[KindSummary, ...]
    issued: tuple[IssuedSummary, ...]
    paid: PaidSummary
    open_cases: tuple[OpenCase, ...]
    left_open: tuple[LeftOpen, ...]
    """Not among `open_cases`: these are as they should be."""
    papers: tuple[str, ...]
    """Codes of cases whose official forms together are one of every kind a case can have."""
    day: date
    """The day everything is told from, as the calendar in Vietnam has it."""
    example_case: str | None
    """A case worth looking at: one that was completed in part, or else the first completed."""
    speed: Speed
    temporal_ui: str | None
