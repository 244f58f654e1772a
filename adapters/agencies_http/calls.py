"""One HTTP call to an agency, with every way it can fail named in our words."""

import hashlib
from collections.abc import Collection
from dataclasses import dataclass
from datetime import timedelta
from email.utils import parsedate_to_datetime
from typing import Final, TypeVar

import httpx
from pydantic import BaseModel, ValidationError

from models.kernel.base import AgencyId
from models.kernel.errors import (
    BackendContractError,
    BackendRefusedRequestError,
    BackendUnavailableError,
)
from models.kernel.json_text import without_nul

M = TypeVar("M", bound=BaseModel)
_OK: Final = 200
_BUSY: Final = 429
_CLIENT: Final = range(400, 500)
_SERVER: Final = range(500, 600)


@dataclass(frozen=True)
class Caller:
    """Says to whom and for what a call is made; nothing of a body ever gets into a message."""

    agency: AgencyId
    client: httpx.AsyncClient
    what: str

    async def put(self, path: str, message: BaseModel, *, key: str) -> httpx.Response:
        """Send a message under its key."""
        return await self._send("PUT", path, message, key)

    async def post(
        self, path: str, message: BaseModel, *, key: str, or_: Collection[int] = ()
    ) -> httpx.Response:
        """Send a message about something under a key of its own; `or_` are answers too."""
        return await self._send("POST", path, message, key, or_=or_)

    async def get(self, path: str, *, or_: Collection[int] = ()) -> httpx.Response:
        """Ask; `or_` are statuses that are answers too."""
        return self._checked(await self._exchange("GET", path), or_=or_)

    def read(self, response: httpx.Response, kind: type[M]) -> M:
        """Parse an answer.

        Raises:
            BackendContractError: it is not what the contract says.
        """
        try:
            return kind.model_validate_json(without_nul(response.content))
        except ValidationError:
            raise BackendContractError(
                f"{self.agency}: {self.what}: the answer breaks the contract"
            ) from None

    async def _send(
        self, method: str, path: str, message: BaseModel, key: str, *, or_: Collection[int] = ()
    ) -> httpx.Response:
        headers = {"Content-Type": "application/json", "Idempotency-Key": key}
        body = message.model_dump_json().encode()
        response = await self._exchange(method, path, content=body, headers=headers)
        return self._checked(response, or_=or_)

    async def _exchange(
        self,
        method: str,
        path: str,
        *,
        content: bytes | None = None,
        headers: dict[str, str] | None = None,
    ) -> httpx.Response:
        try:
            return await self.client.request(method, path, content=content, headers=headers)
        except httpx.DecodingError:
            raise BackendContractError(f"{self._said()}: the answer cannot be decoded") from None
        except httpx.TransportError as error:
            kind = type(error).__name__
            raise BackendUnavailableError(f"{self._said()}: no answer ({kind})") from None

    def _checked(self, response: httpx.Response, *, or_: Collection[int] = ()) -> httpx.Response:
        status = response.status_code
        if status == _OK or status in or_:
            return response
        said = f"{self._said()}: status {status}"
        if status == _BUSY or status in _SERVER:
            raise BackendUnavailableError(said, retry_after=retry_after(response))
        if status in _CLIENT:
            raise BackendRefusedRequestError(said)
        raise BackendContractError(said)

    def _said(self) -> str:
        return f"{self.agency}: {self.what}"


LONGEST_WAIT = timedelta(days=1)


def retry_after(response: httpx.Response) -> timedelta | None:
    """How long we are asked to wait: in seconds, or until a date told against the answer's own.

    A day at most, so that a wrong date holds no case for years.
    """
    asked = response.headers.get("Retry-After", "")
    if asked.isascii() and asked.isdigit():
        return timedelta(seconds=min(int(asked), int(LONGEST_WAIT.total_seconds())))
    try:
        until, now = parsedate_to_datetime(asked), parsedate_to_datetime(response.headers["Date"])
        return min(max(until - now, timedelta()), LONGEST_WAIT)
    except (KeyError, TypeError, ValueError):
        return None


def derived_key(*parts: str) -> str:
    """A key for a message whose own id may hold any characters."""
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()
