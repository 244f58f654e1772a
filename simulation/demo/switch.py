"""Letting officers decide at a reference agency for a while, through the switchboard."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import httpx

from models.kernel.errors import BackendUnavailableError

PATIENCE = httpx.Timeout(10, connect=5)
PEOPLE = {"when": "people"}
Raw = dict[str, Any]  # Any: the JSON of a behaviour


@asynccontextmanager
async def officers_decide(switchboard: str, agency: str) -> AsyncIterator[None]:
    """While the block lasts, dossiers that reach the agency wait at its desk, and stay there.

    Only when it decides is changed and put back, also where whoever asked gave up meanwhile;
    whatever else is set for it stays as it is.

    Raises:
        BackendUnavailableError: the switchboard does not answer.
    """
    async with httpx.AsyncClient(base_url=switchboard, timeout=PATIENCE, trust_env=False) as client:
        before = (await _behaviour(client, agency))["answers"]
        try:
            await _set_answers(client, agency, PEOPLE)
            yield
        finally:
            await _set_answers(client, agency, before)


async def _behaviour(client: httpx.AsyncClient, agency: str) -> Raw:
    known = (await _ask(client, "GET", "/agencies"))["agencies"]
    return next(each["behaviour"] for each in known if each["agency"] == agency)


async def _set_answers(client: httpx.AsyncClient, agency: str, answers: Raw) -> None:
    wanted = await _behaviour(client, agency) | {"answers": answers}
    await _ask(client, "PUT", f"/agencies/{agency}/behaviour", wanted)


async def _ask(client: httpx.AsyncClient, method: str, path: str, json: Raw | None = None) -> Raw:
    try:
        answer = await client.request(method, path, json=json)
        answer.raise_for_status()
    except httpx.HTTPError as error:
        raise BackendUnavailableError(
            f"Không đặt được cách làm việc của cơ quan ở {client.base_url} "
            f"({type(error).__name__}): xem lại bằng `lienthong agencies show`."
        ) from error
    found: Raw = answer.json()
    return found
