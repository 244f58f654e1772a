"""The legal clock of a case: its own due instant and steps, and those of its dossiers."""

from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Self

from models.cases.dossier import Dossier
from models.clock.deadline_query import ClockEvent, DeadlineResult
from models.clock.dossier_clock import DossierClock
from models.clock.sla import sla_when_closed, sla_while_open
from models.clock.steps import JUST_AFTER, Milestone, passed_milestones
from models.intake.intake import Opening
from models.kernel.vocabulary import DossierState, SlaStatus
from models.working_time.moves import Move
from models.working_time.terms import ClockPolicy
from models.working_time.used import WorkingTime


@dataclass(frozen=True)
class ReachedMilestone:
    """A step whose instant has come, of one dossier or of the case."""

    step: Milestone
    dossier: Dossier | None = None
    missed: bool = False
    """True: it had passed before it could be armed, and a newer one was told instead."""


@dataclass
class CaseClock:
    """Changed only by its case. Holds what was reckoned; reckons nothing itself."""

    due_at: datetime
    due_soon_at: datetime
    steps: tuple[Milestone, ...] = ()
    was_moved: bool = False
    """A dossier has taken the case's due instant with it."""
    told: set[str] = field(default_factory=set)
    """Marks of the steps that were told or missed: a due instant counted again tells none anew."""
    looked_at: datetime | None = None
    """When it was last looked at: what time alone changes is shown from then on."""
    was_paused: bool = False
    """When it was last looked at, only the citizen was waited for."""

    @classmethod
    def of(cls, opening: Opening) -> Self:
        """As the receipt promises it."""
        dates = opening.deadlines
        return cls(dates.due_at, dates.due_soon_at, dates.steps)

    def move(self, deadline: DeadlineResult, now: datetime) -> list[ReachedMilestone]:
        """Take over a moved due instant; its steps are armed anew."""
        if deadline.case_due_at == self.due_at:
            return []
        self.was_moved = self.was_moved or deadline.occasion is not ClockEvent.CALENDAR
        self.due_at = deadline.case_due_at
        self.due_soon_at = deadline.case_due_soon_at
        self.steps, missed = armed(deadline.case_steps, now, self.told)
        return missed

    def sla(self, dossiers: Iterable[Dossier], now: datetime) -> SlaStatus:
        """How the case stands; paused while only the citizen is waited for."""
        if is_paused(dossiers):
            return SlaStatus.PAUSED
        return sla_while_open(now, due_soon_at=self.due_soon_at, due_at=self.due_at)

    def sla_at_close(self, closed_at: datetime) -> SlaStatus:
        """How the case ended against its due instant."""
        return sla_when_closed(closed_at, due_at=self.due_at)

    def next_threshold(self, dossiers: Iterable[Dossier]) -> datetime | None:
        """The next instant at which something must be done; perhaps already past."""
        known = list(dossiers)
        limits = [d.citizen_limit for d in known]
        instants = [limit + JUST_AFTER for limit in limits if limit is not None]
        instants += [step.at for d in known if _runs(d) for step in d.steps]
        if not is_paused(known):
            instants += [step.at for step in self.steps]
        return min([*instants, *self._turns(known)], default=None)

    def _turns(self, dossiers: list[Dossier]) -> Iterator[datetime]:
        """When what lists show of it will change by itself, whatever steps the rule names."""
        dues = [d.due_at for d in dossiers if _runs(d)]
        if not is_paused(dossiers):
            dues.append(self.due_at)
            yield from self._unseen(self.due_soon_at)
        for due_at in dues:
            yield from self._unseen(due_at + JUST_AFTER if due_at else None)

    def _unseen(self, instant: datetime | None) -> Iterator[datetime]:
        if instant and (self.looked_at is None or instant > self.looked_at):
            yield instant

    def take(self, dossiers: Iterable[Dossier], now: datetime) -> list[ReachedMilestone]:
        """Every step whose instant has come, earliest first; each is taken once.

        Of those that came while the case was paused only the newest is told.
        """
        known = list(dossiers)
        self.looked_at = now
        reached = [
            ReachedMilestone(step, d)
            for d in known
            if _runs(d)
            for step in d.steps
            if step.at <= now
        ]
        for dossier in known:
            if _runs(dossier):
                dossier.steps = tuple(step for step in dossier.steps if step.at > now)
        was_paused, self.was_paused = self.was_paused, is_paused(known)
        if not self.was_paused:
            if was_paused:
                self.steps, missed = armed(self.steps, now, self.told)
                reached += missed
            reached += [ReachedMilestone(step) for step in self.steps if step.at <= now]
            self.steps = tuple(step for step in self.steps if step.at > now)
        return sorted(reached, key=lambda one: one.step.at)


def armed(
    steps: tuple[Milestone, ...],
    now: datetime,
    told: Container[str],
    dossier: Dossier | None = None,
) -> tuple[tuple[Milestone, ...], list[ReachedMilestone]]:
    """Steps to wait for, and those already past: of these only the newest will still be told.

    Those whose mark is in `told` are neither.
    """
    untold = tuple(step for step in steps if step.mark not in told)
    past = passed_milestones(steps, told, now)
    missed = [ReachedMilestone(step, dossier, missed=True) for step in past[:-1]]
    return untold[len(missed) :], missed


def is_paused(dossiers: Iterable[Dossier]) -> bool:
    """Every open dossier waits for the citizen, so nobody's time runs."""
    filed = [d for d in dossiers if not d.is_settled and d.state is not DossierState.WAITING]
    return bool(filed) and all(d.paused_at is not None for d in filed)


def _runs(dossier: Dossier) -> bool:
    return not dossier.is_settled and dossier.paused_at is None


def working_time_of(dossier: Dossier, now: datetime) -> WorkingTime | None:
    """As of an instant; it stands still with the clock. None: no clock ran, or none was kept."""
    clock = dossier.clock
    if clock is None or dossier.filed_at is None or clock.days is None:
        return None
    at = min(one for one in (now, dossier.paused_at, dossier.settled_at) if one is not None)
    used = (clock.days.worked(start, end) for start, end in _running(clock, at))
    return WorkingTime(
        used=sum(used, timedelta()),
        left=clock.days.worked(at, clock.due_at),
        at=at,
        is_late=at > clock.due_at,
        is_over=dossier.is_settled,
    )


def _running(clock: DossierClock, until: datetime) -> Iterator[tuple[datetime, datetime]]:
    """When the newest count ran: a RESTART begins it anew, a PAUSE is taken out of it."""
    policy, since = clock.count.policy, clock.count.started_at
    for change in clock.changes:
        if change.move is not Move.SUPPLEMENT or policy is ClockPolicy.CONTINUE:
            continue
        if policy is ClockPolicy.PAUSE and change.paused_at is not None:
            yield since, change.paused_at
        since = change.at
    yield since, until
