"""An agency as a web application: its routes, its switch, its truth about itself."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from fastapi import APIRouter, FastAPI
from starlette.types import ASGIApp

from backends.dossiers.counter import Counter
from backends.dossiers.office import Office
from backends.dossiers.routes import (
    POSTINGS,
    desk_routes,
    dossier_routes,
    filing_body,
    posting_routes,
)
from backends.shared.contract import Body, Schemas, finish, problems
from backends.shared.database import Pool
from backends.shared.database_problems import speak_of_database_in_problems
from backends.shared.problems import later, speak_in_problems
from backends.switchboard.fault_injector import Circuit, Switch
from models.kernel.base import AgencyId, Message


@dataclass(frozen=True, kw_only=True)
class Agency:
    """What an agency offers. One that performs procedures has an office, the others do not."""

    id: AgencyId
    title: str
    routers: Sequence[APIRouter] = ()
    bodies: Sequence[Body] = ()
    office: Office | None = None


@dataclass(frozen=True, kw_only=True)
class Surroundings:
    """What an agency stands on: its switch, the process's pool, the agencies it may ask."""

    switch: Switch
    pool: Pool
    neighbours: dict[str, str] = field(default_factory=dict)
    """Base URLs by agency id."""


class Health(Message):
    """Ready to answer."""

    agency: str
    ready: bool = True


def application(agency: Agency, surroundings: Surroundings) -> ASGIApp:
    """The agency behind its switch."""
    return Circuit(plain_application(agency, surroundings.pool), surroundings.switch)


def plain_application(agency: Agency, pool: Pool) -> FastAPI:
    """The agency itself, without the switch."""
    app = FastAPI(title=agency.title, version="1", docs_url=None, redoc_url=None)
    speak_in_problems(app, agency.id)
    speak_of_database_in_problems(app, agency.id)
    bodies = [*agency.bodies]
    for router in agency.routers:
        app.include_router(router)
    if agency.office:
        bodies += [filing_body(agency.office), *POSTINGS]
        _open_office(app, agency.office, bodies[len(agency.bodies)])
    _add_health(app, agency.id, pool)
    _tell_the_truth(app, tuple(bodies))
    return app


def _open_office(app: FastAPI, office: Office, filing: Body) -> None:
    counter = Counter(office)
    app.include_router(dossier_routes(office, filing))
    app.include_router(posting_routes(counter))
    app.include_router(desk_routes(office, counter))


def _add_health(app: FastAPI, agency: AgencyId, pool: Pool) -> None:
    @app.get("/health", responses=problems(503), tags=["health"])
    async def health() -> Health:
        """Whether the agency answers, its database included."""
        try:
            await pool.fetchval("SELECT 1", timeout=2)
        except (OSError, TimeoutError) as error:
            raise later("the database is away", seconds=1) from error
        return Health(agency=agency)


def _tell_the_truth(app: FastAPI, bodies: tuple[Body, ...]) -> None:
    generated = app.openapi

    def openapi() -> Schemas:
        """OpenAPI with what is really read and answered."""
        if app.openapi_schema is None:
            app.openapi_schema = finish(generated(), bodies)
        return app.openapi_schema

    app.openapi = openapi  # type: ignore[method-assign]  # the way FastAPI documents
