"""One suite of promises for whoever takes lists of persons: over HTTP, and in memory."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from itertools import count

import httpx
import pytest

from activities.ports.agencies import ListGateway
from adapters.agencies_http.lists import HttpListGateway
from models.contracts.corrections import CorrectionKind, CorrectionNotice
from models.contracts.lists import ListKind, ListLine, PersonList
from models.kernel.base import AgencyId, CaseCode, ProcedureId
from models.kernel.errors import (
    BackendContractError,
    BackendRefusedRequestError,
    BackendUnavailableError,
)

from fakes.person_lists import MemoryListGateway
from harness.agency_country import RECEIVED, Country, fresh_database, next_family, running

INSURANCE = AgencyId("insurance")
REVOCATION = CorrectionNotice(
    correction_id="QĐ 1/2026",
    kind=CorrectionKind.REVOKED,
    act=ProcedureId("register_death"),
    decided_by="cb-07",
    approved_by="cb-01",
    legal_basis="NĐ 301/2026/NĐ-CP",
)
_numbers = count(1)


@dataclass
class Setup:
    """An insurer behind its adapter, and how a test cuts the line."""

    lists: ListGateway
    country: Country

    async def be_away(self) -> None:
        if isinstance(self.lists, MemoryListGateway):
            self.lists.unreachable = True
        else:
            await self.country.turn("insurance", reachable="down")


@pytest.fixture(scope="module")
async def country(database_url: str) -> AsyncIterator[Country]:
    async with fresh_database(database_url) as url, running(url) as country:
        yield country


@pytest.fixture(params=["http", "memory"])
async def setup(request: pytest.FixtureRequest, country: Country) -> AsyncIterator[Setup]:
    if request.param == "memory":
        yield Setup(MemoryListGateway(), country)
        return
    async with httpx.AsyncClient(base_url=country.url(INSURANCE), timeout=5) as client:
        yield Setup(HttpListGateway(INSURANCE, client), country)
    await country.calm()


async def test_a_list_delivered_twice_has_one_receipt(setup: Setup) -> None:
    said = strike_offs()

    first, again = await setup.lists.deliver(said), await setup.lists.deliver(said)

    assert (first.number, first.taken, first.rejected) == (said.number, 1, {})
    assert first == again


async def test_a_number_with_other_lines_is_our_mistake(setup: Setup) -> None:
    said = strike_offs()
    await setup.lists.deliver(said)

    with pytest.raises(BackendRefusedRequestError, match="409"):
        await setup.lists.deliver(said.model_copy(update={"lines": strike_offs().lines}))


async def test_an_insurer_that_is_away_is_worth_another_try(setup: Setup) -> None:
    await setup.be_away()

    with pytest.raises(BackendUnavailableError):
        await setup.lists.deliver(strike_offs())


async def test_a_person_who_is_alive_is_restored_once(setup: Setup) -> None:
    said = strike_offs()
    await setup.lists.deliver(said)
    case = said.lines[0].case_code
    other = REVOCATION.model_copy(update={"correction_id": "QĐ 2/2026"})

    first, again = [await setup.lists.correct(case, REVOCATION) for _ in range(2)]
    later = await setup.lists.correct(case, other)

    assert first is not None
    assert later is not None
    assert first == again
    assert (first.effect, later.effect) == ("restored", "none")


async def test_a_case_without_a_line_has_nothing_to_undo(setup: Setup) -> None:
    assert await setup.lists.correct(CaseCode("H26.05.13-261120-9999"), REVOCATION) is None


async def test_a_receipt_for_another_list_is_for_a_person() -> None:
    receipt = {"number": "x", "received_at": "2026-11-20T08:00:00+07:00", "taken": 1}
    transport = httpx.MockTransport(lambda _: httpx.Response(200, json=receipt))
    lists = HttpListGateway(
        INSURANCE, httpx.AsyncClient(base_url="http://insurer", transport=transport)
    )

    with pytest.raises(BackendContractError):
        await lists.deliver(strike_offs())


def strike_offs() -> PersonList:
    """A list of one person nobody has struck off."""
    person, number = next_family().mother, next(_numbers)
    line = ListLine(
        number=1,
        case_code=CaseCode(f"H26.05.13-261120-{number + 7000}"),
        occurred_on=RECEIVED.date(),
        facts={
            "deceased": {
                "full_name": person.full_name,
                "personal_number": person.personal_number,
                "died_at": "2026-11-15T23:30:00+07:00",
            }
        },
    )
    return PersonList(
        number=f"BG-00004-{number}",
        kind=ListKind.STRIKE_OFFS,
        place="00004",
        place_name="Phường Ba Đình",
        compiled_at=RECEIVED,
        lines=(line,),
        fee_per_line=7000,
        fee_total=7000,
    )
