"""The lists in memory beside a `MemoryLedger`, for tests of workflows; as kept in PostgreSQL."""

from dataclasses import dataclass, field

from models.cases.lists import ListEntry
from models.contracts.lists import ListKind, ListLine, ListReceipt, PersonList
from models.kernel.base import CaseCode
from models.lists.orders import CompileLists, ListTerms, WaitingPlace

from fakes.stores import MemoryLedger

Person = tuple[str, str]


@dataclass
class MemoryListRepository:
    """`ListRepository` of whoever the ledger was told is to be listed."""

    ledger: MemoryLedger
    lists: dict[str, PersonList] = field(default_factory=dict)
    receipts: dict[str, ListReceipt] = field(default_factory=dict)
    troubles: dict[str, str] = field(default_factory=dict)
    on_a_list: set[Person] = field(default_factory=set)
    voided: set[CaseCode] = field(default_factory=set)

    async def places(self, order: CompileLists) -> list[WaitingPlace]:
        """The next page of places with something to list or to deliver, by code."""
        waiting = [entry for _, entry in self._waiting(order.kind) if _counts(entry, order)]
        owed = [one for one in self.lists.values() if self._owes(one, order.kind)]
        codes = {entry.place.code for entry in waiting} | {one.place for one in owed}
        mine = sorted(c for c in codes if c > order.after and order.place in (None, c))
        return [
            WaitingPlace(
                place=code,
                name=next((e.place.name for e in waiting if e.place.code == code), code),
                province=next((e.place.province for e in waiting if e.place.code == code), None),
                waiting=sum(entry.place.code == code for entry in waiting),
            )
            for code in mine[: order.most]
        ]

    async def draw_up(self, terms: ListTerms) -> str | None:
        """Number the next list of a place and put its persons on it; None: nobody waits."""
        chosen = [
            (person, entry)
            for person, entry in self._waiting(terms.kind)
            if entry.place.code == terms.place and _counts(entry, terms)
        ]
        if not chosen:
            return None
        prefix = f"{terms.kind}-{terms.place}-{terms.until:%y%m}"
        number = f"{prefix}-{1 + sum(n.startswith(prefix) for n in self.lists):03d}"
        self.on_a_list.update(person for person, _ in chosen)
        self.lists[number] = PersonList(
            number=number,
            kind=terms.kind,
            place=terms.place,
            place_name=chosen[-1][1].place.name,
            compiled_at=terms.at,
            lines=tuple(_line(at, entry) for at, (_, entry) in enumerate(chosen, start=1)),
            fee_per_line=terms.fee.amount,
            fee_total=terms.fee.amount * len(chosen),
        )
        return number

    async def undelivered(self, kind: ListKind, places: list[str]) -> list[str]:
        """Numbers of these places' lists that were not acknowledged."""
        owed = (one for one in self.lists.values() if self._owes(one, kind))
        return sorted(one.number for one in owed if one.place in places)

    async def find(self, number: str) -> PersonList:
        """A list with its persons; the same each time."""
        return self.lists[number]

    async def acknowledge(self, receipt: ListReceipt) -> None:
        """Keep what the insurer said; said again it changes nothing."""
        self.receipts.setdefault(receipt.number, receipt)
        self.troubles.pop(receipt.number, None)

    async def note_trouble(self, number: str, because: str) -> None:
        """Keep why a list cannot be delivered, until it is."""
        if number not in self.receipts:
            self.troubles[number] = because

    async def void(self, case_code: CaseCode) -> list[str]:
        """A revoked act's line counts no more; returns its lists that are still on their way."""
        self.voided.add(case_code)
        owed = [one for one in self.lists.values() if one.number not in self.receipts]
        return [one.number for one in owed if case_code in {line.case_code for line in one.lines}]

    def _waiting(self, kind: ListKind) -> list[tuple[Person, ListEntry]]:
        known = self.ledger.listed.items()
        return [
            (person, entry)
            for person, entry in known
            if entry.kind == kind
            and person not in self.on_a_list
            and entry.case_code not in self.voided
        ]

    def _owes(self, one: PersonList, kind: ListKind) -> bool:
        return one.kind == kind and one.number not in self.receipts


def _counts(entry: ListEntry, terms: CompileLists | ListTerms) -> bool:
    return entry.occurred_on <= terms.until


def _line(number: int, entry: ListEntry) -> ListLine:
    return ListLine(
        number=number,
        case_code=entry.case_code,
        occurred_on=entry.occurred_on,
        facts=entry.facts,
    )
