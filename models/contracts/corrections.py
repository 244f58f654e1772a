"""Telling an agency that an act it performed, or relied on, was corrected or revoked."""

from enum import StrEnum

from pydantic import Field

from models.contracts.dossiers import Facts
from models.kernel.base import Instant, Message, ProcedureId


class CorrectionKind(StrEnum):
    """What becomes of the act."""

    CORRECTED = "corrected"
    """A new version takes the old one's place."""
    REVOKED = "revoked"
    """It counts as never performed."""


class CorrectionNotice(Message):
    """Body of `POST /v1/dossiers/{key}/corrections`; the same correction again is done once.

    The agency whose act it is corrects or revokes it; every other one undoes or renews what it
    built upon it.
    """

    correction_id: str
    kind: CorrectionKind
    act: ProcedureId
    """The procedure whose act is wrong; the dossier's own procedure may be another."""
    facts: Facts = Field(default_factory=dict)
    """For `corrected`: what holds now."""
    decided_by: str
    approved_by: str
    legal_basis: str
    decided_at: Instant | None = None


class CorrectionReceipt(Message):
    """The agency's acknowledgement, and what it did."""

    acknowledged: bool
    at: Instant | None = None
    effect: str = ""
    """What was done: `corrected`, `revoked`, `restored`, `cancelled`, `renewed` or `none`."""
    reason_code: str | None = None
    """Why it was not acknowledged."""
    note: str | None = None
    issued: Facts = Field(default_factory=dict)
    """What was handed out anew."""
