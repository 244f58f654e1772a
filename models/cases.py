"""A case: its dossiers, what happened to them in order, and what follows for the whole."""

from datetime import datetime
from typing import Self

from pydantic import JsonValue

from models.base import CaseCode, CaseId, GroupId, ProcedureId, vietnam_time
from models.case_state import case_state_of
from models.dossiers import Dossier
from models.events import Event, LedgerEntry
from models.intake import IntakeDecision, IntakeOutcome, Opening
from models.requests import Decide, Supply
from models.sla import sla_when_closed, sla_while_open
from models.status import CaseStatus
from models.vocabulary import Attention, CaseState, DossierState, Holder, Outcome, SlaStatus
from models.wire import DossierAnswer, key_for

EVENT_OF_OUTCOME = {
    Outcome.ACCEPTED: Event.DOSSIER_ACCEPTED,
    Outcome.VERIFY: Event.DOSSIER_VERIFYING,
    Outcome.SUPPLEMENT: Event.DOSSIER_SUPPLEMENT_WANTED,
    Outcome.GRANTED: Event.DOSSIER_GRANTED,
    Outcome.REFUSED: Event.DOSSIER_REFUSED,
}


class Case:
    """The one mutable object of a case. Every change is an entry, so the entries tell the whole.

    Methods take the instant at which they happen; none reads a clock.
    """

    def __init__(self, case_id: CaseId, group: GroupId, recorded_at: datetime) -> None:
        self.case_id = case_id
        self.group = group
        self.recorded_at = recorded_at
        self.entries: list[LedgerEntry] = []
        self.intake: IntakeOutcome | None = None
        self.opening: Opening | None = None
        self.dossiers: dict[ProcedureId, Dossier] = {}
        self.parked_step: str | None = None
        self.in_motion = 0
        """How many dossiers are between two holders, for moments nobody needs to see."""
        self.closed_at: datetime | None = None

    def take_in(self, outcome: IntakeOutcome, at: datetime) -> Self:
        """Begin as the intake decided: opened, refused with every reason, or a duplicate."""
        self.intake = outcome
        self.opening = outcome.opening
        match outcome.decision:
            case IntakeDecision.REFUSED:
                rules = sorted({finding.rule for finding in outcome.findings})
                self._note(at, Event.CASE_REFUSED, rules=list(rules))
            case IntakeDecision.DUPLICATE:
                self._note(at, Event.CASE_DUPLICATED, duplicate_of=outcome.duplicate_of)
            case IntakeDecision.OPENED:
                self._open(outcome, at)
        return self

    def file(self, dossier: Dossier, at: datetime, due_at: datetime | None) -> None:
        """Hand a dossier to its agency: from this instant the agency holds the clock."""
        dossier.state = DossierState.SUBMITTED
        dossier.filed_at = at
        dossier.due_at = dossier.original_due_at = due_at
        self._note(at, Event.DOSSIER_FILED, dossier, due_at=_written(due_at))

    def take_answer(self, dossier: Dossier, answer: DossierAnswer, at: datetime) -> None:
        """Record what an agency answered; an answer already taken changes nothing."""
        if dossier.is_settled or answer.decision_id in dossier.decisions:
            return
        self.regain_contact(dossier, at)
        dossier.take(answer, at)
        self._note(
            at,
            EVENT_OF_OUTCOME[answer.outcome],
            dossier,
            decision_id=answer.decision_id,
            decided_at=_written(answer.decided_at),
            reason_code=answer.reason_code,
        )

    def hear(self, decision: Decide, at: datetime) -> None:
        """Take a decision an agency called in with; told again, it changes nothing."""
        dossier = self.dossiers[decision.procedure]
        key = key_for(self._code(), dossier.procedure, dossier.round)
        self.take_answer(dossier, decision.answer(key, dossier.version), at)

    def supplement(self, said: Supply, at: datetime) -> None:
        """The citizen has handed in what was wanted: the agency holds the clock again."""
        dossier = self.dossiers[said.procedure]
        dossier.state = DossierState.ACCEPTED
        dossier.items = ()
        dossier.handed_in = said.supplement()
        codes = sorted({item.code for item in said.items})
        self._note(at, Event.DOSSIER_SUPPLEMENTED, dossier, items=list(codes))

    def lose_contact(self, dossier: Dossier, at: datetime) -> None:
        """An agency cannot be reached: that time is nobody's performance."""
        dossier.unreachable = True
        self._note(at, Event.AGENCY_UNREACHABLE, dossier, since=_written(dossier.filed_at))

    def regain_contact(self, dossier: Dossier, at: datetime) -> None:
        """The agency answers again."""
        if dossier.unreachable:
            dossier.unreachable = False
            self._note(at, Event.AGENCY_REACHED, dossier)

    def drop(self, dossier: Dossier, at: datetime) -> None:
        """What it would rely on was not granted, so it is never filed."""
        dossier.state = DossierState.NOT_FILED
        dossier.settled_at = at
        self._note(at, Event.DOSSIER_NOT_FILED, dossier)

    def park(self, at: datetime, because: str, dossier: Dossier | None = None) -> None:
        """A technical failure needs a person; `because` names its kind, nothing personal."""
        if dossier is None:
            self.parked_step = because
        else:
            dossier.state, dossier.parked_because = DossierState.PARKED, because
            dossier.unreachable = False
        self._note(at, Event.STEP_PARKED, dossier, because=because)

    def resume(self, at: datetime, by: str, procedure: ProcedureId | None = None) -> None:
        """A person says that the parked step may be tried again."""
        dossier = self.dossiers[procedure] if procedure else None
        if dossier is None:
            self.parked_step = None
        else:
            dossier.state, dossier.parked_because = DossierState.SUBMITTED, None
        self._note(at, Event.STEP_RESUMED, dossier, by=by)

    def pass_thresholds(self, at: datetime) -> None:
        """Record which limits have just gone by: each at most once."""
        for dossier in self.dossiers.values():
            if dossier.is_overdue(at) and not self._has(Event.DOSSIER_OVERDUE, dossier):
                self._note(at, Event.DOSSIER_OVERDUE, dossier, due_at=_written(dossier.due_at))
        sla = self.sla(at)
        if sla is not SlaStatus.ON_TIME and not self._has(Event.CASE_DUE_SOON):
            self._note(at, Event.CASE_DUE_SOON)
        if sla is SlaStatus.OVERDUE and not self._has(Event.CASE_OVERDUE):
            self._note(at, Event.CASE_OVERDUE)

    def stop(self, at: datetime) -> None:
        """An operator has cancelled the case: what is open ends here, what is finished stays."""
        for dossier in self.dossiers.values():
            if not dossier.is_settled:
                dossier.state, dossier.settled_at = DossierState.STOPPED, at
                self._note(at, Event.DOSSIER_STOPPED, dossier)

    def results_returned(self, at: datetime) -> None:
        """The bundle has gone back to the citizen."""
        for dossier in self.dossiers.values():
            dossier.returned = True
        self._note(at, Event.RESULTS_RETURNED)

    def receipt_sent(self, at: datetime) -> None:
        """The receipt that could not be sent at intake has gone out now."""
        self._note(at, Event.RECEIPT_SENT)

    def close(self, at: datetime) -> None:
        """Nothing is left to do."""
        self.closed_at = at
        self._note(at, Event.CASE_CLOSED, state=self.state, sla=self.sla(at))

    @property
    def state(self) -> CaseState:
        """Where the case stands; follows from the intake and the dossiers."""
        if self.intake is None:
            return CaseState.RECEIVED
        if self.opening is None:
            return CaseState(self.intake.decision)
        return case_state_of([dossier.state for dossier in self.dossiers.values()])

    @property
    def is_settled(self) -> bool:
        """Every dossier has come to its end."""
        return all(dossier.is_settled for dossier in self.dossiers.values())

    @property
    def attention(self) -> Attention:
        """Whether a person of operations must look."""
        parked = any(d.state is DossierState.PARKED for d in self.dossiers.values())
        return Attention.PARKED if parked or self.parked_step else Attention.NONE

    @property
    def waits_long(self) -> bool:
        """Some dossier was not answered at once, so thresholds must be watched."""
        slow = {
            DossierState.ACCEPTED,
            DossierState.VERIFYING,
            DossierState.SUPPLEMENT_WANTED,
            DossierState.PARKED,
        }
        return any(d.unreachable or d.state in slow for d in self.dossiers.values())

    def waiting_for(self) -> list[str]:
        """Who holds the open dossiers: agencies, the citizen, an outage; us only if nobody else."""
        open_ = [d for d in self.dossiers.values() if not d.is_settled]
        holders = {str(d.holder) for d in open_ if d.state is not DossierState.WAITING}
        holders |= {str(d.plan.agency) for d in open_ if d.unreachable}
        if holders or self.closed_at:
            return sorted(holders)
        return [Holder.US]

    def overdue_at(self, now: datetime) -> list[str]:
        """The agencies that hold a dossier past its due instant."""
        return sorted({str(d.plan.agency) for d in self.dossiers.values() if d.is_overdue(now)})

    def sla(self, now: datetime) -> SlaStatus:
        """How the case stands against its due instant."""
        if self.opening is None:
            return SlaStatus.ON_TIME
        if self.closed_at:
            return sla_when_closed(self.closed_at, due_at=self.opening.promised_at)
        return sla_while_open(
            now, due_soon_at=self.opening.due_soon_at, due_at=self.opening.promised_at
        )

    def next_threshold(self, now: datetime) -> datetime | None:
        """The next instant at which something becomes due soon or late."""
        if self.opening is None:
            return None
        dues = [d.due_at for d in self.dossiers.values() if d.due_at and not d.is_settled]
        instants = [self.opening.due_soon_at, self.opening.promised_at, *dues]
        return min((instant for instant in instants if instant >= now), default=None)

    def status(self, now: datetime) -> CaseStatus:
        """Say it to the outside."""
        intake, opening = self.intake, self.opening
        if intake is None:
            return self._status_before_intake()
        return self._status_before_intake().model_copy(
            update={
                "state": self.state,
                "declaration_digest": intake.declaration_digest,
                "duplicate_of": intake.duplicate_of,
                "errors": () if opening else intake.findings,
                "warnings": intake.findings if opening else (),
                "closed_at": self.closed_at,
            }
            | (self._status_of_opening(opening, now) if opening else {})
        )

    def _status_before_intake(self) -> CaseStatus:
        return CaseStatus(
            case_id=self.case_id,
            group=self.group,
            recorded_at=self.recorded_at,
            state=self.state,
            attention=self.attention,
        )

    def _status_of_opening(self, opening: Opening, now: datetime) -> dict[str, object]:
        return {
            "case_code": opening.case_code,
            "law_version": opening.law_version,
            "received_at": opening.received_at,
            "backdated": opening.backdated,
            "plain_start": opening.plain_start,
            "promised_at": opening.promised_at,
            "due_at": opening.promised_at,
            "sla": self.sla(now),
            "dossiers": tuple(dossier.status() for dossier in self.dossiers.values()),
        }

    def _open(self, outcome: IntakeOutcome, at: datetime) -> None:
        opening = outcome.opening
        if opening is None:
            raise ValueError("an opened intake carries its opening")
        self.dossiers = {plan.procedure: Dossier(plan) for plan in opening.dossiers}
        self._note(
            at,
            Event.CASE_OPENED,
            law_version=opening.law_version,
            received_at=_written(opening.received_at),
            promised_at=_written(opening.promised_at),
            calendar=opening.deadlines.calendar_digest,
            backdated=opening.backdated,
            plain_start=opening.plain_start,
        )
        sent = outcome.receipt_sent
        self._note(at, Event.RECEIPT_SENT if sent else Event.RECEIPT_DELAYED)

    @property
    def owes_receipt(self) -> bool:
        """The receipt could not be sent at intake."""
        return self.opening is not None and self.intake is not None and not self.intake.receipt_sent

    def _code(self) -> CaseCode:
        if self.opening is None:
            raise ValueError("the case is not open")
        return self.opening.case_code

    def _has(self, event: Event, dossier: Dossier | None = None) -> bool:
        procedure = dossier.procedure if dossier else None
        return any(e.event is event and e.procedure == procedure for e in self.entries)

    def _note(
        self, at: datetime, event: Event, dossier: Dossier | None = None, **facts: JsonValue
    ) -> None:
        self.entries.append(
            LedgerEntry(
                seq=len(self.entries) + 1,
                at=at,
                event=event,
                procedure=dossier.procedure if dossier else None,
                agency=dossier.plan.agency if dossier else None,
                facts={name: value for name, value in facts.items() if value is not None},
            )
        )


def _written(instant: datetime | None) -> str | None:
    return vietnam_time(instant).isoformat() if instant else None
