"""Showing how far a parcel has come, and the desk where contact officers confirm."""

from typing import Annotated, Any, Final

from fastapi import APIRouter, Depends
from fastapi.responses import Response

from backends.post.contracts import Handover, ParcelPosting, ParcelShown
from backends.post.way import Way, Ways
from backends.shared import clock
from backends.shared.contract import Body, IdempotencyKey, PathKey, as_json, problems
from backends.shared.mailbox import Mailbox
from backends.shared.problems import unknown

HANDOVER: Final = Body(Handover, "Handover")


def handover_desk(mailbox: Mailbox, ways: Ways) -> APIRouter:
    """Where the officer of a commune says that the citizen has what came by post."""
    router = APIRouter(prefix="/v1/desk/parcels", tags=["desk"])

    @router.post(
        "/{key}/handover",
        response_model=ParcelShown,
        responses=problems(404, 409, 422),
        openapi_extra=HANDOVER.documented,
    )
    async def hand_over(
        key: PathKey, _idempotency_key: IdempotencyKey, said: Annotated[Any, Depends(HANDOVER)]
    ) -> Response:
        """Confirm the hand-over. Said again, the first time counts."""
        await ways.hand_over(key, said)
        return as_json(await shown(mailbox, ways, key))

    return router


async def shown(mailbox: Mailbox, ways: Ways, key: str) -> ParcelShown:
    """A parcel and its way.

    Raises:
        ProblemError: 404, never handed in.
    """
    kept = await mailbox.find(key)
    if kept is None:
        raise unknown("parcel")
    parcel = ParcelPosting.model_validate_json(kept.said)
    noted = await ways.find(key)
    way = noted or Way(parcel.via is not None, kept.received_at, kept.received_at, None, None)
    state, at = way.stage(clock.now())
    return ParcelShown(
        **parcel.model_dump(),
        state=state,
        at=at,
        by=way.confirmed_by,
        tracking_number=tracking(kept.number),
    )


def tracking(number: int) -> str:
    """A number as the post writes them: two letters, nine digits, the country."""
    return f"LT{number:09}VN"
