"""Who held a dossier from when to when, read from the entries of its case."""

from collections.abc import Iterable, Iterator
from datetime import datetime

from models.cases.events import Event, LedgerEntry
from models.kernel.base import Instant, Message, ProcedureId
from models.kernel.vocabulary import Holder

TO_AGENCY = frozenset(
    {
        Event.DOSSIER_FILED,
        Event.DOSSIER_ACCEPTED,
        Event.DOSSIER_VERIFYING,
        Event.DOSSIER_SUPPLEMENTED,
        Event.AGENCY_REACHED,
        Event.STEP_RESUMED,
    }
)
TO_OTHERS = {
    Event.DOSSIER_SUPPLEMENT_WANTED: Holder.CITIZEN,
    Event.AGENCY_UNREACHABLE: Holder.OUTAGE,
    Event.STEP_PARKED: Holder.US,
}
SETTLING = frozenset(
    {
        Event.DOSSIER_GRANTED,
        Event.DOSSIER_REFUSED,
        Event.DOSSIER_STOPPED,
        Event.DOSSIER_WITHDRAWN,
        Event.DOSSIER_NOT_FILED,
    }
)
NOTE = {
    Event.DOSSIER_FILED: "Nhận hồ sơ",
    Event.DOSSIER_SUPPLEMENTED: "Nhận lại sau khi bổ sung",
    Event.AGENCY_REACHED: "Liên lạc lại được",
    Event.STEP_RESUMED: "Làm tiếp sau khi tạm gác",
    Event.DOSSIER_SUPPLEMENT_WANTED: "Chờ công dân bổ sung",
    Event.AGENCY_UNREACHABLE: "Không liên lạc được với cơ quan",
    Event.STEP_PARKED: "Tạm gác do lỗi kỹ thuật",
}


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
    held: list[Holding] = []
    for entry in entries:
        if entry.procedure != procedure:
            continue
        if not held and entry.event is not Event.DOSSIER_FILED:
            continue
        if entry.event in TO_AGENCY or entry.event in TO_OTHERS:
            _hand_over(held, _holder_after(entry), entry)
        elif _settles(entry) and held and held[-1].until is None:
            held[-1] = held[-1].model_copy(update={"until": entry.at})
    return tuple(_lasting(held))


def outages_of_agencies(entries: Iterable[LedgerEntry]) -> tuple[Holding, ...]:
    """When agencies could not be told what concerns the whole case, such as its results."""
    held: dict[str, Holding] = {}
    ended: list[Holding] = []
    for entry in entries:
        agency = str(entry.agency)
        if entry.procedure is None and entry.event is Event.AGENCY_UNREACHABLE:
            since, note = (
                _begin(entry, entry.at.min.replace(tzinfo=entry.at.tzinfo)),
                NOTE[entry.event],
            )
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


def _hand_over(held: list[Holding], holder: str, entry: LedgerEntry) -> None:
    at = _begin(entry, held[-1].since if held else entry.at)
    if held and held[-1].until is None:
        if held[-1].holder == holder:
            return
        held[-1] = held[-1].model_copy(update={"until": at})
    held.append(Holding(holder=holder, since=at, note=NOTE.get(entry.event, "")))


def _begin(entry: LedgerEntry, earliest: datetime) -> datetime:
    """An outage is known only later than it began; it never reaches back over another holder."""
    since = entry.facts.get("since")
    if entry.event is Event.AGENCY_UNREACHABLE and isinstance(since, str):
        return min(max(datetime.fromisoformat(since), earliest), entry.at)
    return entry.at


def _holder_after(entry: LedgerEntry) -> str:
    return TO_OTHERS.get(entry.event) or str(entry.agency or Holder.US)


def _settles(entry: LedgerEntry) -> bool:
    return entry.event in SETTLING


def _lasting(held: Iterable[Holding]) -> Iterator[Holding]:
    """Leave out who held it for no time at all, as an agency that could never be reached."""
    return (one for one in held if one.until is None or one.until > one.since)
