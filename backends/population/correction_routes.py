"""Corrections of children's registrations over HTTP; for the civil status registry."""

from typing import Annotated, Any, Final

from fastapi import APIRouter, Depends
from fastapi.responses import Response

from backends.population import corrections
from backends.population.contracts import NewbornCorrection
from backends.shared.contract import Body, IdempotencyKey, PathKey, as_json, problems
from backends.shared.database import Pool
from models.contracts.dossiers import Acknowledgement

NEWBORN_CORRECTION: Final = Body(NewbornCorrection, "NewbornCorrection")


def correction_routes(pool: Pool) -> APIRouter:
    """Where the register of persons is told of them."""
    router = APIRouter(prefix="/v1/newborns", tags=["population"])

    @router.post(
        "/{key}/corrections",
        response_model=Acknowledgement,
        responses=problems(404, 422),
        openapi_extra=NEWBORN_CORRECTION.documented,
    )
    async def correct(
        key: PathKey,
        _idempotency_key: IdempotencyKey,
        said: Annotated[Any, Depends(NEWBORN_CORRECTION)],
    ) -> Response:
        """Correct the child's facts or close the number. Said again, it is done once."""
        since = await corrections.correct(pool, key, said)
        return as_json(Acknowledgement(acknowledged=True, at=since))

    return router
