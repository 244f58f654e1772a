"""The population database over HTTP."""

from typing import Annotated, Any, Final

from fastapi import APIRouter, Depends, Path
from fastapi.responses import Response

from backends.population import deaths, newborns, register
from backends.population.contracts import (
    DeathAnswer,
    DeathRequest,
    DeathRevocation,
    NewbornAnswer,
    NewbornRequest,
    RegisteredPerson,
)
from backends.population.correction_routes import NEWBORN_CORRECTION, correction_routes
from backends.shared.agency import Agency, Surroundings
from backends.shared.contract import (
    Body,
    IdempotencyKey,
    PathKey,
    as_json,
    problems,
    require_same_key,
)
from backends.shared.database import Pool
from backends.shared.problems import unknown
from models.contracts.dossiers import Acknowledgement
from models.kernel.base import AgencyId

POPULATION: Final = AgencyId("population")
_NEWBORN = Body(NewbornRequest, "Newborn")
_DEATH = Body(DeathRequest, "Death")
_REVOCATION = Body(DeathRevocation, "DeathRevocation")
_Number = Annotated[str, Path(pattern=r"^[0-9]{12}$")]


def population(surroundings: Surroundings) -> Agency:
    """The agency that knows who exists."""
    return Agency(
        id=POPULATION,
        title="Cơ sở dữ liệu quốc gia về dân cư",
        routers=(
            _routes(surroundings.pool),
            _death_routes(surroundings.pool),
            correction_routes(surroundings.pool),
        ),
        bodies=(_NEWBORN, _DEATH, _REVOCATION, NEWBORN_CORRECTION),
    )


def _routes(pool: Pool) -> APIRouter:
    router = APIRouter(prefix="/v1", tags=["population"])

    @router.get(
        "/persons/{personal_number}", response_model=RegisteredPerson, responses=problems(404, 422)
    )
    async def person(personal_number: _Number) -> Response:
        """A person as registered."""
        found = await register.find_person(pool, personal_number)
        if found is None:
            raise unknown("person")
        return as_json(found)

    @router.put(
        "/newborns/{key}",
        response_model=NewbornAnswer,
        responses=problems(409, 422),
        openapi_extra=_NEWBORN.documented,
    )
    async def newborn(
        key: PathKey, idempotency_key: IdempotencyKey, request: Annotated[Any, Depends(_NEWBORN)]
    ) -> Response:
        """Verify the parents and number the child, in one act."""
        require_same_key(key, idempotency_key, request.key)
        return as_json(await newborns.number(pool, request))

    return router


def _death_routes(pool: Pool) -> APIRouter:
    router = APIRouter(prefix="/v1/deaths", tags=["population"])

    @router.put(
        "/{key}",
        response_model=DeathAnswer,
        responses=problems(409, 422),
        openapi_extra=_DEATH.documented,
    )
    async def death(
        key: PathKey, idempotency_key: IdempotencyKey, request: Annotated[Any, Depends(_DEATH)]
    ) -> Response:
        """Verify who died and enter the death, in one act; for the civil status registry."""
        require_same_key(key, idempotency_key, request.key)
        return as_json(await deaths.enter(pool, request))

    @router.post(
        "/{key}/revocation",
        response_model=Acknowledgement,
        responses=problems(404, 422),
        openapi_extra=_REVOCATION.documented,
    )
    async def revoke(
        key: PathKey,
        _idempotency_key: IdempotencyKey,
        said: Annotated[Any, Depends(_REVOCATION)],
    ) -> Response:
        """The person is alive: the entry was wrong. Said again, it is the same acknowledgement."""
        return as_json(Acknowledgement(acknowledged=True, at=await deaths.revoke(pool, key, said)))

    return router
