"""One vocabulary of what happens in a case: for the ledger, the logs, the tests and the report."""

from enum import StrEnum

from pydantic import Field, JsonValue

from models.cases.lists import ListEntry
from models.contracts.dossiers import Notice
from models.kernel.base import AgencyId, CaseCode, CaseId, Instant, Message, ProcedureId


class Event(StrEnum):
    """What happened, `<noun>.<past participle>`."""

    CASE_OPENED = "case.opened"
    CASE_REFUSED = "case.refused_at_intake"
    CASE_DUPLICATED = "case.duplicated"
    CASE_CLOSED = "case.closed"
    RECEIPT_SENT = "receipt.sent"
    RECEIPT_DELAYED = "receipt.delayed"
    DOSSIER_FILED = "dossier.filed"
    DOSSIER_ACCEPTED = "dossier.accepted"
    DOSSIER_VERIFYING = "dossier.verifying"
    DOSSIER_SUPPLEMENT_WANTED = "dossier.supplement_wanted"
    DOSSIER_SUPPLEMENTED = "dossier.supplemented"
    DOSSIER_GRANTED = "dossier.granted"
    DOSSIER_REFUSED = "dossier.refused"
    DOSSIER_NOT_FILED = "dossier.not_filed"
    DOSSIER_STOPPED = "dossier.stopped"
    DOSSIER_WITHDRAWN = "dossier.withdrawn"
    DOSSIER_HANDED_OVER = "dossier.handed_over"
    WITHDRAWAL_ASKED = "withdrawal.asked"
    WITHDRAWAL_REFUSED = "withdrawal.refused"
    DUE_MOVED = "due.moved"
    STEP_REACHED = "step.reached"
    STEP_MISSED = "step.missed"
    AGENCY_UNREACHABLE = "agency.unreachable"
    AGENCY_REACHED = "agency.reached"
    STEP_PARKED = "step.parked"
    STEP_RESUMED = "step.resumed"
    PAYMENT_ORDERED = "payment.ordered"
    PAYMENT_PAID = "payment.paid"
    PAYMENT_RETURNED = "payment.returned"
    PAYMENT_STOPPED = "payment.stopped"
    PAYMENT_REDIRECTED = "payment.redirected"
    PAYMENT_HELD = "payment.held"
    PAYMENT_RESUMED = "payment.resumed"
    PROCEDURE_CHOSEN = "procedure.chosen"
    CONFIRMATION_ASKED = "confirmation.asked"
    CONFIRMATION_AWAITED = "confirmation.awaited"
    CONFIRMATION_HEARD = "confirmation.heard"
    CONFIRMATION_REACHED = "confirmation.reached"
    CONFIRMATION_MISSED = "confirmation.missed"
    RESULTS_RETURNED = "results.returned"
    PARCEL_POSTED = "parcel.posted"
    PARCEL_HANDED_OVER = "parcel.handed_over"
    CORRECTION_TAKEN = "correction.taken"
    CORRECTION_REFUSED = "correction.refused"
    CORRECTION_DUPLICATED = "correction.duplicated"
    CORRECTION_APPROVED = "correction.approved"
    CORRECTION_DISAGREED = "correction.disagreed"
    CORRECTION_QUEUED = "correction.queued"
    CORRECTION_BEGUN = "correction.begun"
    CORRECTION_ACKNOWLEDGED = "correction.acknowledged"
    CORRECTION_GIVEN_BACK = "correction.given_back"
    CORRECTION_TOLD = "correction.told"
    CORRECTION_ENDED = "correction.ended"
    CORRECTION_CLOSED = "correction.closed"
    CORRECTION_CANCELLED = "correction.cancelled"
    APPROVAL_REMINDED = "approval.reminded"
    CLAIM_OPENED = "claim.opened"
    CLAIM_REMINDED = "claim.reminded"
    CLAIM_SETTLED = "claim.settled"


NOT_SUPPLEMENTED = "supplement_not_given"
"""Why a dossier was stopped: the citizen let the limit for a supplement pass."""

CANCELLED = "case_cancelled"
"""Why a dossier is asked back from its agency: an operator has cancelled the case."""


class LedgerEntry(Message):
    """One line of a case's record, numbered without gaps from 1. Holds no personal data."""

    seq: int = Field(ge=1)
    at: Instant
    event: Event
    procedure: ProcedureId | None = None
    agency: AgencyId | None = None
    facts: dict[str, JsonValue] = Field(default_factory=dict)


class LedgerBatch(Message):
    """Consecutive entries of one run of a case; writing a batch twice is writing it once."""

    case_id: CaseId
    run_id: str
    case_code: CaseCode | None
    entries: tuple[LedgerEntry, ...]
    notices: tuple[Notice, ...] = ()
    """Reminders to agencies, to be sent by whoever empties our outbox. No personal data."""
    persons: tuple[ListEntry, ...] = ()
    """Who is to stand on a periodic list; the only personal data of a batch, kept sealed."""
