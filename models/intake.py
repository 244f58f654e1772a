"""What goes into the intake of a case, and what comes out of it."""

from datetime import datetime
from enum import StrEnum

from models.base import AgencyId, CaseCode, CaseId, GroupId, Instant, LawVersion, Message, ProcedureId
from models.findings import Finding


class Submission(Message):
    """A start of a case as it arrived, before anybody has trusted any of it."""

    case_id: CaseId
    run_id: str
    group: GroupId
    recorded_at: Instant
    declaration: str | None
    """The JSON text of the only argument; None where there was no such thing."""
    trouble: Finding | None = None
    """Why there is no JSON text: no argument, too many, not JSON, or no key of ours opens it."""
    sealed_with: str | None = None
    """Id of the key the declaration was encrypted with; None for a plain start."""


class IntakeDecision(StrEnum):
    """How an intake ends."""

    OPENED = "opened"
    REFUSED = "refused_at_intake"
    DUPLICATE = "duplicate"


class PlannedDossier(Message):
    """One procedure of the case as the pinned law has it on the reception day."""

    procedure: ProcedureId
    title: str
    short_title: str
    code: str
    agency: AgencyId
    agency_name: str
    unit: str
    after: tuple[ProcedureId, ...] = ()
    evidence: tuple[str, ...] = ()
    due_at: Instant | None = None
    """Known at intake only for a dossier that waits for no other."""
    due_explanation: tuple[str, ...] = ()


class Opening(Message):
    """An opened case: its code, its law and its dossiers. Recorded, and never computed again."""

    case_code: CaseCode
    group_title: str
    law_version: LawVersion
    province: str
    commune: str
    commune_name: str
    received_at: Instant
    backdated: bool = False
    promised_at: Instant
    due_soon_at: Instant
    due_explanation: tuple[str, ...] = ()
    calendar_id: str
    calendar_digest: str
    dossiers: tuple[PlannedDossier, ...]
    channels: tuple[AgencyId, ...]
    """The agencies that return the results, in order: `notice`, and `post` where paper is wanted."""
    plain_start: bool = False


class IntakeOutcome(Message):
    """Exactly one of: an opening, a list of errors, the code of the case that was first."""

    decision: IntakeDecision
    opening: Opening | None = None
    declaration_digest: str | None = None
    findings: tuple[Finding, ...] = ()
    duplicate_of: CaseCode | None = None
    receipt_sent: bool = False


def dossier_code(case_code: CaseCode, number: int) -> str:
    """Derive a dossier's own code from its case's: `-1`, `-2`, … in the order of the law."""
    return f"{case_code}-{number}"


def case_code_prefix(agency_code: str, received_at: datetime) -> str:
    """Derive what comes before the sequence number: the agency's code and the reception date."""
    return f"{agency_code}-{received_at:%y%m%d}"
