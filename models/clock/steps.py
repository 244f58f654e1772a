"""The steps before and after a due instant, at instants counted in working time. Pure."""

from collections.abc import Container
from datetime import datetime, timedelta

from pydantic import Field

from models.clock.counts import proposed_due
from models.kernel.base import Instant, Message, ProcedureId, vietnam_time
from models.law.rules import GroupRule
from models.law.steps import MilestoneKind, MilestoneRule, WorkingSpan
from models.working_time.calendars import Calendar
from models.working_time.days import add_working_days
from models.working_time.hours import add_working_time, subtract_working_time
from models.working_time.terms import OfficeHours
from models.working_time.words import describe_instant, describe_special_days

JUST_AFTER = timedelta(seconds=1)
"""The due instant itself is still in time; the first late instant is this much later."""

MILESTONE_TITLES = {
    MilestoneKind.EARLY_WARNING: "cảnh báo sớm",
    MilestoneKind.ONE_DAY_BEFORE: "một ngày làm việc trước hạn",
    MilestoneKind.DUE: "đến hạn",
    MilestoneKind.LATE: "quá hạn",
    MilestoneKind.ESCALATION: "báo cấp trên",
}


class Milestone(Message):
    """Something to be done once at an instant, because a due instant is near or past."""

    kind: MilestoneKind
    number: int = Field(default=1, ge=1)
    """Tells apart several steps of one kind around one due instant."""
    at: Instant
    to: str = ""
    """Vietnamese, who is told; empty: whoever holds the dossier."""
    level: int = 0
    due_at: Instant
    """The due instant it belongs to: another one means that the step is armed anew."""
    new_due_at: Instant | None = None
    """The one new date the apology prepared at this step proposes: form 04, not yet binding."""
    verified: bool = True
    explanation: str = ""

    @property
    def key(self) -> str:
        """The same for the same step of the same rule, whenever its due instant is moved."""
        return f"{self.kind}-{self.number}"

    @property
    def mark(self) -> str:
        """What is remembered once it was done: a moved due instant arms the step anew."""
        return f"{self.key}@{self.due_at:%Y-%m-%dT%H:%M:%S}"


def milestones_for(  # noqa: PLR0913 - a rule, a due instant and the working time it is counted in
    rule: GroupRule,
    procedure: ProcedureId | None,
    due_at: datetime,
    calendar: Calendar,
    hours: OfficeHours,
    *,
    since: datetime | None = None,
    extended_before: int = 0,
) -> tuple[Milestone, ...]:
    """The steps of a dossier, or of the case for None, in the order in which they come.

    With `since`, when the clock began to run, warnings that would lie before it are left out: a
    limit of one day is never "two days before its end". A dossier that may still be given a new
    date, after so many extensions before, has one proposed on the day before it is due.

    Raises:
        KeyError: the rule has no such procedure.
    """
    due = vietnam_time(due_at)
    counted: dict[MilestoneKind, int] = {}
    steps = []
    for step in rule.steps_of(procedure):
        number = counted[step.kind] = counted.get(step.kind, 0) + 1
        at = _instant(step, due, calendar, hours)
        if since is None or step.before is None or at > since:
            steps.append(_step(step, number, at, due, calendar))

    def proposing(step: Milestone) -> Milestone:
        if procedure is None or step.kind is not MilestoneKind.ONE_DAY_BEFORE:
            return step
        new = proposed_due(
            rule,
            procedure,
            due_at=due,
            now=step.at,
            extended_before=extended_before,
            calendar=calendar,
            hours=hours,
        )
        return step.model_copy(update={"new_due_at": new})

    return tuple(sorted(map(proposing, steps), key=lambda step: step.at))


def next_milestone(steps: tuple[Milestone, ...], after: datetime) -> Milestone | None:
    """The first step still to come: the only instant a timer must be armed for."""
    return next((step for step in steps if step.at > after), None)


def passed_milestones(
    steps: tuple[Milestone, ...], done: Container[str], now: datetime
) -> tuple[Milestone, ...]:
    """The steps that are past and not done, oldest first; `done` holds their marks.

    Where there are several, only the last is news: those before it were missed.
    """
    return tuple(step for step in steps if step.at <= now and step.mark not in done)


def describe_milestone(step: MilestoneRule) -> str:
    """What is done and how far from the due instant: `cảnh báo sớm, trước hạn 2 ngày làm việc`."""
    title = MILESTONE_TITLES[step.kind]
    if step.before is not None and step.kind is not MilestoneKind.ONE_DAY_BEFORE:
        return f"{title}, trước hạn {step.before.said()}"
    return f"{title}, sau hạn {step.after.said()}" if step.after is not None else title


def _instant(
    step: MilestoneRule, due_at: datetime, calendar: Calendar, hours: OfficeHours
) -> datetime:
    if step.before is not None:
        return _earlier(due_at, step.before, calendar, hours)
    if step.after is not None:
        return _later(due_at, step.after, calendar, hours)
    return due_at + JUST_AFTER if step.kind is MilestoneKind.LATE else due_at


def _earlier(
    due_at: datetime, span: WorkingSpan, calendar: Calendar, hours: OfficeHours
) -> datetime:
    if span.working_days:
        return add_working_days(due_at, -span.working_days, calendar=calendar)
    amount = timedelta(hours=span.working_hours)
    return subtract_working_time(due_at, amount, calendar=calendar, hours=hours)


def _later(due_at: datetime, span: WorkingSpan, calendar: Calendar, hours: OfficeHours) -> datetime:
    if span.working_days:
        return add_working_days(due_at, span.working_days, calendar=calendar)
    amount = timedelta(hours=span.working_hours)
    return add_working_time(due_at, amount, calendar=calendar, hours=hours)


def _step(
    step: MilestoneRule, number: int, at: datetime, due_at: datetime, calendar: Calendar
) -> Milestone:
    first, last = sorted((at.date(), due_at.date()))
    days = "; ".join(describe_special_days(first, last, calendar))
    return Milestone(
        kind=step.kind,
        number=number,
        at=at,
        to=step.to,
        level=step.level,
        due_at=due_at,
        verified=step.verified,
        explanation=f"{describe_milestone(step)}: {describe_instant(at)}"
        + (f" ({days})" if days else ""),
    )
