"""The switchboard over HTTP: see and set how the reference agencies behave, and whom they know."""

from collections.abc import Awaitable, Callable, Collection
from typing import Annotated, Any, Final

from fastapi import APIRouter, Depends, FastAPI, Path
from fastapi.responses import Response

from backends.country.elders import ElderHousehold
from backends.country.people import Family
from backends.country.world import registered_elders, registered_families
from backends.shared.agency import Agency, plain_application
from backends.shared.contract import Body, Limit, Offset, as_json, problems
from backends.shared.database import Pool
from backends.shared.problems import ProblemError
from backends.switchboard.behaviour import Behaviour
from backends.switchboard.store import BehaviourStore, Setting
from models.kernel.base import AgencyId, Message

SWITCHBOARD: Final = AgencyId("switchboard")
_BEHAVIOUR = Body(Behaviour, "BehaviourSetting")
Apply = Callable[[AgencyId, Setting], Awaitable[None]]


class Position(Message):
    """How one agency behaves now."""

    agency: str
    behaviour: Behaviour


class Positions(Message):
    """How every reference agency behaves now."""

    agencies: tuple[Position, ...]


class Couples(Message):
    """Families the agencies know, for declarations about them."""

    couples: tuple[Family, ...]


class Elders(Message):
    """Households the agencies know in which somebody may die, for declarations about them."""

    elders: tuple[ElderHousehold, ...]


def switchboard(pool: Pool, agencies: Collection[AgencyId], apply: Apply) -> FastAPI:
    """The switchboard; `apply` makes this process obey before the answer goes out."""
    store = BehaviourStore(pool)
    routers = (_agencies(store, agencies, apply), _demo(pool))
    agency = Agency(id=SWITCHBOARD, title="Bảng điều khiển", routers=routers, bodies=(_BEHAVIOUR,))
    return plain_application(agency, pool)


def _agencies(store: BehaviourStore, agencies: Collection[AgencyId], apply: Apply) -> APIRouter:
    router = APIRouter(prefix="/agencies", tags=["switchboard"])

    @router.get("", response_model=Positions)
    async def positions() -> Response:
        """All agencies, in a fixed order."""
        known = await store.all()
        positions = (
            Position(agency=id, behaviour=known[id].behaviour if id in known else Behaviour())
            for id in agencies
        )
        return as_json(Positions(agencies=tuple(positions)))

    @router.put(
        "/{agency}/behaviour",
        response_model=Position,
        responses=problems(404, 422),
        openapi_extra=_BEHAVIOUR.documented,
    )
    async def turn(
        agency: Annotated[str, Path(pattern=r"^[a-z_]{1,40}$")],
        behaviour: Annotated[Any, Depends(_BEHAVIOUR)],
    ) -> Response:
        """Set an agency's behaviour as a whole; what the body leaves out is as on a good day."""
        if agency not in agencies:
            raise ProblemError(404, "no such reference agency")
        id = AgencyId(agency)
        await apply(id, await store.set(id, behaviour))
        return as_json(Position(agency=id, behaviour=behaviour))

    return router


def _demo(pool: Pool) -> APIRouter:
    router = APIRouter(prefix="/v1/demo", tags=["demo"])

    @router.get("/couples", response_model=Couples, responses=problems(422))
    async def couples(offset: Offset = 0, limit: Limit = 100) -> Response:
        """Couples who may have a child, known to every agency; the same for the same offset."""
        families = await registered_families(pool, offset=offset, limit=limit)
        return as_json(Couples(couples=tuple(families)))

    @router.get("/elders", response_model=Elders, responses=problems(422))
    async def elders(offset: Offset = 0, limit: Limit = 100) -> Response:
        """Older people and their relatives, known to every agency; the same for the same offset."""
        households = await registered_elders(pool, offset=offset, limit=limit)
        return as_json(Elders(elders=tuple(households)))

    return router
