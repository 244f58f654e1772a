"""A case: its dossiers, what happened to them in order, and what follows for the whole."""

from collections.abc import Collection
from datetime import datetime

from pydantic import JsonValue

from models.cases.clock import CaseClock
from models.cases.dossier import Dossier
from models.cases.events import Event, Journal
from models.contracts.dossiers import Facts
from models.intake.intake import IntakeOutcome, Opening
from models.kernel.base import AgencyId, CaseCode, CaseId, GroupId, ProcedureId, vietnam_time
from models.kernel.vocabulary import Attention, CaseState, DossierState, Holder, SlaStatus


def case_state_of(dossiers: Collection[DossierState]) -> CaseState:
    """The case's state follows from its dossiers' alone."""
    if any(not state.is_settled for state in dossiers):
        return _open_state(dossiers)
    granted = [state for state in dossiers if state is DossierState.GRANTED]
    if granted:
        whole = len(granted) == len(dossiers)
        return CaseState.COMPLETED if whole else CaseState.PARTLY_COMPLETED
    if all(state is DossierState.WITHDRAWN for state in dossiers):
        return CaseState.WITHDRAWN
    if DossierState.REFUSED in dossiers:
        return CaseState.REFUSED
    return CaseState.STOPPED


def _open_state(dossiers: Collection[DossierState]) -> CaseState:
    if DossierState.SUPPLEMENT_WANTED in dossiers:
        return CaseState.SUPPLEMENT_WANTED
    return CaseState.IN_PROGRESS


MAY_BE_FILED_AGAIN = frozenset(
    {
        CaseState.RECEIVED,
        CaseState.REFUSED_AT_INTAKE,
        CaseState.WITHDRAWN,
        CaseState.STOPPED,
        CaseState.REFUSED,
    }
)
"""Ends after which the same life event may open a new case; `received`: cancelled at intake."""


DONE = frozenset({CaseState.COMPLETED, CaseState.PARTLY_COMPLETED})
"""States of a case whose dossiers are settled, in which nothing is owed any more."""


class Case(Journal):
    """The one mutable object of a case. Changed only by the acts (`models.acts`).

    Every act notes an entry, so the entries tell the whole. An act takes the case and the instant
    at which it happens; none reads a clock.
    """

    def __init__(self, case_id: CaseId, group: GroupId, recorded_at: datetime) -> None:
        super().__init__()
        self.case_id = case_id
        self.group = group
        self.recorded_at = recorded_at
        self.intake: IntakeOutcome | None = None
        self.opening: Opening | None = None
        self.dossiers: dict[ProcedureId, Dossier] = {}
        self.clock: CaseClock | None = None
        self.parked_step: str | None = None
        self.on_its_way: AgencyId | None = None
        """Who carries results that are still to be handed over."""
        self.corrections: dict[str, ProcedureId] = {}
        """The corrections under way, by their id, and whose act each is about."""
        self.corrected_facts: Facts = {}
        """By dotted path: what holds now in the place of what was declared."""
        self.away: list[AgencyId] = []
        """Agencies out of reach to whom the case itself has something to say."""
        self.bundles = 0
        """How many bundles of results have gone back: one, unless the family held up the rest."""
        self.in_motion = 0
        """How many dossiers are between two holders, for moments nobody needs to see."""
        self.closed_at: datetime | None = None

    def note(
        self, at: datetime, event: Event, dossier: Dossier | None = None, **facts: JsonValue
    ) -> None:
        """Put on record what a transition has done. Facts that are None are left out."""
        procedure, agency = (dossier.procedure, dossier.plan.agency) if dossier else (None, None)
        self.enter(at, event, facts, procedure=procedure, agency=agency)

    def note_agency(self, at: datetime, event: Event, agency: AgencyId, **facts: JsonValue) -> None:
        """Put on record what concerns an agency and no dossier."""
        self.enter(at, event, facts, procedure=None, agency=agency)

    @property
    def case_code(self) -> CaseCode | None:
        """The code of the case; None while it is not open."""
        return self.opening.case_code if self.opening else None

    @property
    def code(self) -> CaseCode:
        """The code of an open case.

        Raises:
            ValueError: the case is not open.
        """
        if self.opening is None:
            raise ValueError("the case is not open")
        return self.opening.case_code

    def find(self, procedure: ProcedureId) -> Dossier:
        """The dossier people mean: by its procedure, or by the word the family asked with.

        Raises:
            KeyError: the case has no such dossier.
        """
        for dossier in self.dossiers.values():
            if dossier.is_called(procedure):
                return dossier
        raise KeyError(procedure)

    @property
    def state(self) -> CaseState:
        """Where the case stands; follows from the intake and the dossiers."""
        if self.intake is None:
            return CaseState.RECEIVED
        if self.opening is None:
            return CaseState(self.intake.decision)
        state = case_state_of([dossier.state for dossier in self.dossiers.values()])
        still_pays = self.owes_money and self.closed_at is None
        return CaseState.IN_PROGRESS if state in DONE and still_pays else state

    @property
    def owes_money(self) -> bool:
        """A grant's money is still on its way."""
        return any(dossier.owes_money for dossier in self.dossiers.values())

    @property
    def is_settled(self) -> bool:
        """Every dossier has come to its end."""
        return all(dossier.is_settled for dossier in self.dossiers.values())

    @property
    def owes_receipt(self) -> bool:
        """The receipt could not be sent at intake."""
        return self.opening is not None and self.intake is not None and not self.intake.receipt_sent

    @property
    def attention(self) -> Attention:
        """Whether a person of operations must look."""
        if self.corrections and self.closed_at is None:
            return Attention.CORRECTION
        known = self.dossiers.values()
        parked = any(d.state is DossierState.PARKED for d in known)
        held = any(d.owes_money and d.payout and d.payout.held_because for d in known)
        return Attention.PARKED if parked or held or self.parked_step else Attention.NONE

    @property
    def waits_long(self) -> bool:
        """Something was not answered at once, so thresholds must be watched."""
        stuck = self.parked_step is not None or self.on_its_way is not None
        held_up = stuck or bool(self.corrections) or bool(self.away)
        return held_up or any(d.waits_long for d in self.dossiers.values())

    def holds(self, dossier: Dossier) -> bool:
        """An act it relies on is being corrected: it is filed with what holds afterwards."""
        return any(act in dossier.plan.after for act in self.corrections.values())

    def waiting_for(self) -> list[str]:
        """Who holds the open dossiers: agencies, the citizen, an outage; us only if nobody else."""
        open_ = [d for d in self.dossiers.values() if not d.is_settled]
        holders = {str(d.holder) for d in open_ if d.state is not DossierState.WAITING}
        holders |= {one for d in self.dossiers.values() for one in d.payers()}
        holders |= {str(d.plan.agency) for d in open_ if d.unreachable}
        holders |= {str(self.on_its_way)} if self.on_its_way else set()
        holders |= {*self.away, Holder.OUTAGE} if self.away else set()
        if holders or self.closed_at:
            return sorted(holders)
        return [Holder.US]

    def overdue_at(self, now: datetime) -> list[str]:
        """The agencies that hold a dossier past its due instant, or results past the case's."""
        late = {str(d.plan.agency) for d in self.dossiers.values() if d.is_overdue(now)}
        if self.on_its_way and self.due_at is not None and now > self.due_at:
            late.add(self.on_its_way)
        return sorted(late)

    @property
    def due_at(self) -> datetime | None:
        """By when the whole case is due now; what was promised never changes."""
        return self.clock.due_at if self.clock else None

    def sla(self, now: datetime) -> SlaStatus:
        """How the case stands against its due instant."""
        if self.clock is None:
            return SlaStatus.ON_TIME
        if self.closed_at:
            return self.clock.sla_at_close(self.closed_at)
        return self.clock.sla(self.dossiers.values(), now)

    def next_threshold(self) -> datetime | None:
        """The next instant at which something must be done; perhaps already past."""
        return self.clock.next_threshold(self.dossiers.values()) if self.clock else None


def written(instant: datetime | None) -> str | None:
    """An instant as entries hold it: Vietnamese time, with its offset."""
    return vietnam_time(instant).isoformat() if instant else None
