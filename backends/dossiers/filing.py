"""A dossier as an agency reads it: the wire contract, with the evidence its procedure needs."""

from datetime import datetime
from typing import Generic, Literal, TypeVar

from pydantic import Field, JsonValue

from backends.shared.fields import (
    CaseCodeText,
    CommuneCode,
    ExactInstant,
    Key,
    Line,
    OfficerId,
    ReasonCodeText,
    Round,
)
from models.kernel.base import Message

E = TypeVar("E", bound=Message)


class Filing(Message, Generic[E]):
    """Body of `PUT /v1/dossiers/{key}` for one procedure."""

    key: Key
    case_code: CaseCodeText
    procedure: str
    round: Round
    unit: CommuneCode
    received_at: ExactInstant
    due_at: ExactInstant | None = None
    evidence: E


class HandedIn(Message):
    """One thing the citizen handed in."""

    code: Line
    reference: Line


class SupplementPosting(Message):
    """Body of `POST …/supplements`."""

    request_id: Line
    items: tuple[HandedIn, ...]
    sent_at: ExactInstant


class WithdrawalPosting(Message):
    """Body of `POST …/withdrawal`."""

    request_id: Line
    reason: Line | None = None


class CorrectionPosting(Message):
    """Body of `POST …/corrections`: the wire contract, each field within its bounds."""

    correction_id: Line
    kind: Literal["corrected", "revoked"]
    act: Line
    facts: dict[str, JsonValue] = Field(default_factory=dict)
    decided_by: OfficerId
    approved_by: OfficerId
    legal_basis: Line
    decided_at: ExactInstant | None = None

    @property
    def revokes(self) -> bool:
        """Whether the act counts as never performed."""
        return self.kind == "revoked"


class Wanted(Message):
    """One thing the officer asks the citizen for."""

    code: Line
    description: Line = ""


class DecisionPosting(Message):
    """Body of an officer's decision at the desk."""

    outcome: Literal["granted", "refused", "supplement", "verify"]
    reason_code: ReasonCodeText | None = None
    note: Line | None = None
    items: tuple[Wanted, ...] = ()
    decided_by: OfficerId


class DeskEntry(Message):
    """A dossier as it stands on the desk's list; no evidence, no names."""

    key: str
    case_code: str
    procedure: str
    unit: str
    outcome: str
    version: int
    received_at: datetime
    decided_by: str | None = None


class DeskList(Message):
    """The dossiers of one agency, oldest first."""

    dossiers: tuple[DeskEntry, ...] = Field(default=())


class Standing(Message):
    """What a granted dossier brought about, as the agency's register has it now."""

    key: str
    state: Literal["valid", "revoked", "cancelled", "restored"]
    version: int = 1
    """How often it was renewed, and one."""
    issued: dict[str, JsonValue] = Field(default_factory=dict)
