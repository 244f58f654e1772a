"""A fund over HTTP beside its dossiers: what it knows of somebody, and its clerk's own entries."""

from collections.abc import Awaitable, Callable
from typing import Annotated, Any, Final, Protocol

from fastapi import APIRouter, Depends, Path
from fastapi.responses import Response
from pydantic import BaseModel

from backends.funds.book import FundBook
from backends.funds.contracts import OutsideClaim, Question
from backends.shared import clock
from backends.shared.contract import Body, as_json, problems
from backends.shared.database import Connection, Pool, Queryable
from backends.shared.problems import ProblemError, unknown
from backends.shared.reasons import Reason
from models.contracts.entitlements import Claim, Entitlement
from models.kernel.base import Message

QUESTION: Final = Body(Question, "EntitlementQuestion")
_Number = Annotated[str, Path(pattern=r"^[0-9]{12}$")]
_KEEP_QUESTION = """
INSERT INTO {schema}.question (purpose, asked, answered, asked_at) VALUES ($1, $2, $3, $4)
"""
_KEEP_ENTRY = """
INSERT INTO {schema}.record_entry (personal_number, said, entered_at) VALUES ($1, $2, $3)
"""
Answerer = Callable[[Queryable, Question], Awaitable[Entitlement]]


class RecordEntry(Message):
    """What any clerk's entry holds beside the fund's own facts."""

    claims: tuple[OutsideClaim, ...] = ()


class Records(Protocol):
    """A fund's own records of persons."""

    async def entitlement(self, connection: Queryable, question: Question) -> Entitlement:
        """What the records say of somebody."""
        ...

    async def enter(self, connection: Connection, person: str, entry: Any) -> None:
        """Let the record be as the clerk says."""  # Any: the fund's own RecordEntry
        ...

    async def find(self, connection: Queryable, person: str) -> dict[str, Any] | None:
        """The record's fields; None where there is none."""  # Any: column values
        ...


def question_routes(pool: Pool, schema: str, records: Records) -> APIRouter:
    """Asking what a fund knows; each asking is kept."""
    router = APIRouter(prefix="/v1", tags=["entitlements"])

    @router.post(
        "/entitlements",
        response_model=Entitlement,
        responses=problems(422),
        openapi_extra=QUESTION.documented,
    )
    async def entitlements(asked: Annotated[Any, Depends(QUESTION)]) -> Response:
        """What the records say of a deceased person. Asking files nothing, and is written down."""
        answer = await records.entitlement(pool, asked)
        said, answered = asked.model_dump_json(), answer.model_dump_json()
        keep = _KEEP_QUESTION.format(schema=schema)
        await pool.execute(keep, asked.purpose, said, answered, clock.now())
        return as_json(answered)

    return router


def record_routes(  # noqa: PLR0913 - all that a clerk's desk stands on
    pool: Pool,
    schema: str,
    records: Records,
    *,
    book: FundBook,
    body: Body,
    shown: type[BaseModel],
) -> APIRouter:
    """The registry's own clerk: sees a record, and enters one as it is to be from now on."""
    router = APIRouter(prefix="/v1/desk/records", tags=["desk"])

    async def seen(connection: Queryable, person: str) -> BaseModel:
        found = await records.find(connection, person)
        if found is None:
            raise unknown("record")
        claims: tuple[Claim, ...] = await book.claims(connection, person)
        return shown.model_validate(found | {"claims": [c.model_dump() for c in claims]})

    @router.get("/{personal_number}", response_model=shown, responses=problems(404, 422))
    async def record(personal_number: _Number) -> Response:
        """A record as it stands, with the claims that stand."""
        return as_json(await seen(pool, personal_number))

    @router.put(
        "/{personal_number}",
        response_model=shown,
        responses=problems(409, 422),
        openapi_extra=body.documented,
    )
    async def enter(personal_number: _Number, entry: Annotated[Any, Depends(body)]) -> Response:
        """Enter a whole record; said again it changes nothing. Claims of dossiers stay."""
        async with pool.acquire() as connection, connection.transaction():
            await records.enter(connection, personal_number, entry)
            if not await book.put_outside_claims(connection, personal_number, entry.claims):
                raise ProblemError(409, "claimed already", reason_code=Reason.ALREADY_DONE)
            keep = _KEEP_ENTRY.format(schema=schema)
            said = entry.model_dump_json()
            await connection.execute(keep, personal_number, said, clock.now())
            return as_json(await seen(connection, personal_number))

    return router
