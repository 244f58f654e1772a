"""Drawing up the insurer's lists, and delivering them."""

from collections.abc import Mapping
from dataclasses import dataclass

from temporalio import activity

from activities.ports.agencies import ListGateway
from activities.ports.stores import ListRepository
from codec.errors import KeyringError
from models.contracts.lists import ListReceipt, PersonList
from models.kernel.base import AgencyId
from models.kernel.errors import BackendContractError, LienthongError, UnknownAgencyError
from models.law.rates import Rates
from models.lists.orders import (
    CompileLists,
    DeliverList,
    LineFee,
    ListDelivered,
    ListsCompiled,
    ListTerms,
    WaitingPlace,
)


@dataclass(frozen=True)
class ListActivities:
    """Effects on the lists."""

    book: ListRepository
    insurers: Mapping[AgencyId, ListGateway]
    rates: Rates

    @activity.defn(name="lists.compile")
    async def compile(self, order: CompileLists) -> ListsCompiled:
        """Draw up the lists of a page of places, each in a transaction of its own.

        Twice is harmless: who stands on a list waits no more, and lists that were drawn up before
        are found again among the undelivered.
        """
        page = await self.book.places(order)
        for place in page:
            await self._draw_up(place, order)
        codes = [place.place for place in page]
        return ListsCompiled(
            undelivered=tuple(await self.book.undelivered(order.kind, codes)),
            last_place=codes[-1] if len(codes) == order.most else None,
        )

    @activity.defn(name="lists.deliver")
    async def deliver(self, order: DeliverList) -> ListDelivered:
        """Deliver a list. Twice is harmless: by its number it is the same list, and one receipt.

        What more tries do not mend is noted for a person, and holds up no other list.
        """
        try:
            persons = await self.book.find(order.number)
            receipt = _sound(await self._insurer(order.agency).deliver(persons), persons)
        except (LienthongError, KeyringError) as error:
            if isinstance(error, LienthongError) and error.retryable:
                raise
            because = type(error).__name__
            await self.book.note_trouble(order.number, because)
            return ListDelivered(number=order.number, trouble=because)
        await self.book.acknowledge(receipt)
        return ListDelivered(number=order.number, rejected=len(receipt.rejected))

    async def _draw_up(self, place: WaitingPlace, order: CompileLists) -> None:
        terms = ListTerms(
            kind=order.kind,
            place=place.place,
            until=order.until,
            fee=LineFee.on(order.until, order.kind, place.province, self.rates),
            at=order.at,
        )
        while await self.book.draw_up(terms) is not None:
            pass  # a place may need several lists

    def _insurer(self, id: AgencyId) -> ListGateway:
        try:
            return self.insurers[id]
        except KeyError:
            raise UnknownAgencyError(f"no insurer is configured under agency {id}") from None


def _sound(receipt: ListReceipt, persons: PersonList) -> ListReceipt:
    """A receipt that speaks of other lines than ours, or acknowledges nothing, is no receipt."""
    lines = {str(line.number) for line in persons.lines}
    fits = receipt.taken + len(receipt.rejected) <= len(lines) and receipt.rejected.keys() <= lines
    if receipt.acknowledged and fits:
        return receipt
    raise BackendContractError(f"list {persons.number}: the receipt does not fit the list")
