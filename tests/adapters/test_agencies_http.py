"""How answers of agencies over HTTP become answers and errors of ours."""

from collections.abc import AsyncIterator, Callable
from datetime import timedelta

import httpx
import pytest

from adapters.agencies_http.dossiers import HttpAgencyGateway
from adapters.agencies_http.notices import HttpNoticeGateway
from adapters.agencies_http.parcels import HttpPostGateway
from models.contracts.dossiers import Notice, Parcel
from models.kernel.base import AgencyId, CaseCode
from models.kernel.errors import (
    BackendContractError,
    BackendRefusedRequestError,
    BackendUnavailableError,
    LienthongError,
)

from fakes.agencies import MemoryNoticeGateway, MemoryPostGateway
from harness.agency_country import Country, birth, fresh_database, next_family, running

CASE = CaseCode("H26.05.13-261120-0001")
REQUEST = birth(next_family())
NOTICE = Notice(
    key=f"{CASE}-receipt", case_code=CASE, kind="receipt", to={"phone": None}, title="t", body="b\n"
)
PARCEL = Parcel(
    key=f"{CASE}-results",
    case_code=CASE,
    recipient="Trần Thị B",
    phone="0912345678",
    address="Số 1 phố X",
    commune="00004",
    contents=("Giấy khai sinh",),
)


def _answering(status: int, text: str = "", **headers: str) -> HttpAgencyGateway:
    def answer(_request: httpx.Request) -> httpx.Response:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return httpx.Response(status, text=text, headers=named)

    return _behind(answer)


def _behind(answer: Callable[[httpx.Request], httpx.Response]) -> HttpAgencyGateway:
    client = httpx.AsyncClient(base_url="http://agency", transport=httpx.MockTransport(answer))
    return HttpAgencyGateway(AgencyId("insurance"), client)


@pytest.mark.parametrize(
    ("status", "error"),
    [
        (400, BackendRefusedRequestError),
        (409, BackendRefusedRequestError),
        (422, BackendRefusedRequestError),
        (429, BackendUnavailableError),
        (500, BackendUnavailableError),
        (503, BackendUnavailableError),
        (504, BackendUnavailableError),
        (301, BackendContractError),
        (204, BackendContractError),
    ],
)
async def test_a_status_says_whether_trying_again_helps(
    status: int, error: type[LienthongError]
) -> None:
    with pytest.raises(error, match=str(status)):
        await _answering(status).submit(REQUEST)


@pytest.mark.parametrize("failure", [httpx.ConnectError, httpx.ReadTimeout, httpx.ReadError])
async def test_no_answer_is_worth_another_try(failure: type[httpx.TransportError]) -> None:
    def fail(_request: httpx.Request) -> httpx.Response:
        raise failure("Nguyễn Gia An")

    with pytest.raises(BackendUnavailableError) as error:
        await _behind(fail).submit(REQUEST)

    assert "An" not in str(error.value)


@pytest.mark.parametrize(
    ("headers", "wait"),
    [
        ({"Retry_After": "7"}, timedelta(seconds=7)),
        (
            {
                "Retry_After": "Fri, 20 Nov 2026 01:00:30 GMT",
                "Date": "Fri, 20 Nov 2026 01:00:00 GMT",
            },
            timedelta(seconds=30),
        ),
        ({"Retry_After": "999999999"}, timedelta(days=1)),
        (
            {
                "Retry_After": "Tue, 20 Nov 2096 01:00:30 GMT",
                "Date": "Fri, 20 Nov 2026 01:00:00 GMT",
            },
            timedelta(days=1),
        ),
        ({"Retry_After": "soon"}, None),
        ({}, None),
    ],
)
async def test_how_long_to_wait_is_passed_on(
    headers: dict[str, str], wait: timedelta | None
) -> None:
    with pytest.raises(BackendUnavailableError) as error:
        await _answering(503, **headers).submit(REQUEST)

    assert error.value.retry_after == wait


@pytest.mark.parametrize(
    "text",
    [
        "<html>Nguyễn Gia An</html>",
        "{}",
        '{"key": "another-key", "version": 1, "outcome": "granted"}',
        f'{{"key": "{REQUEST.key}", "version": 1, "outcome": "Nguyễn Gia An"}}',
    ],
    ids=["no-json", "empty", "another-dossier", "unknown-outcome"],
)
async def test_an_answer_no_contract_knows_is_for_a_person(text: str) -> None:
    with pytest.raises(BackendContractError) as error:
        await _answering(200, text).submit(REQUEST)

    assert "An" not in str(error.value)
    assert error.value.__cause__ is None


async def test_every_write_carries_its_idempotency_key() -> None:
    seen: list[str] = []

    def answer(request: httpx.Request) -> httpx.Response:
        seen.append(request.headers["Idempotency-Key"])
        return httpx.Response(503)

    with pytest.raises(BackendUnavailableError):
        await _behind(answer).submit(REQUEST)

    assert seen == [REQUEST.key]


@pytest.fixture(scope="module")
async def country(database_url: str) -> AsyncIterator[Country]:
    async with fresh_database(database_url) as url, running(url) as country:
        yield country


async def test_a_notice_sent_twice_is_in_the_outbox_once(country: Country) -> None:
    async with httpx.AsyncClient(base_url=country.url("notice")) as client:
        office = HttpNoticeGateway(AgencyId("notice"), client)

        await office.send(NOTICE)
        await office.send(NOTICE)

        outbox = await client.get("/v1/notices", params={"case_code": CASE})
    assert [sent["title"] for sent in outbox.json()["notices"]] == ["t"]


async def test_a_parcel_handed_in_twice_is_carried_once(country: Country) -> None:
    async with httpx.AsyncClient(base_url=country.url("post")) as client:
        office = HttpPostGateway(AgencyId("post"), client)

        await office.hand_in(PARCEL)
        await office.hand_in(PARCEL)

        parcels = await client.get("/v1/parcels", params={"case_code": CASE})
    assert len(parcels.json()["parcels"]) == 1


async def test_another_text_under_the_key_of_a_notice_is_our_mistake(country: Country) -> None:
    other = NOTICE.model_copy(update={"key": "n-2"})
    async with httpx.AsyncClient(base_url=country.url("notice")) as client:
        office = HttpNoticeGateway(AgencyId("notice"), client)
        await office.send(other)

        with pytest.raises(BackendRefusedRequestError):
            await office.send(other.model_copy(update={"body": "c"}))


async def test_offices_in_memory_keep_each_thing_once() -> None:
    notices, post = MemoryNoticeGateway(outages=1), MemoryPostGateway()
    with pytest.raises(BackendUnavailableError):
        await notices.send(NOTICE)

    for _ in range(2):
        await notices.send(NOTICE)
        await post.hand_in(PARCEL)

    assert (len(notices.sent), len(post.parcels)) == (1, 1)
    with pytest.raises(BackendRefusedRequestError):
        await post.hand_in(PARCEL.model_copy(update={"phone": "0900000000"}))
