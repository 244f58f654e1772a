"""A correction as it is carried out: its steps, its tasks, and what happened in order."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from pydantic import JsonValue

from models.cases.archive import ArchivedCase
from models.cases.events import Event, Journal
from models.contracts.corrections import CorrectionReceipt
from models.corrections.plan import CorrectionStep
from models.corrections.requests import CorrectionDecision
from models.corrections.states import ENDED, SETTLED_STEPS, CorrectionState, StepState, TaskOutcome
from models.corrections.terms import Reminders
from models.kernel.base import AgencyId, CaseCode, CaseId, ProcedureId
from models.kernel.findings import Finding
from models.kernel.vocabulary import Attention, Holder


@dataclass
class RunningStep:
    """One step of the plan and how it stands."""

    plan: CorrectionStep
    state: StepState = StepState.WAITING
    receipt: CorrectionReceipt | None = None
    settled_at: datetime | None = None
    parked_because: str | None = None
    reason_code: str | None = None

    @property
    def is_settled(self) -> bool:
        """Nothing is left to do there."""
        return self.state in SETTLED_STEPS


@dataclass
class Task:
    """Money a named person owes an end to."""

    id: str
    step: CorrectionStep
    assignee: str
    opened_at: datetime
    reminders: Reminders
    reference: str | None = None
    outcome: TaskOutcome | None = None
    settled_by: str | None = None
    settled_at: datetime | None = None
    reason: str | None = None

    def is_overdue(self, now: datetime) -> bool:
        """Open past its due instant."""
        due_at = self.reminders.due_at
        return self.outcome is None and due_at is not None and now > due_at


@dataclass
class Correction(Journal):
    """The one mutable object of a correction; changed only by `models.acts.correcting`."""

    workflow_id: CaseId
    recorded_at: datetime
    state: CorrectionState = CorrectionState.RECEIVED
    decision: CorrectionDecision | None = None
    case: ArchivedCase | None = None
    case_was_open: bool | None = None
    case_was_told: bool = False
    approved_by: str | None = None
    approved_at: datetime | None = None
    held_by: str | None = None
    """Another correction of the same case, while this one waits for it."""
    parked_because: str | None = None
    """A step of our own that needs a person: our database, or the case itself."""
    steps: dict[str, RunningStep] = field(default_factory=dict)
    tasks: dict[str, Task] = field(default_factory=dict)
    findings: tuple[Finding, ...] = ()
    closed_at: datetime | None = None

    def __post_init__(self) -> None:
        """Begin with an empty journal."""
        super().__init__()

    def note(
        self,
        at: datetime,
        event: Event,
        about: CorrectionStep | None = None,
        /,
        **facts: JsonValue,
    ) -> None:
        """Put on record what happened. Facts that are None are left out; none is personal."""
        procedure, agency = (about.procedure, about.agency) if about else (self.act, None)
        self.enter(at, event, facts, procedure=procedure, agency=agency)

    @property
    def act(self) -> ProcedureId | None:
        """The procedure whose act was wrong."""
        return self.decision.act if self.decision else None

    @property
    def case_code(self) -> CaseCode | None:
        """The case it is about, once we know that there is one."""
        return self.case.case_code if self.case else None

    @property
    def is_ended(self) -> bool:
        """Nothing more will happen."""
        return self.state in ENDED

    @property
    def is_told(self) -> bool:
        """Every step has come to its end."""
        return bool(self.steps) and all(step.is_settled for step in self.steps.values())

    @property
    def attention(self) -> Attention:
        """A correction wants to be seen until it has ended; a parked one needs a person now.

        Its own last step, which puts the end on record, can be parked too.
        """
        if self.parked_because:
            return Attention.PARKED
        if self.is_ended:
            return Attention.NONE
        parked = any(step.state is StepState.PARKED for step in self.steps.values())
        return Attention.PARKED if parked else Attention.CORRECTION

    def waiting_for(self) -> list[str]:
        """Who must act next: agencies, an outage; us where a person or another step is awaited."""
        if self.is_ended:
            return []
        told = [s for s in self.steps.values() if s.state in (StepState.TELLING, *_TROUBLED)]
        holders = {str(step.plan.agency) for step in told}
        if any(step.state is StepState.UNREACHABLE for step in told):
            holders.add(Holder.OUTAGE)
        return sorted(holders) or [Holder.US]

    def open_tasks(self) -> Iterable[Task]:
        """What persons still owe."""
        return (task for task in self.tasks.values() if task.outcome is None)

    @property
    def first_agency(self) -> AgencyId | None:
        """The agency whose act it is."""
        found = (
            self.case
            and self.decision
            and next(
                (one for one in self.case.dossiers if one.procedure == self.decision.act), None
            )
        )
        return found.agency if found else None


_TROUBLED = (StepState.UNREACHABLE, StepState.PARKED)
