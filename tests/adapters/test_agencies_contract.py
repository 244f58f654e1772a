"""One suite of promises for every agency we can call: over HTTP, and in memory."""

from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass

import httpx
import pytest
from agency_country import (
    AGENCY_OF,
    RECEIVED,
    Country,
    birth,
    card,
    fresh_database,
    next_family,
    residence,
    running,
)

from activities.ports import Agency
from adapters.agencies_http import HttpAgency
from adapters.agencies_memory import MemoryAgency, ScriptedAnswer
from models.base import AgencyId, DossierKey
from models.errors import BackendRefusedRequestError, BackendUnavailableError
from models.vocabulary import Outcome
from models.wire import DossierRequest, Supplement, SuppliedItem, WantedItem

SUPPLEMENT = Supplement(
    request_id="Yêu cầu 1/a",
    items=(SuppliedItem(code="CT07", reference="tep-1"),),
    sent_at=RECEIVED,
)


@dataclass
class Setup:
    """An agency behind its adapter, and the ways a test can bring it into a state."""

    agency: Agency
    request: Callable[[], Awaitable[DossierRequest]]
    be_away: Callable[[], Awaitable[None]]
    want_supplement: Callable[[DossierRequest], Awaitable[None]]
    """Files the dossier, and sees to it that the agency asks for something."""


@pytest.fixture(scope="module")
async def country(database_url: str) -> AsyncIterator[Country]:
    async with fresh_database(database_url) as url, running(url) as country:
        yield country


@pytest.fixture(
    params=[
        *[(kind, procedure) for kind in ("http", "memory") for procedure in AGENCY_OF],
    ],
    ids="-".join,
)
async def setup(request: pytest.FixtureRequest, country: Country) -> AsyncIterator[Setup]:
    kind, procedure = request.param
    name = AgencyId(AGENCY_OF[procedure])
    if kind == "memory":
        yield _in_memory(name, procedure)
        return
    async with httpx.AsyncClient(base_url=country.url(name), timeout=5) as client:
        yield _over_http(country, HttpAgency(name, client), procedure)
    await country.calm()


async def test_a_filing_is_granted_with_what_it_issued(setup: Setup) -> None:
    request = await setup.request()

    answer = await setup.agency.submit(request)

    assert (answer.key, answer.outcome) == (request.key, Outcome.GRANTED)
    assert answer.issued
    assert answer.decision_id
    assert answer.decided_at


async def test_a_filing_sent_twice_is_answered_the_same(setup: Setup) -> None:
    request = await setup.request()

    assert await setup.agency.submit(request) == await setup.agency.submit(request)


async def test_asking_later_gives_the_same_decision(setup: Setup) -> None:
    request = await setup.request()
    answer = await setup.agency.submit(request)

    assert await setup.agency.answer(request.key) == answer


async def test_a_key_with_other_content_is_our_mistake(setup: Setup) -> None:
    request = await setup.request()
    await setup.agency.submit(request)

    with pytest.raises(BackendRefusedRequestError, match="409"):
        await setup.agency.submit(request.model_copy(update={"round": 2}))


async def test_a_dossier_never_filed_has_no_answer(setup: Setup) -> None:
    assert await setup.agency.answer(DossierKey("H26.05.13-261120-9999-never-1")) is None


async def test_an_agency_that_is_away_is_worth_another_try(setup: Setup) -> None:
    request = await setup.request()
    await setup.be_away()

    with pytest.raises(BackendUnavailableError):
        await setup.agency.submit(request)


async def test_a_supplement_opens_the_dossier_again_and_is_taken_once(setup: Setup) -> None:
    request = await setup.request()
    await setup.want_supplement(request)
    wanted = await setup.agency.answer(request.key)

    first = await setup.agency.supplement(request.key, SUPPLEMENT)
    again = await setup.agency.supplement(request.key, SUPPLEMENT)

    assert wanted is not None
    assert (wanted.outcome, wanted.items[0].code) == (Outcome.SUPPLEMENT, "CT07")
    assert first.acknowledged
    assert first == again
    later = await setup.agency.answer(request.key)
    assert later is not None
    assert later.version > wanted.version


async def test_a_supplement_to_an_unknown_dossier_is_our_mistake(setup: Setup) -> None:
    with pytest.raises(BackendRefusedRequestError, match="404"):
        await setup.agency.supplement(DossierKey("H26.05.13-261120-9999-never-1"), SUPPLEMENT)


def _in_memory(name: AgencyId, procedure: str) -> Setup:
    agency = MemoryAgency.named(name)

    async def request() -> DossierRequest:
        return birth(next_family()).model_copy(update={"procedure": procedure})

    async def be_away() -> None:
        agency.unreachable = True

    async def want_supplement(request: DossierRequest) -> None:
        item = WantedItem(code="CT07")
        agency.answers[procedure] = [ScriptedAnswer(outcome=Outcome.SUPPLEMENT, items=(item,))]
        await agency.submit(request)

    return Setup(agency, request, be_away, want_supplement)


def _over_http(country: Country, agency: HttpAgency, procedure: str) -> Setup:
    async def request() -> DossierRequest:
        family = next_family()
        if procedure == "register_birth":
            return birth(family)
        build = residence if procedure == "register_residence" else card
        return build(family, await country.born(family))

    async def be_away() -> None:
        await country.turn(agency.agency, reachable="down")

    async def want_supplement(request: DossierRequest) -> None:
        await country.turn(agency.agency, answers={"when": "people"})
        await agency.submit(request)
        await country.decide(request, "d1", outcome="supplement", items=[{"code": "CT07"}])

    return Setup(agency, request, be_away, want_supplement)
