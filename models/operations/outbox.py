"""What becomes of a reminder in the outbox: sent, refused, or put off until later."""

from datetime import timedelta
from enum import StrEnum

from models.contracts.dossiers import Notice
from models.kernel.base import Instant, Message
from models.kernel.errors import BackendUnavailableError, LienthongError

SHORTEST_REST = timedelta(seconds=5)
LONGEST_REST = timedelta(minutes=10)
_DOUBLINGS = 10
"""More make no longer rest, and a number nobody can reckon with."""


class Fate(StrEnum):
    """What one try came to."""

    SENT = "sent"
    REFUSED = "refused"
    """The office calls it wrong: tried again only when a person says so."""
    PUT_OFF = "put_off"


class LeasedNotice(Message):
    """A reminder that is ours until the lease ends; `attempt` tells one lease from others."""

    notice: Notice
    attempt: int


class Delivery(Message):
    """What one try to send a reminder came to."""

    key: str
    attempt: int
    fate: Fate
    error: str | None = None
    """The kind of failure; no text, so that nothing personal is kept."""
    rest: timedelta = timedelta()
    """How long to leave it alone."""


class RefusedNotice(Message):
    """A reminder that waits for a person."""

    key: str
    case_code: str | None = None
    """None, as its kind: it does not even read as a reminder."""
    kind: str | None = None
    written_at: Instant
    refused_at: Instant
    attempts: int
    error: str | None = None


class OutboxCount(Message):
    """How full the outbox is."""

    waiting: int = 0
    """Neither sent nor refused, those that rest included."""
    resting: int = 0
    """Put off after a failed try."""
    refused: int = 0
    oldest_waiting_since: Instant | None = None


def delivery_of(leased: LeasedNotice, error: Exception | None) -> Delivery:
    """What a try came to; an error that is nobody's word is tried again too, only ever later."""
    failed = type(error).__name__ if error else None
    fate = _fate_of(error)
    rest = rest_after(leased.attempt, error) if fate is Fate.PUT_OFF else timedelta()
    return Delivery(
        key=leased.notice.key, attempt=leased.attempt, fate=fate, error=failed, rest=rest
    )


def rest_after(attempt: int, error: Exception | None = None) -> timedelta:
    """Twice as long after each try, within limits; longer where the office asked for it."""
    doubled: timedelta = SHORTEST_REST * 2 ** min(attempt - 1, _DOUBLINGS)
    asked = error.retry_after if isinstance(error, BackendUnavailableError) else None
    return max(min(doubled, LONGEST_REST), asked or timedelta())


def _fate_of(error: Exception | None) -> Fate:
    if error is None:
        return Fate.SENT
    is_final = isinstance(error, LienthongError) and not error.retryable
    return Fate.REFUSED if is_final else Fate.PUT_OFF
