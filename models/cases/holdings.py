"""Who held a dossier, its money or the whole case from when to when, read from the entries."""

from collections.abc import Callable, Iterable
from datetime import datetime

from models.cases.events import Event, EventSpec, LedgerEntry
from models.kernel.base import Instant, Message, ProcedureId
from models.kernel.vocabulary import Holder, HolderKind

NAMED = {HolderKind.CITIZEN: Holder.CITIZEN, HolderKind.OUTAGE: Holder.OUTAGE}


class Holding(Message):
    """One holder's uninterrupted time; `until` is None while it lasts."""

    holder: str
    """An agency id, or `citizen`, `us`, `outage`."""
    since: Instant
    until: Instant | None = None
    note: str = ""
    """What brought it there, in Vietnamese."""


def holdings_of(entries: Iterable[LedgerEntry], procedure: ProcedureId) -> tuple[Holding, ...]:
    """A dossier's holders from filing to settlement, without gap or overlap.

    An event that changes no holder, such as an acceptance, does not cut a holding in two.
    """
    track = _Track(lambda spec: spec.holder, joins=True)
    for entry in entries:
        if entry.procedure == procedure and (track.held or entry.event is Event.DOSSIER_FILED):
            track.take(entry)
    return track.lasting()


def other_holdings_of(
    entries: Iterable[LedgerEntry], procedure: ProcedureId
) -> tuple[Holding, ...]:
    """Who held what surrounds a dossier: the family's agreement before, the money after."""
    track = _Track(lambda spec: spec.other_holder)
    for entry in entries:
        if entry.procedure == procedure:
            track.take(entry)
    return track.lasting()


def outages_of_agencies(entries: Iterable[LedgerEntry]) -> tuple[Holding, ...]:
    """When agencies could not be told what concerns the whole case, such as its results."""
    held: dict[str, Holding] = {}
    ended: list[Holding] = []
    for entry in entries:
        agency = str(entry.agency)
        if entry.procedure is None and entry.event is Event.AGENCY_UNREACHABLE:
            since = _begin(entry, entry.at.min.replace(tzinfo=entry.at.tzinfo))
            note = entry.event.spec.note
            held[agency] = Holding(holder=Holder.OUTAGE, since=since, note=note)
        elif entry.procedure is None and entry.event is Event.AGENCY_REACHED and agency in held:
            ended.append(held.pop(agency).model_copy(update={"until": entry.at}))
    return (*ended, *held.values())


def whole_case(
    holdings: Iterable[Holding], began_at: datetime, ended_at: datetime | None
) -> tuple[Holding, ...]:
    """Every minute of a case: what no dossier's holding covers is ours."""
    covered = sorted(holdings, key=lambda one: one.since)
    gaps: list[Holding] = []
    reached: datetime | None = began_at
    for one in covered:
        if reached is not None and one.since > reached:
            gaps.append(Holding(holder=Holder.US, since=reached, until=one.since))
        reached = None if reached is None or one.until is None else max(reached, one.until)
    if reached is not None and (ended_at is None or ended_at > reached):
        gaps.append(Holding(holder=Holder.US, since=reached, until=ended_at))
    return tuple(sorted([*covered, *gaps], key=lambda one: one.since))


def is_whole(holdings: Iterable[Holding], filed_at: datetime, settled_at: datetime) -> bool:
    """Whether they cover the span from filing to settlement exactly, one after the other."""
    reached = filed_at
    for one in holdings:
        if one.since != reached or one.until is None:
            return False
        reached = one.until
    return reached == settled_at


class _Track:
    """A chain of holders, each event handing over to the one its row names."""

    def __init__(
        self, kind_of: Callable[[EventSpec], HolderKind | None], *, joins: bool = False
    ) -> None:
        self._kind_of = kind_of
        self._joins = joins
        """The same holder again goes on instead of beginning anew."""
        self.held: list[Holding] = []

    def take(self, entry: LedgerEntry) -> None:
        """Hand over, or end, as the entry's event says."""
        kind = self._kind_of(entry.event.spec)
        if kind is None:
            return
        at = _begin(entry, self.held[-1].since if self.held else entry.at)
        holder = None if kind is HolderKind.NOBODY else _named(kind, entry)
        last = self.held[-1] if self.held else None
        if last is not None and last.until is None:
            if self._joins and last.holder == holder:
                return
            self.held[-1] = last.model_copy(update={"until": at})
        if holder is not None:
            self.held.append(Holding(holder=holder, since=at, note=entry.event.spec.note))

    def lasting(self) -> tuple[Holding, ...]:
        """Without holders of no time at all, as an agency that could never be reached."""
        return tuple(one for one in self.held if one.until is None or one.until > one.since)


def _named(kind: HolderKind, entry: LedgerEntry) -> str:
    if kind is HolderKind.AGENCY:
        return str(entry.agency or Holder.US)
    if kind is HolderKind.PAYER:
        return str(entry.facts.get("payer") or Holder.US)
    return NAMED.get(kind, Holder.US)


def _begin(entry: LedgerEntry, earliest: datetime) -> datetime:
    """An outage is known only later than it began; it never reaches back over another holder."""
    since = entry.facts.get("since")
    if entry.event is Event.AGENCY_UNREACHABLE and isinstance(since, str):
        return min(max(datetime.fromisoformat(since), earliest), entry.at)
    return entry.at
