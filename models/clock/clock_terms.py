"""What a legal clock is counted from, and what happens to it; both are recorded."""

from datetime import time

from models.kernel.base import Instant, Message
from models.working_time.moves import Move
from models.working_time.terms import ClockPolicy, Counting


class ClockTerms(Message):
    """From when, and on which terms of its rule, a limit is counted."""

    started_at: Instant
    limit_days: int
    longer_days: int | None = None
    """The limit once a verification is needed; None: it grants no more time."""
    policy: ClockPolicy = ClockPolicy.RESTART
    counting: Counting = Counting.RECEPTION_IS_DAY_0
    cut_off: time | None = None
    """Of the start: a citizen's reception has one, a hand-over between agencies has none."""
    supplement_cut_off: time | None = None
    cap: Instant | None = None
    """The due instant of the whole case at that time, which a dossier never passes."""


class ClockChange(Message):
    """What happened to the clock, as it was recorded."""

    move: Move
    at: Instant
    """When the clock ran again, the verification was ordered, or the new date was named."""
    paused_at: Instant | None = None
    """Since when the clock stood still, for a supplement."""
    working_days: int = 0
    """What an extension added."""
    cap: Instant | None = None
    """The due instant of the whole case after a verification."""
