"""A case: its dossiers, what happened to them in order, and what follows for the whole."""

from collections.abc import Iterable
from datetime import datetime
from typing import Self

from pydantic import JsonValue

from models.base import CaseCode, CaseId, GroupId, ProcedureId, vietnam_time
from models.case_clock import CaseClock, Reached, armed
from models.case_state import case_state_of
from models.dossiers import Dossier
from models.events import NOT_SUPPLEMENTED, Event, LedgerEntry
from models.holdings import holdings_of, is_whole
from models.intake import IntakeDecision, IntakeOutcome, Opening
from models.reckoning import Occasion, Reckoning
from models.reminders import reminder_of
from models.requests import Decide, Supply, Withdraw
from models.steps import Step
from models.vocabulary import Attention, CaseState, DossierState, Holder, Outcome, SlaStatus
from models.wire import DossierAnswer, Notice, Withdrawal, key_for

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
        self.reminders: list[Notice] = []
        self.intake: IntakeOutcome | None = None
        self.opening: Opening | None = None
        self.dossiers: dict[ProcedureId, Dossier] = {}
        self.clock: CaseClock | None = None
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

    def file(self, dossier: Dossier, at: datetime, reckoning: Reckoning | None) -> None:
        """Hand a dossier to its agency: from this instant the agency holds the clock.

        None: its clock has run since the citizen's file was received.
        """
        dossier.state = DossierState.SUBMITTED
        dossier.filed_at = at
        dossier.clock = reckoning.clock if reckoning else dossier.plan.clock
        self._note(at, Event.DOSSIER_FILED, dossier, due_at=_written(dossier.due_at))
        self._arm(dossier, reckoning.steps if reckoning else dossier.plan.steps, at)

    def reckon(self, dossier: Dossier, reckoning: Reckoning, at: datetime) -> None:
        """Take over what the legal clock answered, and keep the old due instant and the reason."""
        if reckoning.clock is None:
            dossier.paused_at = reckoning.at if reckoning.pauses else None
            dossier.citizen_due_at = reckoning.citizen_due_at
            if dossier.wants and reckoning.citizen_due_at:
                dossier.answer_by[dossier.wants[-1].at] = reckoning.citizen_due_at
            return
        before, dossier.clock = dossier.due_at, reckoning.clock
        if reckoning.occasion is Occasion.RESUMED:
            dossier.paused_at = dossier.citizen_due_at = None
        self._arm(dossier, reckoning.steps, at)
        if before is not None and before != dossier.due_at:
            self._note(
                at,
                Event.DUE_MOVED,
                dossier,
                because=reckoning.occasion,
                old=_written(before),
                new=_written(dossier.due_at),
            )
        if self.clock is not None and self.clock.due_at != reckoning.case_due_at:
            old, missed = self.clock.due_at, self.clock.move(reckoning, at)
            self._note(
                at,
                Event.DUE_MOVED,
                because=reckoning.occasion,
                old=_written(old),
                new=_written(self.clock.due_at),
            )
            self._tell(missed, at)

    def take_answer(self, dossier: Dossier, answer: DossierAnswer, at: datetime) -> None:
        """Record what an agency answered; an answer already taken changes nothing."""
        if dossier.is_settled or answer.decision_id in dossier.decisions:
            return
        self.regain_contact(dossier, at)
        self.pass_on(dossier, answer.unit, at)
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

    def extend(self, dossier: Dossier, reckoning: Reckoning, at: datetime, reason: str) -> None:
        """An agency has named the one new date of its apology."""
        dossier.apologies = (*dossier.apologies, reason)
        self.reckon(dossier, reckoning, at)

    def pass_on(self, dossier: Dossier, unit: str | None, at: datetime) -> None:
        """The agency has passed the dossier to another of its units or levels."""
        if unit is not None and unit != dossier.unit:
            before, dossier.unit = dossier.unit, unit
            self._note(at, Event.DOSSIER_HANDED_OVER, dossier, old=before, new=unit)

    def supplement(self, said: Supply, at: datetime) -> None:
        """The citizen has handed in what was wanted: the agency holds the clock again."""
        dossier = self.dossiers[said.procedure]
        dossier.state = DossierState.ACCEPTED
        dossier.items = ()
        dossier.handed_in = said.supplement()
        codes = sorted({item.code for item in said.items})
        self._note(at, Event.DOSSIER_SUPPLEMENTED, dossier, items=list(codes))

    def ask_withdrawal(self, said: Withdraw, at: datetime) -> None:
        """The citizen wants dossiers back: the unfiled are gone at once, agencies are asked."""
        for dossier in self._named(said.procedures):
            if dossier.state is DossierState.WAITING:
                self.withdraw(dossier, at)
            elif not dossier.is_settled:
                self._ask_back(dossier, said, at)

    def withdraw(self, dossier: Dossier, at: datetime) -> None:
        """The citizen has it back; what relied on it is never filed."""
        self._settle(dossier, DossierState.WITHDRAWN, at)
        self._note(at, Event.DOSSIER_WITHDRAWN, dossier)

    def keep(self, dossier: Dossier, at: datetime) -> None:
        """Its agency no longer gives it back: the act is past its point of no return."""
        dossier.withdrawal = None
        self._note(at, Event.WITHDRAWAL_REFUSED, dossier)

    def expire(self, at: datetime) -> list[Dossier]:
        """Stop what the citizen has not supplemented in time; what was handed in is never late."""
        limits = [(d, d.citizen_limit) for d in self.dossiers.values()]
        expired = [dossier for dossier, limit in limits if limit is not None and limit < at]
        for dossier in expired:
            self._settle(dossier, DossierState.STOPPED, at)
            self._note(at, Event.DOSSIER_STOPPED, dossier, because=NOT_SUPPLEMENTED)
        return expired

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
        self._settle(dossier, DossierState.NOT_FILED, at)
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

    def reach_steps(self, at: datetime) -> None:
        """Tell of every step whose instant has come: each is told once."""
        if self.clock is not None:
            self._tell(self.clock.take(self.dossiers.values(), at), at)

    def stop(self, at: datetime) -> None:
        """An operator has cancelled the case: what is open ends here, what is finished stays."""
        for dossier in self.dossiers.values():
            if not dossier.is_settled:
                self._settle(dossier, DossierState.STOPPED, at)
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
        whole = all(map(self._has_whole_clock, self.dossiers.values()))
        self._note(at, Event.CASE_CLOSED, state=self.state, sla=self.sla(at), clock_is_whole=whole)

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
        """Something was not answered at once, so thresholds must be watched."""
        return self.parked_step is not None or any(d.waits_long for d in self.dossiers.values())

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

    def _open(self, outcome: IntakeOutcome, at: datetime) -> None:
        opening = outcome.opening
        if opening is None:
            raise ValueError("an opened intake carries its opening")
        self.dossiers = {plan.procedure: Dossier(plan) for plan in opening.dossiers}
        self.clock = CaseClock.of(opening)
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
        self.clock.steps, missed = armed(self.clock.steps, at, self.clock.told)
        self._tell(missed, at)

    @property
    def owes_receipt(self) -> bool:
        """The receipt could not be sent at intake."""
        return self.opening is not None and self.intake is not None and not self.intake.receipt_sent

    def _arm(self, dossier: Dossier, steps: Iterable[Step], at: datetime) -> None:
        dossier.steps, missed = armed(tuple(steps), at, dossier.told, dossier)
        self._tell(missed, at)

    def _tell(self, reached: Iterable[Reached], at: datetime) -> None:
        for one in reached:
            event = Event.STEP_MISSED if one.missed else Event.STEP_REACHED
            step = one.step
            facts = {"step": step.key, "due_at": _written(step.due_at), "level": step.level}
            self._told(one).add(step.mark)
            self._note(at, event, one.dossier, **facts)
            if self.opening is not None and not one.missed:
                self.reminders.append(reminder_of(self.opening, one))

    def _told(self, reached: Reached) -> set[str]:
        about = reached.dossier or self.clock
        return about.told if about else set()

    def _settle(self, dossier: Dossier, state: DossierState, at: datetime) -> None:
        dossier.state, dossier.settled_at, dossier.unreachable = state, at, False
        dossier.steps = ()

    def _ask_back(self, dossier: Dossier, said: Withdraw, at: datetime) -> None:
        """What is parked is tried again with that; asked for already, it is asked for once."""
        if dossier.state is DossierState.PARKED:
            self.resume(at, Holder.CITIZEN, dossier.procedure)
        if dossier.withdrawal is None:
            dossier.withdrawal = Withdrawal(request_id=said.request_id, reason=said.reason)
            self._note(at, Event.WITHDRAWAL_ASKED, dossier)

    def _named(self, procedures: Iterable[ProcedureId] | None) -> list[Dossier]:
        wanted = self.dossiers if procedures is None else tuple(procedures)
        return [dossier for id, dossier in self.dossiers.items() if id in wanted]

    def _has_whole_clock(self, dossier: Dossier) -> bool:
        if dossier.filed_at is None or dossier.settled_at is None:
            return True
        held = holdings_of(self.entries, dossier.procedure)
        return is_whole(held, dossier.filed_at, dossier.settled_at)

    def _code(self) -> CaseCode:
        if self.opening is None:
            raise ValueError("the case is not open")
        return self.opening.case_code

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
