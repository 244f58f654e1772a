"""One suite of promises for every agency we can call: over HTTP, and in memory."""

from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass

import httpx
import pytest

from activities.ports.agencies import AgencyGateway
from adapters.agencies_http.dossiers import HttpAgencyGateway
from backends.country.people import Family
from models.contracts.corrections import CorrectionKind, CorrectionNotice
from models.contracts.dossiers import DossierRequest, Facts, Supplement, SuppliedItem, WantedItem
from models.kernel.base import AgencyId, DossierKey, ProcedureId
from models.kernel.errors import BackendRefusedRequestError, BackendUnavailableError
from models.kernel.vocabulary import Outcome

from fakes.agencies import USUALLY_ISSUED, MemoryAgencyGateway, ScriptedAnswer
from harness.agency_country import (
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

SUPPLEMENT = Supplement(
    request_id="Yêu cầu 1/a",
    items=(SuppliedItem(code="CT07", reference="tep-1"),),
    sent_at=RECEIVED,
)

FILING_OF: dict[str, Callable[[Family, Facts], DossierRequest]] = {
    "register_birth": lambda family, _: birth(family),
    "register_residence": residence,
    "issue_card": card,
}
EFFECT_OF = {
    CorrectionKind.CORRECTED: {
        "register_birth": "corrected",
        "register_residence": "renewed",
        "issue_card": "renewed",
    },
    CorrectionKind.REVOKED: {
        "register_birth": "revoked",
        "register_residence": "cancelled",
        "issue_card": "cancelled",
    },
}


@dataclass
class Setup:
    """An agency behind its adapter, and the ways a test can bring it into a state."""

    agency: AgencyGateway
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
        *[(kind, procedure) for kind in ("http", "memory") for procedure in FILING_OF],
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
        yield _over_http(country, HttpAgencyGateway(name, client), procedure)
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


@pytest.mark.parametrize("kind", CorrectionKind)
async def test_a_correction_told_twice_is_done_once(setup: Setup, kind: CorrectionKind) -> None:
    request = await setup.request()
    await setup.agency.submit(request)
    notice = correction(kind)

    first = await setup.agency.correct(request.key, notice)
    again = await setup.agency.correct(request.key, notice)

    assert first is not None
    assert (first.acknowledged, first.effect) == (True, EFFECT_OF[kind][request.procedure])
    assert first == again


async def test_one_correction_with_two_contents_is_our_mistake(setup: Setup) -> None:
    request = await setup.request()
    await setup.agency.submit(request)
    await setup.agency.correct(request.key, correction(CorrectionKind.CORRECTED))

    with pytest.raises(BackendRefusedRequestError, match="409"):
        await setup.agency.correct(request.key, correction(CorrectionKind.REVOKED))


async def test_what_is_corrected_is_handed_out_anew(setup: Setup) -> None:
    request = await setup.request()
    before = await setup.agency.submit(request)

    receipt = await setup.agency.correct(request.key, correction(CorrectionKind.CORRECTED))

    assert receipt is not None
    assert receipt.issued
    assert await setup.agency.answer(request.key) == before


async def test_a_dossier_never_filed_has_nothing_to_undo(setup: Setup) -> None:
    never = DossierKey("H26.05.13-261120-9999-never-1")

    assert await setup.agency.correct(never, correction(CorrectionKind.REVOKED)) is None


async def test_what_was_revoked_is_revoked_once(setup: Setup) -> None:
    request = await setup.request()
    await setup.agency.submit(request)
    await setup.agency.correct(request.key, correction(CorrectionKind.REVOKED))

    other = correction(CorrectionKind.REVOKED).model_copy(update={"correction_id": "QĐ 2/2026"})
    receipt = await setup.agency.correct(request.key, other)

    assert receipt is not None
    assert receipt.effect == "none"


async def test_an_open_dossier_that_lost_its_base_is_refused(setup: Setup) -> None:
    request = await setup.request()
    await setup.want_supplement(request)

    receipt = await setup.agency.correct(request.key, correction(CorrectionKind.REVOKED))
    answer = await setup.agency.answer(request.key)

    assert receipt is not None
    assert answer is not None
    is_own = request.procedure == "register_birth"
    assert receipt.effect == ("none" if is_own else "cancelled")
    assert answer.reason_code == (None if is_own else "DA_THU_HOI")


def correction(kind: CorrectionKind) -> CorrectionNotice:
    """A correction of the birth registration."""
    return CorrectionNotice(
        correction_id="QĐ 1/2026",
        kind=kind,
        act=ProcedureId("register_birth"),
        facts={"full_name": "Nguyễn Gia Ân"} if kind is CorrectionKind.CORRECTED else {},
        decided_by="cb-07",
        approved_by="cb-01",
        legal_basis="NĐ 301/2026/NĐ-CP",
    )


def _in_memory(name: AgencyId, procedure: str) -> Setup:
    agency = MemoryAgencyGateway.named(name)

    async def request() -> DossierRequest:
        return FILING_OF[procedure](next_family(), USUALLY_ISSUED["register_birth"])

    async def be_away() -> None:
        agency.unreachable = True

    async def want_supplement(request: DossierRequest) -> None:
        item = WantedItem(code="CT07")
        agency.answers[procedure] = [ScriptedAnswer(outcome=Outcome.SUPPLEMENT, items=(item,))]
        await agency.submit(request)

    return Setup(agency, request, be_away, want_supplement)


def _over_http(country: Country, agency: HttpAgencyGateway, procedure: str) -> Setup:
    async def request() -> DossierRequest:
        family = next_family()
        if procedure == "register_birth":
            return birth(family)
        return FILING_OF[procedure](family, await country.born(family))

    async def be_away() -> None:
        await country.turn(agency.agency, reachable="down")

    async def want_supplement(request: DossierRequest) -> None:
        await country.turn(agency.agency, answers={"when": "people"})
        await agency.submit(request)
        await country.decide(request, "d1", outcome="supplement", items=[{"code": "CT07"}])

    return Setup(agency, request, be_away, want_supplement)
