"""A short conformance check of an agency: nothing in it files a dossier or needs one."""

from collections.abc import Awaitable, Callable
from typing import NamedTuple

import httpx

from models.contracts.dossiers import Problem

_TIMEOUT = 10.0
_ABSENT = "/v1/dossiers/conformance-check-1"


class Result(NamedTuple):
    """One promise of the contract, whether it is kept, and what was found."""

    title: str
    passed: bool
    found: str


async def check_agency(url: str) -> list[Result]:
    """Try every promise that can be tried without a real case."""
    async with httpx.AsyncClient(base_url=url, timeout=_TIMEOUT) as client:
        return [await _tried(client, title, promise) for title, promise in _PROMISES]


Promise = Callable[[httpx.AsyncClient], Awaitable[str]]
"""Empty: kept. Otherwise what was found instead, in Vietnamese."""


async def _tried(client: httpx.AsyncClient, title: str, promise: Promise) -> Result:
    try:
        found = await promise(client)
    except httpx.TransportError as error:
        found = f"không trả lời ({type(error).__name__})"
    return Result(title, not found, found)


async def _health(client: httpx.AsyncClient) -> str:
    status = (await client.get("/health")).status_code
    return "" if status == httpx.codes.OK else f"trả lời {status}"


async def _openapi(client: httpx.AsyncClient) -> str:
    response = await client.get("/openapi.json")
    if response.status_code != httpx.codes.OK:
        return f"trả lời {response.status_code}"
    try:
        paths = response.json()["paths"]
    except (ValueError, KeyError, TypeError):
        return "không phải tài liệu OpenAPI"
    return "" if "/v1/dossiers/{key}" in paths else "không có PUT/GET /v1/dossiers/{key}"


async def _unknown(client: httpx.AsyncClient) -> str:
    return _problem(await client.get(_ABSENT), 404)


async def _without_key(client: httpx.AsyncClient) -> str:
    return _problem(await client.put(_ABSENT, json={}), 400, 422)


async def _empty(client: httpx.AsyncClient) -> str:
    headers = {"Idempotency-Key": "conformance-check-1"}
    return _problem(await client.put(_ABSENT, json={}, headers=headers), 400, 422)


async def _no_json(client: httpx.AsyncClient) -> str:
    headers = {"Idempotency-Key": "conformance-check-1", "Content-Type": "application/json"}
    return _problem(await client.put(_ABSENT, content=b"{", headers=headers), 400, 422)


async def _supplement_unknown(client: httpx.AsyncClient) -> str:
    body = {"request_id": "check", "items": [], "sent_at": "2026-01-05T08:00:00+07:00"}
    headers = {"Idempotency-Key": "conformance-check-1"}
    return _problem(await client.post(f"{_ABSENT}/supplements", json=body, headers=headers), 404)


def _problem(response: httpx.Response, *statuses: int) -> str:
    if response.status_code not in statuses:
        return f"trả lời {response.status_code}, lẽ ra {' hoặc '.join(map(str, statuses))}"
    if response.headers.get("Content-Type", "").split(";")[0] != "application/problem+json":
        return "lỗi không phải application/problem+json"
    try:
        told = Problem.model_validate_json(response.content).status
    except ValueError:
        return "lỗi không đúng mẫu problem+json"
    return "" if told == response.status_code else "status trong lỗi khác mã HTTP"


_PROMISES: tuple[tuple[str, Promise], ...] = (
    ("GET /health trả lời", _health),
    ("/openapi.json mô tả /v1/dossiers/{key}", _openapi),
    ("hồ sơ chưa từng nhận: 404 problem+json", _unknown),
    ("PUT thiếu Idempotency-Key bị từ chối", _without_key),
    ("PUT thiếu nội dung bị từ chối", _empty),
    ("PUT không phải JSON bị từ chối", _no_json),
    ("bổ sung hồ sơ chưa từng nhận: 404 problem+json", _supplement_unknown),
)
