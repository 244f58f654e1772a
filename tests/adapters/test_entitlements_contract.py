"""One suite of promises for every fund that is asked: over HTTP, and in memory."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import date

import httpx
import pytest

from activities.ports.agencies import EntitlementGateway
from adapters.agencies_http.entitlements import HttpEntitlementGateway
from models.contracts.entitlements import Entitlement, EntitlementQuestion
from models.kernel.base import AgencyId
from models.kernel.errors import BackendContractError, BackendUnavailableError

from fakes.entitlements import MemoryEntitlementGateway
from harness.agency_country import Country, fresh_database, running
from harness.agency_deaths import pensioner

INSURANCE = AgencyId("insurance")
QUESTION = EntitlementQuestion(
    personal_number="001099999999",
    full_name="Nguyễn Văn Khác",
    date_of_birth=None,
    died_on=date(2026, 11, 17),
    residence="00004",
    purpose="routing",
)


@dataclass
class Setup:
    """A fund behind its adapter, and the ways a test can bring it into a state."""

    office: EntitlementGateway
    country: Country

    async def be_away(self) -> None:
        if isinstance(self.office, MemoryEntitlementGateway):
            self.office.unreachable = True
        else:
            await self.country.turn(INSURANCE, reachable="down")

    def somebody(self) -> EntitlementQuestion:
        """A question about somebody who drew a pension."""
        known = pensioner().deceased
        if isinstance(self.office, MemoryEntitlementGateway):
            record = Entitlement(known=True, pensioner=True, as_of=self.office.as_of)
            self.office.records[known.personal_number] = record
        return QUESTION.model_copy(
            update={
                "personal_number": known.personal_number,
                "full_name": known.full_name,
                "date_of_birth": known.date_of_birth,
            }
        )


@pytest.fixture(scope="module")
async def country(database_url: str) -> AsyncIterator[Country]:
    async with fresh_database(database_url) as url, running(url) as country:
        yield country


@pytest.fixture(params=["http", "memory"])
async def setup(request: pytest.FixtureRequest, country: Country) -> AsyncIterator[Setup]:
    if request.param == "memory":
        yield Setup(MemoryEntitlementGateway(), country)
        return
    async with httpx.AsyncClient(base_url=country.url(INSURANCE), timeout=5) as client:
        yield Setup(HttpEntitlementGateway(INSURANCE, client), country)
    await country.calm()


async def test_a_fund_says_what_its_records_hold(setup: Setup) -> None:
    said = await setup.office.entitlement(setup.somebody())

    assert (said.known, said.pensioner) == (True, True)


async def test_asking_twice_is_harmless(setup: Setup) -> None:
    question = setup.somebody()

    first = await setup.office.entitlement(question)

    assert await setup.office.entitlement(question) == first


async def test_who_is_in_no_record_is_not_known(setup: Setup) -> None:
    assert not (await setup.office.entitlement(QUESTION)).known


async def test_a_fund_that_is_away_is_worth_another_try(setup: Setup) -> None:
    await setup.be_away()

    with pytest.raises(BackendUnavailableError):
        await setup.office.entitlement(QUESTION)


async def test_an_answer_no_contract_knows_is_for_a_person() -> None:
    transport = httpx.MockTransport(lambda _: httpx.Response(200, text="<html>"))
    client = httpx.AsyncClient(base_url="http://fund", transport=transport)

    with pytest.raises(BackendContractError):
        await HttpEntitlementGateway(INSURANCE, client).entitlement(QUESTION)
