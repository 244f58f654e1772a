"""One procedure's run inside a case: its state, who holds it, and what was issued."""

from dataclasses import dataclass, field
from datetime import datetime

from models.cases.confirmations import Confirmation
from models.cases.events import STATE_OF_OUTCOME
from models.cases.payouts import Payout
from models.cases.status import DossierStatus
from models.clock.dossier_clock import DossierClock
from models.clock.steps import Milestone
from models.contracts.dossiers import DossierAnswer, Facts, Supplement, WantedItem, Withdrawal
from models.intake.intake import PlannedDossier
from models.kernel.base import ProcedureId
from models.kernel.refs import DossierRef
from models.kernel.vocabulary import RETURNED_TO_CITIZEN, DossierState, Holder, HolderKind, Outcome


@dataclass(frozen=True)
class Want:
    """What an agency once asked the citizen for."""

    at: datetime
    items: tuple[WantedItem, ...]
    note: str | None = None


@dataclass(frozen=True)
class Proposal:
    """One new date for an apology that is prepared; it binds nobody until the agency names it."""

    at: datetime
    due_at: datetime
    new_due_at: datetime
    state: DossierState
    holder: str | None


@dataclass
class Dossier:
    """Changed only by the acts on its case, which put each change on record."""

    plan: PlannedDossier
    state: DossierState = DossierState.WAITING
    round: int = 1
    unreachable: bool = False
    is_pending: bool = False
    """The first call brought no answer that lasts, so its agency is asked until it has one."""
    returned: bool = False
    unit: str = ""
    filed_at: datetime | None = None
    clock: DossierClock | None = None
    steps: tuple[Milestone, ...] = ()
    """Around the due instant, those that are still to come."""
    told: set[str] = field(default_factory=set)
    """Marks of the steps that were told or missed: a clock counted again tells none anew."""
    paused_at: datetime | None = None
    """Since when the clock stands still; None while it runs."""
    citizen_due_at: datetime | None = None
    withdrawal: Withdrawal | None = None
    """The citizen wants it back; its agency has not answered yet."""
    settled_at: datetime | None = None
    outcome: Outcome | None = None
    decisions: tuple[str, ...] = ()
    """Every decision taken, oldest first, so that one told twice is taken once."""
    decided_at: datetime | None = None
    """When the newest of them was made, so that an older one told late is known as such."""
    answers: int = 0
    reason_code: str | None = None
    version: int = 0
    items: tuple[WantedItem, ...] = ()
    handed_in: Supplement | None = None
    """What the citizen supplemented and the agency has not been given yet."""
    wants: tuple[Want, ...] = ()
    """Every request for supplement, oldest first."""
    computed_wants: int = 0
    """Of how many of them the legal clock has been told."""
    answer_by: dict[datetime, datetime] = field(default_factory=dict)
    """By when the citizen had to answer each of them."""
    apologies: tuple[str, ...] = ()
    """The reason of every new date that was named, oldest first."""
    proposals: tuple[Proposal, ...] = ()
    """Every apology that was prepared, oldest first."""
    issued: Facts = field(default_factory=dict)
    parked_because: str | None = None
    asked_as: ProcedureId | None = None
    """The word the family asked with; another than the procedure where the software chose it."""
    payout: Payout | None = None
    """What becomes of the money a grant pays out; None: it pays none."""
    confirmation: Confirmation | None = None
    """What the family must agree on before it is filed; None: nothing."""
    corrected_by: tuple[str, ...] = ()
    """Every correction of its act, oldest first."""
    revoked_by: str | None = None
    """The correction that took its act away, or the act it relies on."""

    @property
    def procedure(self) -> ProcedureId:
        """Which procedure this is."""
        return self.plan.procedure

    def __post_init__(self) -> None:
        """A dossier begins at the unit the law names; its agency may pass it on."""
        self.asked_as = self.asked_as or self.plan.procedure
        self.become(self.plan)

    def become(self, plan: PlannedDossier) -> None:
        """Be a dossier of this procedure: known at the start, or chosen before it is filed."""
        self.plan = plan
        self.unit = plan.unit
        self.payout = Payout(plan.paid_by) if plan.paid_by else None

    def is_called(self, procedure: ProcedureId) -> bool:
        """Whether people may mean this one: by its procedure, or by the word that was asked for."""
        alternatives = (one.procedure for one in self.plan.alternatives)
        return procedure in {self.procedure, self.asked_as, *alternatives}

    @property
    def due_at(self) -> datetime | None:
        """By when it is due; None while it waits for another."""
        return self.clock.due_at if self.clock else None

    @property
    def is_settled(self) -> bool:
        """Nothing more will happen to it, short of a correction."""
        return self.state.is_settled

    @property
    def is_granted(self) -> bool:
        """Its agency has said yes."""
        return self.state is DossierState.GRANTED

    @property
    def owes_money(self) -> bool:
        """Granted, and the money has neither arrived nor been stopped."""
        if not self.is_granted or self.payout is None or self.payout.is_over:
            return False
        return self.revoked_by is None or self.payout.is_under_way

    def payers(self) -> tuple[str, ...]:
        """Who holds the money of a grant: the agency that pays, an outage, or a person of ours."""
        payout = self.payout
        if payout is None or not self.owes_money:
            return ()
        if payout.held_because is not None:
            return (Holder.US,)
        return (payout.by,)

    @property
    def awaits_agency(self) -> bool:
        """It is filed, and its agency owes an answer."""
        return self.state.holder is HolderKind.AGENCY

    @property
    def waits_long(self) -> bool:
        """It was not answered at once."""
        if self.owes_money and self.payout is not None:
            return self.payout.is_slow or self.payout.held_because is not None
        if self.is_settled:
            return False
        return self.unreachable or self.is_pending or self.state.takes_time

    @property
    def waits_for_citizen(self) -> bool:
        """Its clock knows of a request to the citizen: it stands still, or there is a limit."""
        return self.paused_at is not None or self.citizen_due_at is not None

    @property
    def citizen_limit(self) -> datetime | None:
        """The end of the citizen's time; None once they have answered, or where none is set."""
        wanted = self.state is DossierState.SUPPLEMENT_WANTED
        return self.citizen_due_at if wanted else None

    @property
    def holder(self) -> str | None:
        """Who holds the clock now; None once settled."""
        if self.is_settled:
            return None
        if self.unreachable:
            return Holder.OUTAGE
        if self.awaits_agency:
            return self.plan.agency
        return Holder(self.state.holder.value)

    def take(self, answer: DossierAnswer, at: datetime) -> None:
        """Become what the agency answered; `at` is when we learnt it."""
        self.state, self.parked_because = STATE_OF_OUTCOME[answer.outcome], None
        self.version = max(self.version, answer.version)
        self.items = answer.items
        self.reason_code = answer.reason_code
        self.answers += 1
        if answer.outcome is Outcome.SUPPLEMENT:
            self.wants = (*self.wants, Want(at, answer.items, answer.note))
        if answer.decision_id:
            self.decisions = (*self.decisions, answer.decision_id)
        if answer.decided_at:
            self.decided_at = max(self.decided_at or answer.decided_at, answer.decided_at)
        if self.is_settled:
            self.outcome = answer.outcome
            self.settled_at = at
            self.issued = answer.issued
            self.steps = ()

    def settle(self, state: DossierState, at: datetime) -> None:
        """Come to an end that no agency's answer brought."""
        self.state, self.settled_at, self.unreachable = state, at, False
        self.steps = ()

    def is_overdue(self, now: datetime) -> bool:
        """Still open past its due instant."""
        runs = not self.is_settled and self.paused_at is None
        return runs and self.due_at is not None and now > self.due_at

    def ref(self) -> DossierRef:
        """How it is named outside."""
        plan = self.plan
        return DossierRef(
            procedure=plan.procedure,
            title=plan.title,
            code=plan.code,
            agency=plan.agency,
            agency_name=plan.agency_name,
            unit=self.unit,
        )

    def status(self) -> DossierStatus:
        """How it stands, for the outside."""
        return DossierStatus(
            **dict(self.ref()),
            round=self.round,
            state=self.state,
            portal_state=RETURNED_TO_CITIZEN if self.returned else self.state.portal,
            holder=self.holder,
            filed_at=self.filed_at,
            due_at=self.due_at,
            original_due_at=self.clock.original_due_at if self.clock else None,
            settled_at=self.settled_at,
            outcome=self.outcome,
            reason_code=self.reason_code,
            items=self.items,
            issued=self.issued,
            revoked_by=self.revoked_by,
            payment=self.payout.last if self.payout else None,
        )
