"""The legal clock of one limit: its due instant is what the recorded changes add up to.

The same fold tells a due instant when something happens, tells it anew under another calendar, and
checks years later that what was recorded then was right.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime

from models.clock.clock_terms import ClockChange, ClockTerms
from models.kernel.base import Instant, Message
from models.working_time.calendars import Calendar
from models.working_time.days import Due, due
from models.working_time.moves import Move, NewDue, extended_due
from models.working_time.pauses import Pause, resume_due, verification_due
from models.working_time.terms import ClockPolicy, OfficeHours
from models.working_time.words import describe_instant

__all__ = ["ClockChange", "ClockResult", "ClockTerms", "compute_clock"]


class ClockResult(Message):
    """A due instant with the count and every move that led to it, each explained."""

    first: Due
    first_due_at: Instant
    """The promised one; `first.due_at` unless the case's total ended sooner."""
    due_at: Instant
    moves: tuple[NewDue, ...] = ()

    @property
    def provisional(self) -> bool:
        """Whether a year on the way has no official calendar yet."""
        return self.first.provisional or any(move.provisional for move in self.moves)

    @property
    def counted_from(self) -> date:
        """The first working day of the newest count: a supplement may have begun it anew."""
        anew = [one for one in self.moves if one.policy is ClockPolicy.RESTART]
        return (anew[-1].counted_from if anew else None) or self.first.counted_from

    @property
    def explanation(self) -> tuple[str, ...]:
        """Every line, oldest first."""
        capped = self.first_due_at < self.first.due_at
        cap = (_say_cap(self.first_due_at),)
        moved = (line for move in self.moves for line in move.explanation)
        return (*self.first.explanation, *(cap if capped else ()), *moved)


def compute_clock(
    count: ClockTerms, changes: Iterable[ClockChange], *, calendar: Calendar, hours: OfficeHours
) -> ClockResult:
    """Count a limit from its start, and move its end by every change, oldest first.

    Raises:
        ValueError: a supplement without the instant at which the clock stopped.
    """
    first = due(
        count.started_at,
        count.limit_days,
        calendar=calendar,
        hours=hours,
        counting=count.counting,
        cut_off=count.cut_off,
    )
    promised = min(first.due_at, count.cap or first.due_at)
    clock = _Clock(count, calendar, hours, due_at=promised)
    moves = []
    for change in changes:
        clock, moved = clock.after(change)
        moves.append(moved)
    return ClockResult(first=first, first_due_at=promised, due_at=clock.due_at, moves=tuple(moves))


@dataclass(frozen=True)
class _Clock:
    """Where the count stands between two changes."""

    count: ClockTerms
    calendar: Calendar
    hours: OfficeHours
    due_at: datetime
    pauses: tuple[Pause, ...] = ()
    """Those since the count began anew, where the clock was only stopped."""

    def after(self, change: ClockChange) -> tuple["_Clock", NewDue]:
        match change.move:
            case Move.SUPPLEMENT:
                return self._resumed(change)
            case Move.VERIFICATION:
                return self._verifying(change)
            case Move.EXTENSION:
                moved = extended_due(
                    self.due_at, change.working_days, calendar=self.calendar, hours=self.hours
                )
                return replace(self, due_at=moved.due_at), moved
            case Move.CALENDAR:
                return self, self._unmoved(change, "tính theo lịch làm việc mới")

    def _resumed(self, change: ClockChange) -> tuple["_Clock", NewDue]:
        if change.paused_at is None:
            raise ValueError("a supplement tells since when the clock stood still")
        pause, count = Pause(change.paused_at, change.at), self.count
        moved = resume_due(
            count.policy,
            self.due_at,
            pause,
            limit_days=count.limit_days,
            calendar=self.calendar,
            hours=self.hours,
            counting=count.counting,
            cut_off=count.supplement_cut_off,
        )
        if count.policy is ClockPolicy.RESTART:
            anew = {"started_at": change.at, "cut_off": count.supplement_cut_off}
            return _Clock(
                count.model_copy(update=anew), self.calendar, self.hours, moved.due_at
            ), moved
        stopped = (*self.pauses, pause) if count.policy is ClockPolicy.PAUSE else self.pauses
        return replace(self, due_at=moved.due_at, pauses=stopped), moved

    def _verifying(self, change: ClockChange) -> tuple["_Clock", NewDue]:
        count = self.count
        if count.longer_days is None:
            return self, self._unmoved(change, "không có thời hạn dài hơn khi xác minh")
        moved = verification_due(
            self.due_at,
            count.started_at,
            count.longer_days,
            calendar=self.calendar,
            hours=self.hours,
            counting=count.counting,
            cut_off=count.cut_off,
            pauses=self.pauses,
        )
        if change.cap and change.cap < moved.due_at:
            moved = _capped(moved, change.cap)
        longer = count.model_copy(update={"limit_days": count.longer_days})
        return replace(self, count=longer, due_at=moved.due_at), moved

    def _unmoved(self, change: ClockChange, why: str) -> NewDue:
        due_at = self.due_at
        line = f"{why} → hạn {describe_instant(due_at)}"
        return NewDue(move=change.move, old_due_at=due_at, due_at=due_at, explanation=(line,))


def _capped(moved: NewDue, cap: datetime) -> NewDue:
    """A dossier ends with its case at the latest, and never sooner than it did before."""
    due_at = max(moved.old_due_at, cap)
    lines = (*moved.explanation, _say_cap(due_at))
    return moved.model_copy(update={"due_at": due_at, "explanation": lines})


def _say_cap(due_at: datetime) -> str:
    return f"không quá hạn chung của hồ sơ: {describe_instant(due_at)}"
