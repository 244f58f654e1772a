"""What a correction orders its activities to do, and what they answer."""

from enum import StrEnum

from pydantic import Field

from models.cases.archive import ArchivedCase, ArchivedDossier
from models.cases.events import LedgerBatch
from models.cases.requests import CorrectCase, EndCorrection
from models.contracts.corrections import CorrectionNotice
from models.contracts.payments import PaymentAnswer, StopPayment
from models.corrections.requests import CorrectionDecision
from models.corrections.states import CorrectionState
from models.corrections.status import CorrectionStatus
from models.corrections.terms import Reminders
from models.kernel.base import (
    AgencyId,
    CaseCode,
    CaseId,
    CorrectionId,
    DossierKey,
    Instant,
    Message,
    ProcedureId,
)
from models.kernel.findings import Finding
from models.kernel.refs import CaseRef


class CorrectionIntake(StrEnum):
    """How the intake of a correction ends."""

    TAKEN = "taken"
    REFUSED = "refused"
    DUPLICATE = "duplicate"


class CorrectionOutcome(Message):
    """Exactly one of: a decision to carry out, a list of errors, what became of it before."""

    intake: CorrectionIntake
    decision: CorrectionDecision | None = None
    digest: str = ""
    case: ArchivedCase | None = None
    findings: tuple[Finding, ...] = ()
    approval: Reminders = Reminders()
    before: CorrectionStatus | None = None


class NewCorrection(Message):
    """A sound decision, to be put on the book of corrections."""

    decision: CorrectionDecision
    digest: str
    run_id: str
    recorded_at: Instant


class CorrectionEntry(Message):
    """What the book says of a correction."""

    is_ours: bool
    """This run carries it out."""
    digest: str
    report: CorrectionStatus | None = None


class ClaimCase(Message):
    """Ask to be the only correction at work on a case."""

    correction_id: CorrectionId
    case_code: CaseCode
    approved_by: str
    insists: bool = False
    """Try until it is so."""


class Claimed(Message):
    """Who is at work on the case, and what the notices to all agencies say for ever."""

    held_by: str | None = None
    """Another correction; None: this one."""
    approved_by: str = ""
    decided_at: Instant | None = None


class TellCase(Message):
    """Tell the case first."""

    case_code: CaseCode
    ref: CaseRef
    said: CorrectCase


class CaseHeard(Message):
    """What the case, or else the book, says of its dossiers."""

    was_open: bool
    dossiers: tuple[ArchivedDossier, ...] = ()
    refused: tuple[Finding, ...] = ()
    """Why the case does not take it."""


class AwaitDossier(Message):
    """Ask an open case until a dossier it asked back has come to its end."""

    case_code: CaseCode
    ref: CaseRef
    procedure: ProcedureId


class TellAgency(Message):
    """Tell one agency of the correction, about one dossier."""

    agency: AgencyId
    key: DossierKey
    notice: CorrectionNotice
    is_its_act: bool = False
    """It granted this, so it must know of it."""


class TellLists(Message):
    """Tell who was given the case's persons on lists."""

    agency: AgencyId
    case_code: CaseCode
    notice: CorrectionNotice


class StopMoney(Message):
    """Stop one payment."""

    agency: AgencyId
    key: str
    stop: StopPayment


class MoneyStopped(Message):
    """How the payment stood when it was to be stopped, and by when it would be claimed back."""

    answer: PaymentAnswer
    claim: Reminders


class EndCase(Message):
    """Tell the case that everybody has acknowledged."""

    ref: CaseRef
    said: EndCorrection


class KeepCorrection(Message):
    """Put on record how a correction stands."""

    correction_id: CorrectionId | None
    workflow_id: CaseId
    run_id: str
    state: CorrectionState
    is_in_force: bool = False
    """The agency of the act has acknowledged: the legal fact."""
    holds_case: bool = False
    report: CorrectionStatus
    batch: LedgerBatch = Field()
