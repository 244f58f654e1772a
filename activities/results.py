"""Telling the citizen: the receipt at the beginning, the results at the end."""

from dataclasses import dataclass

from temporalio import activity

from activities.ports.agencies import NoticeGateway, PostGateway
from models.cases.notices import family_notice, parcel_of_results, receipt_notice, results_notice
from models.cases.orders import ReturnResults, SendReceipt, TellFamily

POST = "post"


@dataclass(frozen=True)
class ResultActivities:
    """Effects that reach the citizen."""

    notices: NoticeGateway
    post: PostGateway

    @activity.defn(name="receipt.send")
    async def send_receipt(self, order: SendReceipt) -> None:
        """Send the receipt. Twice is harmless: its key is derived from the case code."""
        await self.notices.send(receipt_notice(order))

    @activity.defn(name="family.tell")
    async def tell_family(self, order: TellFamily) -> None:
        """Tell the declarant. Twice is harmless: the key is derived from dossier and kind."""
        await self.notices.send(family_notice(order))

    @activity.defn(name="results.return")
    async def return_results(self, order: ReturnResults) -> None:
        """Return the results. Twice is harmless: notices and parcels carry derived keys."""
        if order.channel == POST:
            await self.post.hand_in(parcel_of_results(order))
        else:
            await self.notices.send(results_notice(order))
