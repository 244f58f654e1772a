"""What a pause makes of a due instant, by the policy of the rule; also within a verification."""

from collections.abc import Iterable
from datetime import datetime, time
from typing import NamedTuple

from models.kernel.base import vietnam_time
from models.working_time.calendars import Calendar
from models.working_time.days import due, is_provisional
from models.working_time.hours import add_working_time, office_time_between
from models.working_time.moves import Move, NewDue, recounted_due
from models.working_time.terms import ClockPolicy, Counting, OfficeHours
from models.working_time.words import (
    describe_amount,
    describe_due,
    describe_instant,
    describe_special_days,
    describe_years,
)


class Pause(NamedTuple):
    """The clock stood still, e.g. while the citizen was asked for a supplement."""

    paused_at: datetime
    resumed_at: datetime


def resume_due(  # noqa: PLR0913 - these are the terms in which the law states it
    policy: ClockPolicy,
    due_at: datetime,
    pause: Pause,
    *,
    limit_days: int,
    calendar: Calendar,
    hours: OfficeHours,
    counting: Counting = Counting.RECEPTION_IS_DAY_0,
    cut_off: time | None = None,
) -> NewDue:
    """The due instant once the clock runs again.

    RESTART gives the whole limit anew from the day the supplement is complete; PAUSE adds the
    working time that was left when the clock stopped, and nothing if the agency was late by then;
    CONTINUE changes nothing.

    Raises:
        ValueError: the clock resumes before it stopped.
    """
    if pause.resumed_at < pause.paused_at:
        raise ValueError("a clock resumes after it has stopped")
    match policy:
        case ClockPolicy.RESTART:
            anew = due(
                pause.resumed_at,
                limit_days,
                calendar=calendar,
                hours=hours,
                counting=counting,
                cut_off=cut_off,
            )
            return recounted_due(Move.SUPPLEMENT, due_at, anew, policy=policy)
        case ClockPolicy.PAUSE:
            return _continued(due_at, pause, calendar, hours)
        case ClockPolicy.CONTINUE:
            return _unmoved(due_at, pause)


def verification_due(  # noqa: PLR0913 - these are the terms in which the law states it
    due_at: datetime,
    started_at: datetime,
    limit_days: int,
    *,
    calendar: Calendar,
    hours: OfficeHours,
    counting: Counting = Counting.RECEPTION_IS_DAY_0,
    cut_off: time | None = None,
    pauses: Iterable[Pause] = (),
) -> NewDue:
    """The longer limit for a verification, counted from the original start.

    Where the clock was only stopped (PAUSE), each pause is taken out of the new count again; after
    a RESTART the start is that of the last count and there is no pause to tell.
    """
    longer = due(
        started_at, limit_days, calendar=calendar, hours=hours, counting=counting, cut_off=cut_off
    )
    moved = recounted_due(Move.VERIFICATION, due_at, longer)
    for pause in pauses:
        after = _continued(moved.due_at, pause, calendar, hours)
        lines = (*moved.explanation, *after.explanation)
        moved = moved.model_copy(update={"due_at": after.due_at, "explanation": lines})
    return moved


def _continued(due_at: datetime, pause: Pause, calendar: Calendar, hours: OfficeHours) -> NewDue:
    old, resumed = vietnam_time(due_at), vietnam_time(pause.resumed_at)
    stopped = vietnam_time(pause.paused_at)
    left = office_time_between(stopped, old, calendar=calendar, hours=hours)
    is_late = stopped > old
    new = max(old, add_working_time(resumed, left, calendar=calendar, hours=hours))
    return NewDue(
        move=Move.SUPPLEMENT,
        policy=ClockPolicy.PAUSE,
        old_due_at=old,
        due_at=old if is_late else new,
        left=left,
        provisional=is_provisional(stopped.date(), new.date(), calendar),
        explanation=(
            f"hạn cũ {describe_instant(old)}",
            f"dừng lúc {describe_instant(stopped)}, "
            + (
                "khi đã quá hạn → giữ hạn cũ"
                if is_late
                else f"còn {describe_amount(left)} làm việc"
            ),
            f"tính tiếp từ {describe_instant(resumed)}",
            *describe_special_days(resumed.date(), new.date(), calendar),
            describe_due(old if is_late else new),
            *describe_years(stopped.date(), new.date(), calendar),
        ),
    )


def _unmoved(due_at: datetime, pause: Pause) -> NewDue:
    old, resumed = vietnam_time(due_at), vietnam_time(pause.resumed_at)
    return NewDue(
        move=Move.SUPPLEMENT,
        policy=ClockPolicy.CONTINUE,
        old_due_at=old,
        due_at=old,
        explanation=(
            f"bổ sung lúc {describe_instant(resumed)}, thời hạn vẫn chạy trong lúc chờ bổ sung",
            describe_due(old),
        ),
    )
