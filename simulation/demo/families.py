"""Families of the invented country, asked from the reference agencies' switchboard."""

from collections.abc import Iterator
from datetime import date
from typing import TypeVar

import httpx

from models.kernel.base import Message
from models.kernel.errors import BackendUnavailableError, LienthongError

PAGE = 500
"""How many families the switchboard tells at once."""
Page = TypeVar("Page", bound=Message)
PATIENCE = httpx.Timeout(60, connect=5)
"""Families nobody asked for before are first entered at every agency."""


class NoFamiliesError(LienthongError):
    """The invented country has no families left that nobody has used."""


class Adult(Message):
    """A grown-up as every register knows them."""

    personal_number: str
    full_name: str
    date_of_birth: date
    insurance_number: str


class Family(Message):
    """A household that may have a child."""

    index: int
    mother: Adult
    father: Adult | None
    householder: Adult
    province: str
    commune: str
    commune_name: str
    address: str


class _Couples(Message):
    couples: tuple[Family, ...]


async def fetch_families(switchboard: str, *, offset: int, count: int) -> tuple[Family, ...]:
    """`count` families from an index on, all known to every agency.

    Raises:
        BackendUnavailableError: no switchboard answers there.
        NoFamiliesError: the country ends before.
    """
    pages = await fetch_pages(switchboard, "couples", _Couples, offset=offset, count=count)
    return tuple(family for page in pages for family in page.couples)


async def fetch_pages(
    switchboard: str, kind: str, page: type[Page], *, offset: int, count: int
) -> list[Page]:
    """Households of a kind from an index on, page by page.

    Raises:
        BackendUnavailableError: no switchboard answers there.
        NoFamiliesError: the country ends before.
    """
    async with httpx.AsyncClient(base_url=switchboard, timeout=PATIENCE, trust_env=False) as client:
        answers = [
            (await _page(client, kind, start, limit), limit)
            for start, limit in _pages(offset, count)
        ]
    if any(len(answer.json()[kind]) < limit for answer, limit in answers):
        raise NoFamiliesError(
            "Các gia đình mẫu đã được dùng hết: xoá dữ liệu thử bằng `lienthong down --purge`."
        )
    return [page.model_validate_json(answer.content) for answer, _ in answers]


def _pages(offset: int, count: int) -> Iterator[tuple[int, int]]:
    for start in range(offset, offset + count, PAGE):
        yield start, min(PAGE, offset + count - start)


async def _page(client: httpx.AsyncClient, kind: str, offset: int, limit: int) -> httpx.Response:
    try:
        answer = await client.get(f"/v1/demo/{kind}", params={"offset": offset, "limit": limit})
        return answer.raise_for_status()
    except httpx.HTTPError as error:
        raise BackendUnavailableError(
            f"Không hỏi được các gia đình mẫu ở {client.base_url} ({type(error).__name__}): "
            "demo cần các cơ quan tham chiếu, hãy chạy `lienthong agencies serve`."
        ) from error
