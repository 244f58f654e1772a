"""How much of its working time a dossier has used and has left, told from what history keeps."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from models.cases.dossiers import Dossier
from models.clock.dossier_clock import DossierClock
from models.working_time.moves import Move
from models.working_time.terms import ClockPolicy
from models.working_time.used import WorkingTime


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
