"""One suite of promises for every office that carries paper: over HTTP, and in memory."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from itertools import count

import httpx
import pytest

from activities.ports.agencies import PostGateway
from adapters.agencies_http.parcels import HttpPostGateway
from models.contracts.dossiers import Parcel, ParcelState
from models.kernel.base import AgencyId, CaseCode
from models.kernel.errors import (
    BackendContractError,
    BackendRefusedRequestError,
    BackendUnavailableError,
)

from fakes.agencies import MemoryPostGateway
from harness.agency_country import Country, fresh_database, running

POST = AgencyId("post")
OFFICER = "Công chức đầu mối của xã"
_numbers = count(1)


@dataclass
class Setup:
    """A post office behind its adapter, and the ways a test can bring it into a state."""

    office: PostGateway
    country: Country

    async def be_away(self) -> None:
        if isinstance(self.office, MemoryPostGateway):
            self.office.unreachable = True
        else:
            await self.country.turn(POST, reachable="down")

    async def be_slow(self) -> None:
        if isinstance(self.office, MemoryPostGateway):
            self.office.carries = ParcelState.POSTED
        else:
            await self.country.turn(POST, answers={"when": "after_delay", "seconds": 3600})


@pytest.fixture(scope="module")
async def country(database_url: str) -> AsyncIterator[Country]:
    async with fresh_database(database_url) as url, running(url) as country:
        yield country


@pytest.fixture(params=["http", "memory"])
async def setup(request: pytest.FixtureRequest, country: Country) -> AsyncIterator[Setup]:
    if request.param == "memory":
        yield Setup(MemoryPostGateway(), country)
        return
    async with httpx.AsyncClient(base_url=country.url(POST), timeout=5) as client:
        yield Setup(HttpPostGateway(POST, client), country)
    await country.calm()


@pytest.mark.parametrize(
    ("via", "state"), [(None, ParcelState.DELIVERED), (OFFICER, ParcelState.HANDED_OVER)]
)
async def test_a_parcel_comes_as_far_as_it_can(
    setup: Setup, via: str | None, state: ParcelState
) -> None:
    sent = parcel(via)
    await setup.office.hand_in(sent)

    status = await setup.office.status(sent.key)

    assert status is not None
    assert (status.key, status.state) == (sent.key, state)


async def test_a_parcel_on_its_way_is_posted(setup: Setup) -> None:
    sent = parcel(OFFICER)
    await setup.be_slow()
    await setup.office.hand_in(sent)

    status = await setup.office.status(sent.key)

    assert status is not None
    assert status.state is ParcelState.POSTED


async def test_a_parcel_never_handed_in_is_nowhere(setup: Setup) -> None:
    assert await setup.office.status("never") is None


async def test_a_key_with_another_parcel_is_our_mistake(setup: Setup) -> None:
    sent = parcel(None)
    await setup.office.hand_in(sent)

    with pytest.raises(BackendRefusedRequestError, match="409"):
        await setup.office.hand_in(sent.model_copy(update={"via": OFFICER}))


async def test_a_post_office_that_is_away_is_worth_another_try(setup: Setup) -> None:
    await setup.be_away()

    with pytest.raises(BackendUnavailableError):
        await setup.office.status("never")


async def test_an_answer_about_another_parcel_is_for_a_person() -> None:
    answer = {"key": "x", "state": "posted", "at": "2026-11-20T08:00:00+07:00"}
    transport = httpx.MockTransport(lambda _: httpx.Response(200, json=answer))
    client = httpx.AsyncClient(base_url="http://post", transport=transport)

    with pytest.raises(BackendContractError):
        await HttpPostGateway(POST, client).status("y")


def parcel(via: str | None) -> Parcel:
    """A parcel nobody has handed in."""
    case = f"H08.05.13-210315-{next(_numbers):04}"
    return Parcel(
        key=f"{case}-results",
        case_code=CaseCode(case),
        recipient="Trần Thị B",
        phone="0912345678",
        address="Số 1 phố X",
        commune="00004",
        contents=("Thẻ bảo hiểm y tế",),
        via=via,
    )
