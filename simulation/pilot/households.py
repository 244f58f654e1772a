"""The invented households in which somebody dies, asked from the agencies' switchboard."""

from collections.abc import Mapping, Sized
from datetime import date

import httpx

from models.kernel.base import Message
from models.kernel.errors import BackendUnavailableError, LienthongError

PAGE = 500
"""How many households the switchboard tells at once."""
PATIENCE = httpx.Timeout(60, connect=5)


class NoHouseholdsError(LienthongError):
    """The invented country has no households left in a province."""


class Adult(Message):
    """A grown-up as every register knows them."""

    personal_number: str
    full_name: str
    sex: str
    date_of_birth: date
    insurance_number: str


class Account(Message):
    """A bank account of whoever arranges the funeral."""

    bank: str
    account_number: str
    account_name: str


class Household(Message):
    """Who dies, who is left behind, and where they live."""

    index: int
    deceased: Adult
    spouse: Adult | None
    children: tuple[Adult, ...]
    province: str
    commune: str
    account: Account


class _Elders(Message):
    elders: tuple[Household, ...]


async def fetch_households(
    switchboard: str, wanted: Mapping[str, int], *, first: int
) -> dict[str, list[Household]]:
    """So many households of each province, from an index on; every agency knows them.

    Raises:
        BackendUnavailableError: no switchboard answers there.
        NoHouseholdsError: the country ends before.
    """
    found: dict[str, list[Household]] = {province: [] for province in wanted}
    async with httpx.AsyncClient(base_url=switchboard, timeout=PATIENCE, trust_env=False) as client:
        while missing := _missing(found, wanted):
            page = await _page(client, first)
            for province, count in missing.items():
                here = [household for household in page if household.province == province]
                found[province] += here[:count]
            first += len(page)
    return found


def _missing(found: Mapping[str, Sized], wanted: Mapping[str, int]) -> dict[str, int]:
    left = {province: count - len(found[province]) for province, count in wanted.items()}
    return {province: count for province, count in left.items() if count}


async def _page(client: httpx.AsyncClient, offset: int) -> tuple[Household, ...]:
    try:
        answer = await client.get("/v1/demo/elders", params={"offset": offset, "limit": PAGE})
        answer.raise_for_status()
    except httpx.HTTPError as error:
        raise BackendUnavailableError(
            f"Không hỏi được các hộ mẫu ở {client.base_url} ({type(error).__name__})."
        ) from error
    page = _Elders.model_validate_json(answer.content).elders
    if not page:
        raise NoHouseholdsError("Các hộ mẫu không đủ cho bộ hồ sơ này: chọn --files nhỏ hơn.")
    return page
