"""Posting a parcel to an officer, and hearing when it was handed over."""

from dataclasses import dataclass

from temporalio import activity

from activities.ports.agencies import PostGateway
from models.cases.results import HandOver
from models.contracts.dossiers import ParcelState, ParcelStatus
from models.kernel.errors import NotDecidedYetError


@dataclass(frozen=True)
class HandoverActivities:
    """Effects on parcels that go through an officer."""

    post: PostGateway

    @activity.defn(name="parcel.ask")
    async def ask(self, order: HandOver) -> ParcelStatus:
        """Return once the citizen has it; until then each try says "not yet".

        Twice is harmless: a parcel the post does not know is handed in under its key, the rest only
        asks.
        """
        key = order.parcel.key
        status = await self.post.status(key)
        if status is None:
            await self.post.hand_in(order.parcel)
            status = await self.post.status(key)
        if status is not None and status.state is ParcelState.HANDED_OVER:
            return status
        raise NotDecidedYetError(f"{key}: not handed over yet")
