"""What people and agencies say to an open case: the arguments of its updates, and their answer."""

from pydantic import Field

from models.cases.payouts import PayTo
from models.contracts.corrections import CorrectionKind
from models.contracts.dossiers import DossierAnswer, Facts, Supplement, SuppliedItem, WantedItem
from models.kernel.base import CaseCode, CorrectionId, Definition, DossierKey, Instant, ProcedureId
from models.kernel.vocabulary import CaseState, Outcome


class Request(Definition):
    """Anything said to a case; the same `request_id` again is answered the same."""

    request_id: str = Field(min_length=1, max_length=100)


class Decide(Request):
    """An agency's decision about one dossier."""

    procedure: ProcedureId
    round: int = Field(default=1, ge=1)
    decision_id: str = Field(min_length=1, max_length=100)
    outcome: Outcome
    reason_code: str | None = None
    items: tuple[WantedItem, ...] = ()
    issued: Facts = Field(default_factory=dict)
    decided_by: str = Field(min_length=1, max_length=100)
    decided_at: Instant
    unit: str | None = None
    """The unit that holds the dossier now, where the agency has passed it on."""

    def answer(self, key: DossierKey, version: int) -> DossierAnswer:
        """The same decision in the words of a poll."""
        return DossierAnswer(
            key=key,
            version=max(version, 1),
            outcome=self.outcome,
            decision_id=self.decision_id,
            decided_at=self.decided_at,
            reason_code=self.reason_code,
            items=self.items,
            issued=self.issued,
            unit=self.unit,
        )


class Supply(Request):
    """What the citizen hands in after a request for supplement."""

    procedure: ProcedureId
    items: tuple[SuppliedItem, ...] = Field(min_length=1)
    sent_at: Instant

    def supplement(self) -> Supplement:
        """The same in the words of the agency's contract."""
        return Supplement(request_id=self.request_id, items=self.items, sent_at=self.sent_at)


class Withdraw(Request):
    """The citizen takes back one dossier or all that are not settled."""

    procedures: tuple[ProcedureId, ...] | None = None
    """None: all that are not settled."""
    reason: str = Field(default="", max_length=500)


class Extend(Request):
    """An agency names the one new date of its apology (form 04)."""

    procedure: ProcedureId
    working_days: int = Field(ge=1, le=60)
    reason: str = Field(min_length=1, max_length=500)
    by: str = Field(min_length=1, max_length=100)


class Recalculate(Request):
    """Operations say that another calendar holds: open due instants are counted again."""

    calendar: str = Field(min_length=1, max_length=100)
    """Digest of the calendar to count by; the worker must have loaded it."""
    reason: str = Field(min_length=1, max_length=500)


class Resume(Request):
    """Operations say that a parked step may be tried again."""

    procedure: ProcedureId | None = None
    """None: the step of the case itself that is parked."""
    by: str = Field(min_length=1, max_length=100)
    reason: str = Field(default="", max_length=500)


class RedirectPayment(Request):
    """A person says where money is to go whose payment came back."""

    procedure: ProcedureId
    pay_to: PayTo
    by: str = Field(min_length=1, max_length=100)


class ConfirmRepresentative(Request):
    """A relative says whom the family wants to be represented by."""

    relative: str = Field(min_length=1, max_length=50)
    """Personal number of the relative who speaks."""
    representative: str = Field(min_length=1, max_length=50)
    """Personal number of the relative spoken for."""
    agrees: bool


class Accepted(Definition):
    """The answer to every update; holds no personal data and travels unencrypted."""

    accepted: bool = True
    case_code: CaseCode | None
    """None while the intake itself is parked: there is no code yet."""
    state: CaseState


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
