"""Families of the invented country, asked from the reference agencies' switchboard."""

from collections.abc import Iterator
from datetime import date

import httpx

from models.base import Message
from models.errors import BackendUnavailableError, LienthongError

PAGE = 500
"""How many families the switchboard tells at once."""
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
    async with httpx.AsyncClient(base_url=switchboard, timeout=PATIENCE, trust_env=False) as client:
        pages = [await _page(client, start, limit) for start, limit in _pages(offset, count)]
    families = tuple(family for page in pages for family in page)
    if len(families) < count:
        raise NoFamiliesError(
            "Các gia đình mẫu đã được dùng hết: xoá dữ liệu thử bằng `lienthong down --purge`."
        )
    return families


def _pages(offset: int, count: int) -> Iterator[tuple[int, int]]:
    for start in range(offset, offset + count, PAGE):
        yield start, min(PAGE, offset + count - start)


async def _page(client: httpx.AsyncClient, offset: int, limit: int) -> tuple[Family, ...]:
    try:
        answer = await client.get("/v1/demo/couples", params={"offset": offset, "limit": limit})
        answer.raise_for_status()
    except httpx.HTTPError as error:
        raise BackendUnavailableError(
            f"Không hỏi được các gia đình mẫu ở {client.base_url} ({type(error).__name__}): "
            "demo cần các cơ quan tham chiếu, hãy chạy `lienthong agencies serve`."
        ) from error
    return _Couples.model_validate_json(answer.content).couples
