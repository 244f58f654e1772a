"""What is said to a correction, and what a correction says to an open case."""

from pydantic import Field

from models.cases.requests import Request
from models.corrections.words import CorrectionState, TaskOutcome
from models.kernel.base import CaseCode, Definition, OfficerId


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
