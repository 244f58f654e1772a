"""The terms on which a rule lets a clock run: for a dossier, a case, a citizen and the intake."""

from datetime import datetime

from models.clock.clock_terms import ClockTerms
from models.kernel.base import ProcedureId
from models.kernel.findings import Finding
from models.law.rules import GroupRule
from models.law.terms import DelayRule
from models.working_time.calendars import Calendar
from models.working_time.citizen import END_OF_DAY, citizen_due
from models.working_time.days import Due, add_working_days
from models.working_time.hours import at
from models.working_time.moves import extended_due
from models.working_time.spans import HoursDue, due_in_hours
from models.working_time.terms import OfficeHours
from models.working_time.words import describe_instant


def count_for(  # noqa: PLR0913 - a rule, whose clock it is, and from when it runs
    rule: GroupRule,
    procedure: ProcedureId | None,
    started_at: datetime,
    *,
    chosen: tuple[ProcedureId, ...],
    added_days: int = 0,
    cap: datetime | None = None,
) -> ClockTerms:
    """The terms of a dossier's clock, or of the case's for None.

    A step without a limit of its own is counted by the total of the case. `added_days` are the
    days stated grounds add to the total.

    Raises:
        KeyError: the rule has no such procedure, or no total for the choice.
    """
    step = rule.procedure(procedure) if procedure else None
    own = step.limit if step else None
    limit, added = (own, 0) if own else (rule.total_for(chosen), added_days)
    longer = None if step and not step.may_verify else limit.with_verification
    return ClockTerms(
        started_at=started_at,
        limit_days=limit.working_days + added,
        longer_days=None if longer is None else longer + added,
        policy=rule.after_supplement,
        counting=rule.counting,
        cut_off=None if procedure else rule.cut_off,
        supplement_cut_off=rule.cut_off if rule.supplement_cut_off else None,
        cap=cap,
    )


def supplement_due(rule: GroupRule, wanted_at: datetime, *, calendar: Calendar) -> Due | None:
    """By when the citizen must have supplemented; None: the rule names no limit."""
    limit = rule.supplement_limit
    return citizen_due(wanted_at, limit, calendar=calendar) if limit else None


def intake_due(
    rule: GroupRule, received_at: datetime, *, calendar: Calendar, hours: OfficeHours
) -> HoursDue | None:
    """By when the citizen is told whether the file is taken in; None: the rule does not say."""
    limit = rule.intake_limit
    if limit is None:
        return None
    return due_in_hours(received_at, limit.amount, calendar=calendar, hours=hours)


def why_not_extended(  # noqa: PLR0913 - what the rule looks at before a new date is named
    rule: GroupRule,
    procedure: ProcedureId,
    *,
    due_at: datetime,
    now: datetime,
    working_days: int,
    extended_before: int,
    calendar: Calendar,
) -> Finding | None:
    """Why a dossier may not be given a new date; None: it may.

    Raises:
        KeyError: the rule has no such procedure.
    """
    delay, step = rule.delay, rule.procedure(procedure)
    if delay is None or not step.may_extend:
        return _refused("not_allowed", f"{step.short_title}: quy định không cho gia hạn")
    if extended_before >= delay.times:
        return _refused("times", f"{step.short_title}: chỉ được gia hạn {delay.times} lần")
    if delay.at_most is not None and working_days > delay.at_most:
        return _refused("too_long", f"chỉ được gia hạn tới {delay.at_most} ngày làm việc")
    latest = latest_extension(delay, due_at, calendar=calendar)
    if now > latest:
        return _refused("too_late", f"phải báo gia hạn chậm nhất {describe_instant(latest)}")
    return None


def proposed_due(  # noqa: PLR0913 - as above
    rule: GroupRule,
    procedure: ProcedureId,
    *,
    due_at: datetime,
    now: datetime,
    extended_before: int,
    calendar: Calendar,
    hours: OfficeHours,
) -> datetime | None:
    """The one new date a prepared apology proposes; None: the rule proposes or allows none."""
    days = rule.delay.proposes if rule.delay else None
    if days is None:
        return None
    refused = why_not_extended(
        rule,
        procedure,
        due_at=due_at,
        now=now,
        working_days=days,
        extended_before=extended_before,
        calendar=calendar,
    )
    new = extended_due(due_at, days, calendar=calendar, hours=hours)
    return None if refused else new.due_at


def latest_extension(delay: DelayRule, due_at: datetime, *, calendar: Calendar) -> datetime:
    """The end of the last day on which a new date may still be named."""
    last = add_working_days(due_at, -delay.working_days_before, calendar=calendar)
    return at(last.date(), END_OF_DAY)


def _refused(rule: str, message: str) -> Finding:
    return Finding(field="extension", rule=rule, message=message)
