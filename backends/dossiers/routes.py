"""The dossier contract over HTTP, for any agency that performs procedures."""

from typing import Annotated, Any, Literal, Union

from fastapi import APIRouter, Depends
from fastapi.responses import Response
from pydantic import Field

from backends.dossiers.counter import Counter
from backends.dossiers.filing import (
    CorrectionPosting,
    DecisionPosting,
    DeskList,
    Standing,
    SupplementPosting,
    WithdrawalPosting,
)
from backends.dossiers.office import Office
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
from backends.shared.problems import unknown
from models.contracts.corrections import CorrectionReceipt
from models.contracts.dossiers import Acknowledgement, DossierAnswer
from models.kernel.base import Message

SUPPLEMENT = Body(SupplementPosting, "Supplement")
WITHDRAWAL = Body(WithdrawalPosting, "Withdrawal")
CORRECTION = Body(CorrectionPosting, "Correction")
DECISION = Body(DecisionPosting, "OfficerDecision")
POSTINGS = (SUPPLEMENT, WITHDRAWAL, CORRECTION, DECISION)


def filing_body(office: Office) -> Body:
    """What this agency's dossiers hold: one shape, or one for each procedure."""
    kinds = tuple(procedure.filing for procedure in office.procedures.values())
    if len(kinds) == 1:
        return Body(kinds[0], "Dossier")
    union = Union[kinds]  # type: ignore[valid-type]  # noqa: UP007 - made at run time
    return Body(Annotated[union, Field(discriminator="procedure")], "Dossier")


def dossier_routes(office: Office, body: Body) -> APIRouter:
    """Filing a dossier, and asking for its current answer."""
    router = APIRouter(prefix="/v1/dossiers", tags=["dossiers"])

    @router.put(
        "/{key}",
        response_model=DossierAnswer,
        responses=problems(409, 422, 503),
        openapi_extra=body.documented,
    )
    async def submit(
        key: PathKey, idempotency_key: IdempotencyKey, filing: Annotated[Any, Depends(body)]
    ) -> Response:
        """Take a dossier in. Sent again, it is answered as it stands."""
        require_same_key(key, idempotency_key, filing.key)
        return as_json(await office.submit(filing))

    @router.get("/{key}", response_model=DossierAnswer, responses=problems(404, 422, 503))
    async def answer(key: PathKey) -> Response:
        """The current answer."""
        return as_json(await office.answer(key))

    return router


def posting_routes(counter: Counter) -> APIRouter:
    """What the citizen's side says about a filed dossier."""
    router = APIRouter(prefix="/v1/dossiers", tags=["dossiers"])
    for path, body, answer in (
        ("supplements", SUPPLEMENT, Acknowledgement),
        ("withdrawal", WITHDRAWAL, Acknowledgement),
        ("corrections", CORRECTION, CorrectionReceipt),
    ):
        _posting_route(router, counter, path, body, answer)
    return router


def desk_routes(office: Office, counter: Counter) -> APIRouter:
    """Where officers see what waits for them, and decide it."""
    router = APIRouter(prefix="/v1/desk/dossiers", tags=["desk"])

    @router.get("", response_model=DeskList, responses=problems(422))
    async def dossiers(
        state: Literal["open", "settled", "all"] = "open",
        offset: Offset = 0,
        limit: Limit = 100,
    ) -> Response:
        """The agency's dossiers, oldest first."""
        entries = await office.store.entries(office.pool, state, offset=offset, limit=limit)
        return as_json(DeskList(dossiers=tuple(entries)))

    @router.get("/{key}/standing", response_model=Standing, responses=problems(404, 422))
    async def standing(key: PathKey) -> Response:
        """What the register says now of what a granted dossier brought about."""
        stored = await office.store.find(office.pool, key)
        found = stored and await office.procedures[stored.procedure].standing(office.pool, key)
        if not found:
            raise unknown("grant")
        return as_json(found)

    @router.post(
        "/{key}/decision",
        response_model=DossierAnswer,
        responses=problems(404, 409, 422, 503),
        openapi_extra=DECISION.documented,
    )
    async def decide(
        key: PathKey, idempotency_key: IdempotencyKey, said: Annotated[Any, Depends(DECISION)]
    ) -> Response:
        """An officer's decision; a grant is carried out by the agency's own procedure."""
        return as_json(await counter.say(key, idempotency_key, said))

    return router


def _posting_route(
    router: APIRouter, counter: Counter, path: str, body: Body, answer: type[Message]
) -> None:
    @router.post(
        f"/{{key}}/{path}",
        name=path,
        response_model=answer,
        responses=problems(404, 409, 422, 503),
        openapi_extra=body.documented,
    )
    async def say(
        key: PathKey, idempotency_key: IdempotencyKey, said: Annotated[Any, Depends(body)]
    ) -> Response:
        """Take note; said again under the same Idempotency-Key, it is answered the same."""
        return as_json(await counter.say(key, idempotency_key, said))
