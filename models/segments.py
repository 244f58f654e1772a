"""Who held a dossier when: read off the entries, without gap or overlap."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from models.base import Instant, Message, ProcedureId
from models.events import Event, LedgerEntry
from models.vocabulary import Holder


class Segment(Message):
    """A span of time with one holder; open at the end while it lasts."""

    holder: str
    since: Instant
    until: Instant | None = None

    def length(self, now: datetime) -> timedelta:
        """How long it lasted, or has lasted so far."""
        return (self.until or now) - self.since


def segments_of(entries: Iterable[LedgerEntry], procedure: ProcedureId) -> tuple[Segment, ...]:
    """The segments of one dossier, from its filing to its settlement."""
    segments: list[Segment] = []
    for entry in entries:
        if entry.procedure == procedure and (segments or entry.event is Event.DOSSIER_FILED):
            _pass_on(segments, entry)
    return tuple(segment for segment in segments if segment.since != segment.until)


def case_segments(
    dossiers: Sequence[Segment], began_at: datetime, ended_at: datetime | None
) -> tuple[Segment, ...]:
    """Every minute of the case: what no dossier's segment covers is ours."""
    covered: list[Segment] = sorted(dossiers, key=lambda segment: segment.since)
    gaps: list[Segment] = []
    reached = began_at
    for segment in covered:
        if segment.since > reached:
            gaps.append(Segment(holder=Holder.US, since=reached, until=segment.since))
        if segment.until is None:
            return _in_order([*covered, *gaps])
        reached = max(reached, segment.until)
    if ended_at is None or ended_at > reached:
        gaps.append(Segment(holder=Holder.US, since=reached, until=ended_at))
    return _in_order([*covered, *gaps])


def is_whole(segments: Sequence[Segment], filed_at: datetime, settled_at: datetime) -> bool:
    """Whether they cover the span from filing to settlement exactly, one after the other."""
    reached = filed_at
    for segment in segments:
        if segment.since != reached or segment.until is None:
            return False
        reached = segment.until
    return reached == settled_at


def _pass_on(segments: list[Segment], entry: LedgerEntry) -> None:
    last = segments[-1] if segments else None
    if last is not None and last.until is None:
        if last.holder == entry.holder:
            return
        segments[-1] = last.model_copy(update={"until": entry.at})
    if entry.holder is not None:
        segments.append(Segment(holder=entry.holder, since=entry.at))


def _in_order(segments: list[Segment]) -> tuple[Segment, ...]:
    return tuple(sorted(segments, key=lambda segment: segment.since))
