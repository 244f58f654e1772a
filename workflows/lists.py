"""Drawing up and delivering the insurer's lists: one page of places in each history."""

import asyncio

from temporalio import workflow

from activities.lists import ListActivities
from models.lists.orders import DeliverList, ListDelivered, ListsCompiled, ListsOutcome, RunLists
from workflows.runtime import options

AT_ONCE = 10
"""Lists on their way at a time: the agency has other work too."""


@workflow.defn(name="PersonLists")
class PersonListsWorkflow:
    """Lists everybody who stands on no list yet; run again, it finds nothing new.

    Lists are known by their numbers here: no history holds a person.
    """

    @workflow.init
    def __init__(self, order: RunLists) -> None:
        """Begin where the order says; `workflow.now()` is when this history began."""
        self._page = order.first_page(workflow.now())
        self._line = asyncio.Semaphore(AT_ONCE)

    @workflow.run
    async def run(self, order: RunLists) -> ListsOutcome:
        """Draw up one page of places and deliver it; the next page goes on in a fresh history."""
        compiled = await self._compile()
        delivered = await asyncio.gather(*map(self._deliver, compiled.undelivered))
        outcome = order.so_far.plus(delivered)
        if compiled.last_place is not None:
            workflow.continue_as_new(order.going_on(self._page, compiled.last_place, outcome))
        return outcome

    async def _compile(self) -> ListsCompiled:
        config = options.own_store(f"Lập danh sách đến ngày {self._page.until:%d/%m/%Y}")
        return await workflow.execute_activity_method(ListActivities.compile, self._page, **config)

    async def _deliver(self, number: str) -> ListDelivered:
        order = DeliverList(agency=self._page.agency, number=number)
        config = options.patient_call(order.agency, f"Gửi danh sách {number}")
        async with self._line:
            return await workflow.execute_activity_method(ListActivities.deliver, order, **config)
