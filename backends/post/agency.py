"""The public post over HTTP."""

from typing import Annotated, Any, Final

from fastapi import APIRouter, Depends, Query
from fastapi.responses import Response

from backends.post.contracts import ParcelPosting, ParcelReceipt, Parcels, ParcelShown
from backends.post.handover import HANDOVER, handover_desk, shown, tracking
from backends.post.way import Ways
from backends.shared.agency import Agency, Surroundings
from backends.shared.contract import (
    Body,
    IdempotencyKey,
    Limit,
    Offset,
    PathKey,
    as_json,
    problems,
    require_same_key,
)
from backends.shared.mailbox import Mailbox
from models.kernel.base import AgencyId

POST: Final = AgencyId("post")
_PARCEL = Body(ParcelPosting, "Parcel")
_CaseCode = Annotated[str | None, Query(pattern=r"^[A-Za-z0-9._-]{1,64}$")]


def post(surroundings: Surroundings) -> Agency:
    """The agency that carries paper."""
    mailbox = Mailbox("agency_post.parcel", surroundings.pool)
    ways = Ways(surroundings.switch, surroundings.pool)
    return Agency(
        id=POST,
        title="Bưu chính công ích",
        routers=(_routes(mailbox, ways), handover_desk(mailbox, ways)),
        bodies=(_PARCEL, HANDOVER),
    )


def _routes(mailbox: Mailbox, ways: Ways) -> APIRouter:
    router = APIRouter(prefix="/v1/parcels", tags=["parcels"])

    @router.put(
        "/{key}",
        response_model=ParcelReceipt,
        responses=problems(409, 422),
        openapi_extra=_PARCEL.documented,
    )
    async def hand_in(
        key: PathKey, idempotency_key: IdempotencyKey, said: Annotated[Any, Depends(_PARCEL)]
    ) -> Response:
        """Take a parcel once; handed in again it has the same receipt."""
        require_same_key(key, idempotency_key, said.key)
        kept = await mailbox.hand_in(said)
        await ways.set_out(said, kept.received_at)
        return as_json(
            ParcelReceipt(
                acknowledged=True, at=kept.received_at, tracking_number=tracking(kept.number)
            )
        )

    @router.get("/{key}", response_model=ParcelShown, responses=problems(404, 422))
    async def one(key: PathKey) -> Response:
        """A parcel as it was handed in, and how far it has come."""
        return as_json(await shown(mailbox, ways, key))

    @router.get("", response_model=Parcels, responses=problems(422))
    async def parcels(
        case_code: _CaseCode = None, offset: Offset = 0, limit: Limit = 100
    ) -> Response:
        """What was handed in, of one case or of all."""
        said = await mailbox.list(case_code, offset=offset, limit=limit)
        return as_json(f'{{"parcels":[{",".join(said)}]}}')

    return router
