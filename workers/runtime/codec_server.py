"""Temporal's remote codec over HTTP, so that the UI and the CLI show officials what is sealed."""

import json
from collections.abc import Awaitable, Callable, Iterable, Sequence

import structlog
from fastapi import FastAPI, HTTPException, Request
from fastapi.middleware.cors import CORSMiddleware
from fastapi.middleware.trustedhost import TrustedHostMiddleware
from fastapi.responses import JSONResponse
from google.protobuf.json_format import MessageToDict, ParseDict, ParseError
from temporalio.api.common.v1 import Payload, Payloads
from temporalio.converter import PayloadCodec

from codec.marks import is_sealed, without_marks

LOCAL_HOSTS = ("localhost", "127.0.0.1")
HEADERS = ("content-type", "x-namespace", "authorization")

Translate = Callable[[Sequence[Payload]], Awaitable[list[Payload]]]

log = structlog.get_logger()


def codec_app(
    codec: PayloadCodec, *, origins: Iterable[str], hosts: Iterable[str] = LOCAL_HOSTS
) -> FastAPI:
    """Serve one codec to pages of these origins, under these host names and no other.

    Host names are checked because a foreign page can make its own name point at this machine.
    Logs hold counts only.
    """
    app = FastAPI(title="lienthong codec server", docs_url=None, redoc_url=None, openapi_url=None)
    app.add_middleware(
        CORSMiddleware, allow_origins=[*origins], allow_methods=["POST"], allow_headers=HEADERS
    )
    app.add_middleware(TrustedHostMiddleware, allowed_hosts=[*hosts])

    @app.get("/health")
    async def health() -> dict[str, str]:
        return {"status": "ok"}

    @app.post("/encode")
    @app.post("/{prefix:path}/encode")
    async def encode(request: Request) -> JSONResponse:
        return await _translated(request, codec.encode)

    @app.post("/decode")
    @app.post("/{prefix:path}/decode")
    async def decode(request: Request) -> JSONResponse:
        return await _translated(request, codec.decode)

    return app


async def _translated(request: Request, translate: Translate) -> JSONResponse:
    payloads = _payloads_of(await request.body())
    answer = [without_marks(payload) for payload in await translate(payloads)]
    log.info(
        "codec.served",
        direction=request.url.path.rpartition("/")[2],
        payloads=len(payloads),
        sealed_before=sum(map(is_sealed, payloads)),
        sealed_after=sum(map(is_sealed, answer)),
    )
    return JSONResponse(MessageToDict(Payloads(payloads=answer)))


def _payloads_of(body: bytes) -> Sequence[Payload]:
    """Read proto-JSON; fields of newer servers are ignored, anything else is refused."""
    try:
        document = json.loads(body)
    except (ValueError, RecursionError):
        raise _bad_body() from None
    if not isinstance(document, dict):
        raise _bad_body()
    try:
        return ParseDict(document, Payloads(), ignore_unknown_fields=True).payloads
    except ParseError:
        raise _bad_body() from None


def _bad_body() -> HTTPException:
    return HTTPException(
        400, 'The body must be JSON like {"payloads": [{"metadata": {}, "data": "base64"}]}.'
    )
