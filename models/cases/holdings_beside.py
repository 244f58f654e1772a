"""Who held a dossier before it was filed, or its money after it was granted."""

from collections.abc import Iterable

from models.cases.events import Event, LedgerEntry
from models.cases.holdings import Holding
from models.kernel.base import ProcedureId
from models.kernel.vocabulary import Holder

BEGINNING = {
    Event.CONFIRMATION_AWAITED: "Chờ gia đình thống nhất người đại diện",
    Event.PAYMENT_ORDERED: "Chi trả",
    Event.PAYMENT_RESUMED: "Chi trả lại",
    Event.PAYMENT_REDIRECTED: "Chi trả tới nơi khác",
    Event.PAYMENT_HELD: "Khoản chi chờ người xử lý",
    Event.PAYMENT_RETURNED: "Khoản chi bị trả về, chờ người xử lý",
}
OURS = frozenset({Event.PAYMENT_HELD, Event.PAYMENT_RETURNED})
ENDING = frozenset(
    {
        Event.CONFIRMATION_REACHED,
        Event.CONFIRMATION_MISSED,
        Event.DOSSIER_WITHDRAWN,
        Event.DOSSIER_STOPPED,
        Event.PAYMENT_PAID,
        Event.PAYMENT_STOPPED,
    }
)


def holdings_beside(entries: Iterable[LedgerEntry], procedure: ProcedureId) -> tuple[Holding, ...]:
    """Holdings that are no agency's time on the dossier itself, one after the other."""
    held: list[Holding] = []
    for entry in entries:
        if entry.procedure != procedure or entry.event not in {*BEGINNING, *ENDING}:
            continue
        if held and held[-1].until is None:
            held[-1] = held[-1].model_copy(update={"until": entry.at})
        if note := BEGINNING.get(entry.event):
            held.append(Holding(holder=_holder(entry), since=entry.at, note=note))
    return tuple(one for one in held if one.until is None or one.until > one.since)


def _holder(entry: LedgerEntry) -> str:
    if entry.event is Event.CONFIRMATION_AWAITED:
        return Holder.CITIZEN
    return Holder.US if entry.event in OURS else str(entry.facts.get("payer") or Holder.US)
