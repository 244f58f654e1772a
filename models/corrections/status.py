"""What a correction tells the outside: the answer of `status` and the result of its workflow."""

from models.contracts.corrections import CorrectionKind
from models.corrections.plan import StepKind
from models.corrections.words import CorrectionState, StepState, TaskOutcome
from models.kernel.base import AgencyId, CaseCode, CorrectionId, Instant, Message, ProcedureId
from models.kernel.findings import Finding
from models.kernel.vocabulary import Attention


class StepStatus(Message):
    """One agency that must act, and what it answered. Holds nothing it issued."""

    id: str
    kind: StepKind
    agency: AgencyId
    title: str
    key: str
    procedure: ProcedureId
    state: StepState
    acknowledged_at: Instant | None = None
    """When the agency says it acknowledged."""
    settled_at: Instant | None = None
    """When we heard of it."""
    effect: str | None = None
    reason_code: str | None = None
    parked_because: str | None = None


class TaskStatus(Message):
    """Money a named person must claim back."""

    id: str
    assignee: str
    amount: int | None
    """Whole đồng; None: only the payer knows."""
    payment_key: str
    reference: str | None = None
    """The payer's own number of what was paid."""
    opened_at: Instant
    due_at: Instant | None = None
    due_is_verified: bool = False
    overdue: bool = False
    outcome: TaskOutcome | None = None
    settled_by: str | None = None
    settled_at: Instant | None = None
    reason: str | None = None


class CorrectionStatus(Message):
    """The whole correction. Holds no personal data: officers are ids, facts are left out."""

    correction_id: CorrectionId | None = None
    workflow_id: str
    case_code: CaseCode | None = None
    case_id: str | None = None
    kind: CorrectionKind | None = None
    act: ProcedureId | None = None
    state: CorrectionState
    attention: Attention = Attention.NONE
    is_duplicate: bool = False
    """The decision was carried out before: this is what became of it then."""
    case_was_open: bool | None = None
    decided_by: str | None = None
    approved_by: str | None = None
    approved_at: Instant | None = None
    legal_basis: str | None = None
    recorded_at: Instant
    closed_at: Instant | None = None
    steps: tuple[StepStatus, ...] = ()
    tasks: tuple[TaskStatus, ...] = ()
    errors: tuple[Finding, ...] = ()
