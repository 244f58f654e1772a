"""A database that fails us: later where it is away, a mistake of ours otherwise, no values told."""

import structlog
from asyncpg import InterfaceError, PostgresError
from fastapi import FastAPI, Request
from starlette.responses import Response

from backends.shared.problems import ProblemError, later, problem_response
from models.kernel.base import AgencyId

_AWAY = ("08", "53", "57")
"""Classes of SQLSTATE: connection lost, out of resources, shutting down."""
_RETRY_SECONDS = 5
log = structlog.get_logger()


def speak_of_database_in_problems(app: FastAPI, agency: AgencyId) -> None:
    """Answer for the database; its own messages quote rows, so they are neither told nor logged."""

    async def failed(_request: Request, error: Exception) -> Response:
        state = getattr(error, "sqlstate", None) or ""
        if isinstance(error, PostgresError) and not state.startswith(_AWAY):
            constraint = getattr(error, "constraint_name", None)
            log.error("database.refused", agency=agency, state=state, constraint=constraint)
            return problem_response(ProblemError(500, "a mistake of ours"), agency)
        log.warning("database.away", agency=agency, error=type(error).__name__)
        return problem_response(later("the database is away", seconds=_RETRY_SECONDS), agency)

    for kind in (PostgresError, InterfaceError, OSError):
        app.add_exception_handler(kind, failed)
