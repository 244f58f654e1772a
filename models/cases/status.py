"""What a case tells the outside: the answer of `status` and the result of the workflow."""

from pydantic import Field

from models.cases.payouts import Payment
from models.contracts.dossiers import Facts, WantedItem
from models.kernel.base import (
    CaseCode,
    CaseId,
    GroupId,
    Instant,
    LawVersion,
    Message,
)
from models.kernel.findings import Finding
from models.kernel.refs import DossierRef
from models.kernel.vocabulary import Attention, CaseState, DossierState, Outcome, SlaStatus
from models.working_time.used import WorkingTime


class DossierStatus(DossierRef):
    """How one procedure of the case stands."""

    round: int
    state: DossierState
    portal_state: int
    holder: str | None
    filed_at: Instant | None
    due_at: Instant | None
    original_due_at: Instant | None
    settled_at: Instant | None
    outcome: Outcome | None
    reason_code: str | None
    items: tuple[WantedItem, ...]
    issued: Facts
    revoked_by: str | None = None
    """The correction that took its result away, or the result it relied on."""
    payment: Payment | None = None
    """The payment that counts, of a grant that pays money out; None: it pays none, or not yet."""
    working_time: WorkingTime | None = None
    """Used and left as the `status` query finds it; None: not filed, or not asked about."""


class CaseStatus(Message):
    """The whole case, as a portal or an agency's backend reads it."""

    case_id: CaseId
    case_code: CaseCode | None = None
    group: GroupId
    law_version: LawVersion | None = None
    declaration_digest: str | None = None
    recorded_at: Instant
    received_at: Instant | None = None
    backdated: bool = False
    plain_start: bool = False
    promised_at: Instant | None = None
    due_at: Instant | None = None
    closed_at: Instant | None = None
    state: CaseState
    sla: SlaStatus = SlaStatus.ON_TIME
    attention: Attention = Attention.NONE
    duplicate_of: CaseCode | None = None
    dossiers: tuple[DossierStatus, ...] = ()
    errors: tuple[Finding, ...] = ()
    warnings: tuple[Finding, ...] = Field(default=())
