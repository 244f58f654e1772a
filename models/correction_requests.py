"""What is said to a correction, and what a correction says to an open case."""

from pydantic import Field

from models.base import CaseCode, Definition, ProcedureId
from models.correction_decisions import CorrectionId, OfficerId
from models.correction_words import CorrectionState, TaskOutcome
from models.requests import Request
from models.wire import Facts
from models.wire_corrections import CorrectionKind


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


class CorrectCase(Request):
    """Told to an open case before anybody else: one of its acts is being corrected or revoked."""

    correction_id: CorrectionId
    kind: CorrectionKind
    act: ProcedureId
    facts: Facts = Field(default_factory=dict)


class EndCorrection(Request):
    """Told to an open case at the end: everybody who relied on the act has acknowledged."""

    correction_id: CorrectionId
    issued: Facts = Field(default_factory=dict)
    """What the act's agency handed out anew."""
