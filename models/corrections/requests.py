"""What is said to a correction, and what a correction says to an open case."""

from pydantic import Field

from models.cases.requests import Request
from models.contracts.corrections import CorrectionKind
from models.contracts.dossiers import Facts
from models.corrections.states import CorrectionState, TaskOutcome
from models.kernel.base import CaseCode, CaseId, CorrectionId, Definition, OfficerId, ProcedureId


class CorrectionDecision(Definition):
    """A decision to correct or revoke one act of a case. Only `facts` may hold personal data."""

    correction_id: CorrectionId = Field(pattern=r"^[A-Za-z0-9._-]{1,64}$")
    """The decision's own number, written so that it fits an id: `12-QD-UBND-2026`."""
    case_code: CaseCode = Field(pattern=r"^[A-Za-z0-9.-]{1,64}$")
    kind: CorrectionKind
    act: ProcedureId = Field(pattern=r"^[a-z0-9_]{1,64}$")
    """The procedure whose act was wrong."""
    facts: Facts = Field(default_factory=dict)
    """What holds now, by dotted path as in the declaration, e.g. `child.full_name`."""
    decided_by: OfficerId
    approved_by: OfficerId | None = None
    """Another person; None: the correction waits for one."""
    legal_basis: str = Field(min_length=1, max_length=300)
    """Number and date of the decision; it stands in the ledger, so it names no person."""
    assignee: OfficerId | None = None
    """Who claims back what was paid; None: who decided."""


def correction_workflow_id(correction_id: str) -> CaseId:
    """The id of the workflow that carries a correction."""
    return CaseId(f"correction/{correction_id}")


def is_same_person(one: str, other: str) -> bool:
    """Officer ids are compared as people read them: case tells nobody apart."""
    return one.casefold() == other.casefold()


class Approve(Request):
    """The second person's word."""

    by: OfficerId
    agrees: bool
    reason: str = Field(default="", max_length=300)
    """Needed where they do not agree. It stands in the ledger, so it names no person."""


class SettleTask(Request):
    """A person closes the task of claiming money back."""

    task: str = Field(min_length=1, max_length=200)
    outcome: TaskOutcome
    by: OfficerId
    reason: str = Field(min_length=1, max_length=300)
    """It stands in the ledger, so it names no person."""


class ResumeStep(Request):
    """Operations say that a parked step may be tried again."""

    step: str | None = None
    """None: every step that is parked."""
    by: OfficerId
    reason: str = Field(default="", max_length=300)


class CorrectionAccepted(Definition):
    """The answer to every update of a correction; holds no personal data."""

    accepted: bool = True
    case_code: CaseCode | None
    state: CorrectionState
