"""Reading bodies strictly, and telling OpenAPI exactly what is read and answered."""

from typing import Annotated, Any, Final

from fastapi import Header, Path, Query, Request
from fastapi.responses import Response
from pydantic import BaseModel, TypeAdapter, ValidationError

from backends.shared.problems import MEDIA_TYPE, ProblemError, invalid
from models.contracts.dossiers import KEY_PATTERN, Problem

REF: Final = "#/components/schemas/{model}"

PathKey = Annotated[str, Path(pattern=KEY_PATTERN, description="<case code>-<procedure>-<round>")]
IdempotencyKey = Annotated[
    str,
    Header(
        alias="Idempotency-Key",
        pattern=KEY_PATTERN,
        description="PUT: the key in the path. POST: any key; said again, the answer is the same.",
    ),
]
Offset = Annotated[int, Query(ge=0, le=10_000_000)]
Limit = Annotated[int, Query(ge=1, le=500)]
Schemas = dict[str, Any]  # Any: JSON Schema documents
Docs = dict[int | str, dict[str, Any]]  # Any: OpenAPI response objects


class Body:
    """One kind of body: reads it as strictly as its schema says, and documents it."""

    def __init__(self, kind: Any, name: str) -> None:  # Any: a model, or a union of models
        self._adapter: TypeAdapter[Any] = TypeAdapter(kind)
        self.name = name

    async def __call__(self, request: Request) -> Any:  # Any: an instance of the kind given
        """Parse the body.

        Raises:
            ProblemError: 422 with every wrong field.
        """
        try:
            return self._adapter.validate_json(await request.body(), strict=True)
        except ValidationError as error:
            raise invalid(error) from None

    @property
    def documented(self) -> dict[str, Any]:  # Any: an OpenAPI fragment
        """What the operation says about its body."""
        content = {"application/json": {"schema": {"$ref": REF.format(model=self.name)}}}
        return {"requestBody": {"required": True, "content": content}}

    def schemas(self) -> Schemas:
        """The components this body needs."""
        schema = self._adapter.json_schema(ref_template=REF)
        parts: Schemas = schema.pop("$defs", {})
        return parts | {self.name: schema}


def problems(*statuses: int) -> Docs:
    """The problems an operation may answer with."""
    titles = {
        400: "Không hiểu được yêu cầu",
        404: "Chưa từng nhận",
        409: "Trái với điều đã ghi nhận",
        422: "Nội dung sai quy ước",
        503: "Tạm thời chưa phục vụ được",
    }
    content = {MEDIA_TYPE: {"schema": {"$ref": REF.format(model="Problem")}}}
    return {
        status: {"description": titles[status], "content": content}
        | ({"headers": _RETRY_AFTER} if status == 503 else {})  # noqa: PLR2004 - HTTP's own number
        for status in statuses
    }


def finish(document: Schemas, bodies: tuple[Body, ...]) -> Schemas:
    """Add the components of bodies and problems, and drop FastAPI's own error shapes."""
    schemas = document.setdefault("components", {}).setdefault("schemas", {})
    for body in bodies:
        schemas.update(body.schemas())
    schemas["Problem"] = Problem.model_json_schema(ref_template=REF)
    for unused in ("HTTPValidationError", "ValidationError"):
        schemas.pop(unused, None)
    return document


def require_same_key(*keys: str) -> None:
    """Check that path, header and body speak of one write.

    Raises:
        ProblemError: 409, they name different ones.
    """
    if len(set(keys)) > 1:
        raise ProblemError(409, "Idempotency-Key, path and body name different keys")


def as_json(message: BaseModel | str) -> Response:
    """An answer, written once, by pydantic itself (or stored as it was written then)."""
    text = message if isinstance(message, str) else message.model_dump_json()
    return Response(text, media_type="application/json")


_RETRY_AFTER = {"Retry-After": {"schema": {"type": "integer"}, "description": "Giây"}}
