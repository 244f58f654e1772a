"""Lists of persons over HTTP, and what an officer sees of their lines."""

from typing import Annotated, Any, Final

from fastapi import APIRouter, Depends, Path
from fastapi.responses import Response

from backends.dossiers.routes import CORRECTION
from backends.insurance import lists
from backends.insurance.list_contracts import ListedLines, ListPosting
from backends.shared.contract import (
    Body,
    IdempotencyKey,
    PathKey,
    as_json,
    problems,
    require_same_key,
)
from backends.shared.database import Pool
from models.contracts.corrections import CorrectionReceipt
from models.contracts.lists import ListReceipt

LIST: Final = Body(ListPosting, "PersonList")
_CaseCode = Annotated[str, Path(pattern=r"^[A-Za-z0-9._-]{1,64}$")]


def list_routes(pool: Pool) -> APIRouter:
    """Where lists are delivered, and acts corrected that put persons on them."""
    router = APIRouter(prefix="/v1", tags=["lists"])

    @router.put(
        "/lists/{key}",
        response_model=ListReceipt,
        responses=problems(409, 422),
        openapi_extra=LIST.documented,
    )
    async def take(
        key: PathKey, idempotency_key: IdempotencyKey, said: Annotated[Any, Depends(LIST)]
    ) -> Response:
        """Carry a list out once, line by line. Delivered again, it has the same receipt."""
        require_same_key(key, idempotency_key, said.number)
        return as_json(await lists.take(pool, said))

    @router.get("/lists/{key}", response_model=ListReceipt, responses=problems(404, 422))
    async def receipt(key: PathKey) -> Response:
        """The receipt of a list."""
        return as_json(await lists.receipt_of(pool, key))

    @router.post(
        "/listed/{case_code}/corrections",
        response_model=CorrectionReceipt,
        responses=problems(404, 409, 422),
        openapi_extra=CORRECTION.documented,
    )
    async def correct(
        case_code: _CaseCode,
        _idempotency_key: IdempotencyKey,
        said: Annotated[Any, Depends(CORRECTION)],
    ) -> Response:
        """The act was corrected that put a case's person on a list. Said again, done once."""
        return as_json(await lists.correct(pool, case_code, said))

    return router


def list_desk(pool: Pool) -> APIRouter:
    """Where officers see what became of lines."""
    router = APIRouter(prefix="/v1/desk/listed", tags=["desk"])

    @router.get("/{case_code}", response_model=ListedLines, responses=problems(422))
    async def lines(case_code: _CaseCode) -> Response:
        """The lines of a case; it names nobody."""
        return as_json(await lists.lines_of(pool, case_code))

    return router
