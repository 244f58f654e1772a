"""To be described."""

from pydantic import Field

from models.cases.requests import Request
from models.contracts.corrections import CorrectionKind
from models.contracts.dossiers import Facts
from models.kernel.base import CorrectionId, ProcedureId


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
