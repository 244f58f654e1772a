"""One question to the legal clock, and its answer: recorded in history, never asked on replay."""

from datetime import datetime
from enum import StrEnum
from typing import Self

from models.clock.clock_terms import ClockChange
from models.clock.counts import count_for, supplement_due, why_not_extended
from models.clock.deadlines import CaseDeadlines, recounted
from models.clock.dossier_clock import DossierClock, Totals
from models.clock.steps import Milestone, milestones_for
from models.contracts.dossiers import Facts
from models.kernel.base import Instant, Message, ProcedureId
from models.kernel.findings import Finding
from models.law.context import LegalContext
from models.law.rules import GroupRule
from models.working_time.calendars import Calendar
from models.working_time.days import one_working_day_before
from models.working_time.moves import Move
from models.working_time.terms import ClockPolicy, OfficeHours

ABOUT_THE_CASE = ("case_due_at", "case_due_soon_at", "case_steps")


class ClockEvent(StrEnum):
    """What has happened to a dossier's clock."""

    HANDED_OVER = "handed_over"
    CONFIRMED = "confirmed"
    """Handed over late, because the family first had to agree."""
    STOPPED = "stopped"
    RESUMED = "resumed"
    VERIFYING = "verifying"
    EXTENDED = "extended"
    CALENDAR = "calendar"


class DeadlineQuery(Message):
    """The question, with everything the answer follows from but the calendar."""

    occasion: ClockEvent
    law: Facts
    procedure: ProcedureId
    at: Instant
    dates: CaseDeadlines
    case_due_at: Instant
    case_was_moved: bool = False
    """True: a dossier has moved the case's due instant: its total alone does not give it."""
    clock: DossierClock | None = None
    paused_at: Instant | None = None
    working_days: int = 0


class DeadlineResult(Message):
    """The answer."""

    occasion: ClockEvent
    procedure: ProcedureId
    at: Instant
    clock: DossierClock | None = None
    """None: nothing was counted, the clock was only asked about the citizen's time."""
    pauses: bool = False
    """True: from this instant on the clock stands still."""
    steps: tuple[Milestone, ...] = ()
    citizen_due_at: Instant | None = None
    """Where the clock stands still: by when the citizen has to answer."""
    case_due_at: Instant
    case_due_soon_at: Instant
    case_steps: tuple[Milestone, ...] = ()
    """Armed anew where the case's due instant has moved."""
    refused: Finding | None = None
    """Why the rule does not allow it; then nothing else of the answer counts."""

    def within(self, whole: Self) -> Self:
        """The same answer for the dossier, and for the case what another answer says."""
        told = {name: getattr(whole, name) for name in ABOUT_THE_CASE}
        return self.model_copy(update=told)


def compute_deadline(question: DeadlineQuery, context: LegalContext) -> DeadlineResult:
    """Answer by the pinned rule and the calendar in force now.

    Raises:
        KeyError: the rule has no such procedure, or the law files no such agency.
        LawError: the calendar does not know a year on the way.
    """
    return _DeadlineComputer(question, context).answer()


class _DeadlineComputer:
    def __init__(self, question: DeadlineQuery, context: LegalContext) -> None:
        self._question = question
        self._context = context
        self._rule = GroupRule.model_validate(question.law)
        self._calendar: Calendar = context.calendar
        self._hours = self._hours_of(question.procedure)

    def answer(self) -> DeadlineResult:
        question, rule = self._question, self._rule
        if question.occasion is ClockEvent.STOPPED:
            limit = supplement_due(rule, question.at, calendar=self._calendar)
            return self._answer(None, question.case_due_at, limit.due_at if limit else None)
        total = self._total()
        clock = self._clock(total)
        first = question.occasion is ClockEvent.HANDED_OVER
        moved = question.case_due_at if first else clock.due_at
        return self._answer(clock, max(total, moved), None)

    def _clock(self, total: datetime) -> DossierClock:
        question, clock = self._question, self._question.clock
        if clock is None:
            count = count_for(
                self._rule,
                question.procedure,
                question.at,
                chosen=question.dates.chosen,
                cap=None if question.occasion is ClockEvent.CONFIRMED else total,
            )
            return DossierClock.started(count, self._calendar, self._hours)
        if question.occasion is ClockEvent.CALENDAR:
            return clock.recounted(self._totals(), self._calendar, self._hours)
        return clock.after(self._change(total), self._calendar, self._hours)

    def _change(self, total: datetime) -> ClockChange:
        question = self._question
        match question.occasion:
            case ClockEvent.RESUMED:
                stopped_at = question.paused_at or question.at
                return ClockChange(move=Move.SUPPLEMENT, at=question.at, paused_at=stopped_at)
            case ClockEvent.EXTENDED:
                days = question.working_days
                return ClockChange(move=Move.EXTENSION, at=question.at, working_days=days)
        return ClockChange(move=Move.VERIFICATION, at=question.at, cap=total)

    def _total(self) -> datetime:
        """The case's own due instant: a verification lengthens it, another calendar moves it."""
        question = self._question
        if question.occasion not in {ClockEvent.VERIFYING, ClockEvent.CALENDAR}:
            return question.case_due_at
        own = self._own_total(verifying=self._is_verifying())
        if question.occasion is ClockEvent.CALENDAR and not question.case_was_moved:
            return own
        return max(question.case_due_at, own)

    def _totals(self) -> Totals:
        usual, longer = (self._own_total(verifying=one) for one in (False, True))
        return Totals(usual, longer, self._question.case_was_moved)

    def _own_total(self, *, verifying: bool) -> datetime:
        dates = recounted(
            self._rule,
            self._question.dates,
            self._calendar,
            self._context.law.agencies,
            verification=verifying or None,
        )
        return dates.due_at

    def _is_verifying(self) -> bool:
        clock = self._question.clock
        is_known = clock is not None and clock.is_verifying
        return is_known or self._question.occasion is ClockEvent.VERIFYING

    def _answer(
        self, clock: DossierClock | None, case_due_at: datetime, citizen_due_at: datetime | None
    ) -> DeadlineResult:
        question = self._question
        has_moved = case_due_at != question.case_due_at
        return DeadlineResult(
            occasion=question.occasion,
            procedure=question.procedure,
            at=question.at,
            clock=clock,
            pauses=clock is None and self._rule.after_supplement is not ClockPolicy.CONTINUE,
            steps=self._steps(clock) if clock else (),
            citizen_due_at=citizen_due_at,
            case_due_at=case_due_at,
            case_due_soon_at=one_working_day_before(case_due_at, calendar=self._calendar),
            case_steps=self._case_steps(case_due_at) if has_moved else (),
            refused=self._refusal(),
        )

    def _refusal(self) -> Finding | None:
        question = self._question
        if question.occasion is not ClockEvent.EXTENDED or question.clock is None:
            return None
        return why_not_extended(
            self._rule,
            question.procedure,
            due_at=question.clock.due_at,
            now=question.at,
            working_days=question.working_days,
            extended_before=_extensions(question.clock),
            calendar=self._calendar,
        )

    def _steps(self, clock: DossierClock) -> tuple[Milestone, ...]:
        began = clock.count.started_at
        return milestones_for(
            self._rule,
            self._question.procedure,
            clock.due_at,
            self._calendar,
            self._hours,
            since=began,
            extended_before=_extensions(clock),
        )

    def _case_steps(self, due_at: datetime) -> tuple[Milestone, ...]:
        hours = self._hours_of(self._rule.procedures[0].id)
        since = self._question.dates.received_at
        return milestones_for(self._rule, None, due_at, self._calendar, hours, since=since)

    def _hours_of(self, procedure: ProcedureId) -> OfficeHours:
        agency = self._rule.procedure(procedure).agency
        return self._context.law.agency(agency).office_hours


def _extensions(clock: DossierClock) -> int:
    return sum(one.move is Move.EXTENSION for one in clock.changes)
