"""Notifications over HTTP: what is sent to citizens stays readable in an outbox."""

from typing import Annotated, Any, Final

from fastapi import APIRouter, Depends, Query
from fastapi.responses import Response

from backends.notice.contracts import NoticePosting, Outbox
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
from backends.shared.problems import unknown
from models.contracts.dossiers import Acknowledgement
from models.kernel.base import AgencyId

NOTICE: Final = AgencyId("notice")
_NOTICE = Body(NoticePosting, "Notice")
_CaseCode = Annotated[str | None, Query(pattern=r"^[A-Za-z0-9._-]{1,64}$")]


def notice(surroundings: Surroundings) -> Agency:
    """The agency that tells citizens."""
    mailbox = Mailbox("agency_notice.notice", surroundings.pool)
    return Agency(
        id=NOTICE, title="Thông báo cho công dân", routers=(_routes(mailbox),), bodies=(_NOTICE,)
    )


def _routes(mailbox: Mailbox) -> APIRouter:
    router = APIRouter(prefix="/v1/notices", tags=["notices"])

    @router.put(
        "/{key}",
        response_model=Acknowledgement,
        responses=problems(409, 422),
        openapi_extra=_NOTICE.documented,
    )
    async def send(
        key: PathKey, idempotency_key: IdempotencyKey, said: Annotated[Any, Depends(_NOTICE)]
    ) -> Response:
        """Send a notice once; sent again it is acknowledged the same."""
        require_same_key(key, idempotency_key, said.key)
        kept = await mailbox.hand_in(said)
        return as_json(Acknowledgement(acknowledged=True, at=kept.received_at))

    @router.get("/{key}", response_model=NoticePosting, responses=problems(404, 422))
    async def one(key: PathKey) -> Response:
        """A notice as it was sent."""
        kept = await mailbox.find(key)
        if kept is None:
            raise unknown("notice")
        return as_json(kept.said)

    @router.get("", response_model=Outbox, responses=problems(422))
    async def outbox(
        case_code: _CaseCode = None, offset: Offset = 0, limit: Limit = 100
    ) -> Response:
        """The outbox, of one case or of all."""
        said = await mailbox.list(case_code, offset=offset, limit=limit)
        return as_json(f'{{"notices":[{",".join(said)}]}}')

    return router
