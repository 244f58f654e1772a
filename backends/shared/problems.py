"""Every refusal of a request as `application/problem+json`, never with a value of the request."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from pydantic import ValidationError
from starlette.exceptions import HTTPException
from starlette.responses import Response

from models.contracts.dossiers import Problem
from models.kernel.base import AgencyId

_NOT_ALLOWED = 405
MEDIA_TYPE = "application/problem+json"


class ProblemError(Exception):
    """The request cannot be answered; says which status, and why in a sentence."""

    def __init__(
        self,
        status: int,
        title: str,
        *,
        reason_code: str | None = None,
        errors: Sequence[Mapping[str, str]] = (),
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(title)
        self.status = status
        self.title = title
        self.reason_code = reason_code
        self.errors = tuple(dict(error) for error in errors)
        self.headers = dict(headers or {})


def later(title: str, *, seconds: int) -> ProblemError:
    """A 503 that says when to come back."""
    return ProblemError(503, title, headers={"Retry-After": str(seconds)})


def unknown(what: str) -> ProblemError:
    """A 404 that names the kind of thing, not the thing."""
    return ProblemError(404, f"{what}: never received here")


def invalid(error: ValidationError) -> ProblemError:
    """A 422 that names every wrong field by its path, without its value."""
    problems = error.errors(include_input=False, include_context=False, include_url=False)
    return ProblemError(422, "the body breaks the contract", errors=[_named(p) for p in problems])


def problem_response(problem: ProblemError, agency: AgencyId) -> Response:
    """The problem as it goes out."""
    body = Problem(
        title=problem.title,
        status=problem.status,
        reason_code=problem.reason_code,
        agency=agency,
        errors=problem.errors,
    )
    return Response(
        body.model_dump_json(),
        status_code=problem.status,
        media_type=MEDIA_TYPE,
        headers=problem.headers,
    )


def speak_in_problems(app: FastAPI, agency: AgencyId) -> None:
    """Make every error answer of this app a problem, whoever raised it."""

    async def ours(_request: Request, error: Exception) -> Response:
        assert isinstance(error, ProblemError)  # noqa: S101 - registered for this type alone
        return problem_response(error, agency)

    async def parameters(_request: Request, error: Exception) -> Response:
        assert isinstance(error, RequestValidationError)  # noqa: S101 - as above
        errors = [_named(problem) for problem in error.errors()]
        problem = ProblemError(422, "a parameter breaks the contract", errors=errors)
        return problem_response(problem, agency)

    async def routing(request: Request, error: Exception) -> Response:
        assert isinstance(error, HTTPException)  # noqa: S101 - as above
        headers = dict(error.headers or {})
        if error.status_code == _NOT_ALLOWED:
            headers["Allow"] = ", ".join(_methods_at(app, request.url.path))
        problem = ProblemError(error.status_code, str(error.detail), headers=headers)
        return problem_response(problem, agency)

    async def unforeseen(_request: Request, _error: Exception) -> Response:
        return problem_response(ProblemError(500, "a mistake of ours"), agency)

    app.add_exception_handler(Exception, unforeseen)
    app.add_exception_handler(ProblemError, ours)
    app.add_exception_handler(RequestValidationError, parameters)
    app.add_exception_handler(HTTPException, routing)


def _methods_at(app: FastAPI, path: str) -> list[str]:
    """Every method of a path: the framework names those of its first route only."""
    return sorted(
        method.upper()
        for template, operations in app.openapi()["paths"].items()
        if re.fullmatch(re.sub(r"\{[^}]+\}", "[^/]+", template), path)
        for method in operations
    )


def _named(problem: Mapping[str, Any]) -> dict[str, str]:  # Any: pydantic's own error dicts
    return {
        "field": ".".join(map(str, problem["loc"])),
        "rule": str(problem["type"]),
        "message": str(problem["msg"]),
    }
