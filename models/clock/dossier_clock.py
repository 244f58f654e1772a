"""The legal clock of one dossier, as history keeps it: its count, its changes, and what is due."""

from datetime import datetime
from typing import NamedTuple, Self

from models.clock.clock_terms import ClockChange, ClockTerms
from models.clock.law_clock import ClockResult, compute_clock
from models.kernel.base import Instant, Message
from models.working_time.calendars import Calendar
from models.working_time.kept import OfficeDays
from models.working_time.moves import Move, NewDue
from models.working_time.terms import OfficeHours


class Totals(NamedTuple):
    """What a case as a whole may take by another calendar: usually, and where one verifies."""

    usual: datetime
    longer: datetime
    was_moved: bool
    """A dossier has taken the case's due instant with it, so a cap may be later than both."""

    def instead_of(self, cap: datetime | None, *, verifying: bool = False) -> datetime:
        """The new cap in the place of one: never lower than a cap that was moved may be."""
        own = self.longer if verifying else self.usual
        return max(own, cap) if self.was_moved and cap else own


class DossierClock(Message):
    """Everything a due instant follows from but the calendar, so that anyone can count again."""

    count: ClockTerms
    changes: tuple[ClockChange, ...] = ()
    due_at: Instant
    original_due_at: Instant
    """The first one; it is kept whatever happens."""
    moves: tuple[NewDue, ...] = ()
    """What each change made of the due instant, old and new with the reason, oldest first."""
    explanation: tuple[str, ...] = ()
    """Of the first due instant."""
    calendar_id: str = ""
    calendar_digest: str = ""
    days: OfficeDays | None = None
    """From the day the newest count began to the due instant; None: kept by an older release."""

    @classmethod
    def started(cls, count: ClockTerms, calendar: Calendar, hours: OfficeHours) -> Self:
        """The clock of a dossier whose agency holds the complete file."""
        first = compute_clock(count, (), calendar=calendar, hours=hours)
        return cls(
            count=count,
            due_at=first.due_at,
            original_due_at=first.due_at,
            explanation=first.explanation,
            calendar_id=calendar.id,
            calendar_digest=calendar.digest,
            days=_days_of(first, calendar, hours),
        )

    @property
    def is_verifying(self) -> bool:
        """The agency has already been given the longer limit."""
        return any(change.move is Move.VERIFICATION for change in self.changes)

    def after(self, change: ClockChange, calendar: Calendar, hours: OfficeHours) -> Self:
        """The clock once something more has happened to it."""
        return self._counted((*self.changes, change), calendar, hours)

    def recounted(self, totals: Totals, calendar: Calendar, hours: OfficeHours) -> Self:
        """The same clock by another calendar, within what the case may take by it.

        A cap another dossier has moved since does not become this one's.
        """
        cap = {"cap": totals.instead_of(self.count.cap)}
        anew = self.model_copy(update={"count": self.count.model_copy(update=cap)})
        changes = (
            one.model_copy(update={"cap": totals.instead_of(one.cap, verifying=True)})
            if one.cap
            else one
            for one in self.changes
        )
        return anew._counted(tuple(changes), calendar, hours)  # noqa: SLF001 - our own class

    def _counted(
        self, changes: tuple[ClockChange, ...], calendar: Calendar, hours: OfficeHours
    ) -> Self:
        answer = compute_clock(self.count, changes, calendar=calendar, hours=hours)
        return self.model_copy(
            update={
                "changes": changes,
                "due_at": answer.due_at,
                "moves": answer.moves,
                "calendar_id": calendar.id,
                "calendar_digest": calendar.digest,
                "days": _days_of(answer, calendar, hours),
            }
        )


def _days_of(answer: ClockResult, calendar: Calendar, hours: OfficeHours) -> OfficeDays:
    return OfficeDays.until(answer.due_at, answer.counted_from, calendar, hours)
