"""A due instant set anew, beside the old one; the one new date of an extension."""

from datetime import date, datetime, timedelta
from enum import StrEnum

from models.kernel.base import Instant, Message, vietnam_time
from models.working_time.calendars import Calendar
from models.working_time.days import Due, add_working_days, is_provisional
from models.working_time.hours import at
from models.working_time.terms import ClockPolicy, OfficeHours
from models.working_time.words import (
    describe_due,
    describe_instant,
    describe_special_days,
    describe_years,
)


class Move(StrEnum):
    """Why a due instant was set anew."""

    SUPPLEMENT = "supplement"
    VERIFICATION = "verification"
    EXTENSION = "extension"
    CALENDAR = "calendar"


class NewDue(Message):
    """A due instant beside the one it replaces, and why.

    Only a changed calendar can make it the earlier of both.
    """

    move: Move
    policy: ClockPolicy | None = None
    """How the pause was treated, where there was one."""
    old_due_at: Instant
    due_at: Instant
    left: timedelta | None = None
    """The working time that was left when the clock stopped, where only that is given back."""
    counted_from: date | None = None
    """The first working day of the new count, where it began anew."""
    provisional: bool = False
    explanation: tuple[str, ...] = ()

    @property
    def has_moved(self) -> bool:
        """Whether the due instant is another one."""
        return self.due_at != self.old_due_at


def extended_due(
    due_at: datetime, working_days: int, *, calendar: Calendar, hours: OfficeHours
) -> NewDue:
    """The one new date of an apology: the end of a later working day.

    Raises:
        ValueError: no day would be added.
    """
    if working_days < 1:
        raise ValueError("an extension adds at least one working day")
    old = vietnam_time(due_at)
    last = add_working_days(old, working_days, calendar=calendar).date()
    new = at(last, hours.closing)
    return NewDue(
        move=Move.EXTENSION,
        old_due_at=old,
        due_at=new,
        provisional=is_provisional(old.date(), last, calendar),
        explanation=(
            f"hạn cũ {describe_instant(old)}",
            f"gia hạn {working_days} ngày làm việc",
            *describe_special_days(old.date(), last, calendar),
            describe_due(new),
            *describe_years(old.date(), last, calendar),
        ),
    )


def recounted_due(
    move: Move, old: datetime, anew: Due, *, policy: ClockPolicy | None = None
) -> NewDue:
    """A count begun anew never takes away time that was already given."""
    before = vietnam_time(old)
    is_kept = before > anew.due_at
    kept = (f"hạn cũ muộn hơn, giữ {describe_instant(before)}",) if is_kept else ()
    return NewDue(
        move=move,
        policy=policy,
        old_due_at=before,
        due_at=max(before, anew.due_at),
        counted_from=anew.counted_from,
        provisional=anew.provisional,
        explanation=(f"hạn cũ {describe_instant(before)}", *anew.explanation, *kept),
    )
