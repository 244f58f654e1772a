"""What goes into the intake of a case, and what comes out of it."""

from datetime import datetime
from enum import StrEnum
from typing import Self

from models.clock.deadlines import CaseDeadlines
from models.clock.dossier_clock import DossierClock
from models.clock.steps import Milestone
from models.contracts.dossiers import Facts
from models.kernel.base import (
    AgencyId,
    CaseCode,
    CaseId,
    GroupId,
    Instant,
    LawVersion,
    Message,
    ProcedureId,
)
from models.kernel.findings import Finding
from models.law.places import ListPlace
from models.law.terms import HandoverRule, ListingRule


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


class PlannedConfirmation(Message):
    """Several persons must agree on one before a dossier is filed; with every date they have."""

    among: str
    """Dotted path of the declaration: the list of persons who confirm."""
    chosen: str
    """Dotted path of the declaration: whom they are asked to confirm."""
    fallback: str
    """Code of the written form that takes the place of a confirmation that did not come."""
    fallback_title: str
    reason_code: str
    """Why the dossier is closed where neither came."""
    remind_at: Instant
    confirm_by: Instant
    written_by: Instant


class PlannedDossier(Message):
    """One procedure of the case as the pinned law has it on the reception day."""

    procedure: ProcedureId
    title: str
    short_title: str
    code: str = ""
    """The dossier's own code, given together with the case code."""
    agency: AgencyId
    agency_name: str
    unit: str
    after: tuple[ProcedureId, ...] = ()
    evidence: tuple[str, ...] = ()
    issues: tuple[str, ...] = ()
    """What a grant must hand out."""
    clock: DossierClock | None = None
    """Known at intake only for a dossier that waits for no other."""
    steps: tuple[Milestone, ...] = ()
    alternatives: tuple["PlannedDossier", ...] = ()
    """The procedures one of which is performed for `procedure`, the word they share; each says
    what is to be planned if it is chosen. Empty: it is performed itself."""
    paid_by: AgencyId | None = None
    """Who pays out the `amount` a grant hands out; None: a grant pays nothing."""
    payee: str = ""
    """Dotted path of the declaration that says who is paid, and how."""
    confirmation: PlannedConfirmation | None = None
    """What the family must agree on before it is filed; None: nothing."""
    listing: ListingRule | None = None
    """The periodic list a grant puts a person on; None: none."""
    list_place: ListPlace | None = None
    """Whose list that is."""

    def with_code(self, code: str) -> Self:
        """Give it its code; whichever alternative is chosen goes on under the same."""
        alternatives = tuple(plan.with_code(code) for plan in self.alternatives)
        return self.model_copy(update={"code": code, "alternatives": alternatives})


class Opening(Message):
    """An opened case: its code, its law and its dossiers. Recorded, and never computed again."""

    case_code: CaseCode = CaseCode("")
    group_title: str
    province: str
    commune: str
    commune_name: str
    backdated: bool = False
    plain_start: bool = False
    deadlines: CaseDeadlines
    law: Facts
    """The whole definition as it read on the reception day: the case keeps it."""
    dossiers: tuple[PlannedDossier, ...]
    reasons: tuple[str, ...] = ()
    """The coded reasons of refusal known on the reception day."""
    channels: tuple[AgencyId, ...]
    """The agencies that return the results: `notice` first, then `post` where paper is wanted."""
    handover: HandoverRule | None = None
    """Results that reach the citizen through an officer who confirms it; None: none do."""

    @property
    def law_version(self) -> LawVersion:
        """Which definition the case keeps."""
        return self.deadlines.law_version

    @property
    def received_at(self) -> datetime:
        """When the citizen's file was received."""
        return self.deadlines.received_at

    @property
    def promised_at(self) -> datetime:
        """What stands on the receipt."""
        return self.deadlines.promised_at

    @property
    def due_soon_at(self) -> datetime:
        """From when on the case is due soon."""
        return self.deadlines.due_soon_at

    def with_code(self, case_code: CaseCode) -> Self:
        """Give the case its code, and each dossier its own, numbered in the order of the law."""
        coded = tuple(
            plan.with_code(f"{case_code}-{number}")
            for number, plan in enumerate(self.dossiers, start=1)
        )
        return self.model_copy(update={"case_code": case_code, "dossiers": coded})


class IntakeOutcome(Message):
    """Exactly one of: an opening, a list of errors, the code of the case that was first."""

    decision: IntakeDecision
    opening: Opening | None = None
    declaration: Facts | None = None
    """The declaration as it was read and composed: what the agencies are given."""
    declaration_digest: str | None = None
    findings: tuple[Finding, ...] = ()
    duplicate_of: CaseCode | None = None
    receipt_sent: bool = False
