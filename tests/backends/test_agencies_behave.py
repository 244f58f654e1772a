"""The switchboard: each behaviour does what it says, and what is decided is decided once."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest

from models.contracts.dossiers import DossierRequest, Facts

from harness.agency_country import (
    Country,
    birth,
    card,
    fresh_database,
    next_family,
    residence,
    running,
    site,
)
from harness.patience import found_in_time

SOON = {"when": "after_delay", "seconds": 0.6}
PEOPLE = {"when": "people"}
SUPPLEMENT: Facts = {
    "request_id": "r1",
    "items": [{"code": "CT07", "reference": "tep-1"}],
    "sent_at": "2026-11-21T09:00:00+07:00",
}


@pytest.fixture(scope="module")
async def module_country(database_url: str) -> AsyncIterator[Country]:
    async with fresh_database(database_url) as url, running(url) as country:
        yield country


@pytest.fixture
async def country(module_country: Country) -> AsyncIterator[Country]:
    yield module_country
    await module_country.calm()


async def test_an_agency_that_is_down_refuses_connections_and_comes_back(country: Country) -> None:
    await country.turn("insurance", reachable="down")

    with pytest.raises(httpx.ConnectError):
        await country.client.get(f"{country.url('insurance')}/health")

    await country.turn("insurance")
    assert (await country.client.get(f"{country.url('insurance')}/health")).json()["ready"]


async def test_the_other_agencies_do_not_notice_that_one_is_down(country: Country) -> None:
    family = next_family()
    await country.turn("insurance", reachable="down")

    answer = await country.file(residence(family, await country.born(family)))

    assert answer.json()["outcome"] == "granted"


async def test_a_slow_agency_answers_late_but_right(country: Country) -> None:
    await country.turn("civil_status", latency=0.3)
    started = asyncio.get_running_loop().time()

    answer = await country.file(birth(next_family()))

    assert asyncio.get_running_loop().time() - started >= 0.3
    assert answer.json()["outcome"] == "granted"


async def test_a_failure_rate_strikes_exactly_its_share_and_does_nothing(country: Country) -> None:
    await country.turn("civil_status", failure_rate=0.25)
    before = await country.count("agency_civil_status.dossier")

    answers = [await country.file(birth(next_family())) for _ in range(8)]

    struck = [answer for answer in answers if answer.status_code == 503]
    assert len(struck) == 2
    assert all(answer.headers["Retry-After"].isdigit() for answer in struck)
    assert await country.count("agency_civil_status.dossier") == before + 6


async def test_a_lost_answer_was_still_worked_on_and_comes_again(country: Country) -> None:
    request = birth(next_family())
    await country.turn("civil_status", lost_rate=1)

    lost = await country.file(request)
    await country.turn("civil_status")

    assert lost.status_code == 504
    assert await country.count(f"agency_civil_status.dossier WHERE key = '{request.key}'") == 1
    assert (await country.file(request)).json()["version"] == 1


async def test_nonsense_is_no_answer_any_contract_knows(country: Country) -> None:
    await country.turn("civil_status", nonsense_rate=1)

    answer = await country.file(birth(next_family()))

    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "text/html; charset=utf-8")


async def test_a_delayed_decision_is_made_by_itself(country: Country) -> None:
    request = await _waiting_card(country, SOON)

    answer = await _decided(country, request)

    assert (answer["outcome"], answer["version"]) == ("granted", 2)


async def test_a_delayed_decision_is_made_once_however_often_it_is_asked_for(
    country: Country,
) -> None:
    requests = [await _waiting_card(country, SOON) for _ in range(5)]
    before = await country.count("agency_insurance.card")
    await asyncio.sleep(0.6)

    for request in requests:
        await asyncio.gather(*(country.ask(request) for _ in range(6)))

    assert await country.count("agency_insurance.card") == before + 5


async def test_a_delayed_registration_waits_for_the_population_database(country: Country) -> None:
    request = birth(next_family())
    await country.turn("civil_status", answers={"when": "after_delay", "seconds": 0.1})
    await country.turn("population", reachable="down")
    await country.file(request)
    await asyncio.sleep(0.3)

    waiting = await country.ask(request)
    await country.turn("population")

    assert waiting["outcome"] == "accepted"
    assert (await _decided(country, request))["outcome"] == "granted"


async def test_an_officer_grants_and_the_agency_carries_it_out(country: Country) -> None:
    request = await _waiting_card(country, PEOPLE)

    answer = (await country.decide(request, "d1", outcome="granted")).json()

    assert answer["issued"]["card_number"].startswith("TE1")
    assert answer["decision_id"] == (await country.ask(request))["decision_id"]


async def test_an_officer_cannot_grant_a_second_card(country: Country) -> None:
    family = next_family()
    issued = await country.born(family)
    await country.file(card(family, issued))
    await country.turn("insurance", answers=PEOPLE)
    second = card(family, issued)
    await country.file(second)

    refused = await country.decide(second, "d1", outcome="granted")

    assert (refused.status_code, refused.json()["reason_code"]) == (409, "TRUNG_HO_SO")
    assert (await country.ask(second))["outcome"] == "accepted"


async def test_a_decision_sent_twice_is_one_and_another_one_is_too_late(country: Country) -> None:
    request = await _waiting_card(country, PEOPLE)
    refusal = {"outcome": "refused", "reason_code": "LECH_DINH_DANH"}

    first = await country.decide(request, "d1", **refusal)
    again = await country.decide(request, "d1", **refusal)
    other = await country.decide(request, "d2", outcome="granted")

    assert first.text == again.text
    assert (other.status_code, other.json()["reason_code"]) == (409, "DA_GIAI_QUYET")


async def test_the_desk_lists_what_waits_and_names_nobody(country: Country) -> None:
    request = await _waiting_card(country, PEOPLE)

    listed = await country.client.get(f"{country.url('insurance')}/v1/desk/dossiers?state=open")

    assert request.key in [entry["key"] for entry in listed.json()["dossiers"]]
    assert "Nguyễn" not in listed.text


async def test_a_supplement_takes_a_dossier_up_again_once(country: Country) -> None:
    request = await _waiting_card(country, PEOPLE)
    await country.decide(request, "d1", outcome="supplement", items=[{"code": "CT07"}])
    wanted = await country.ask(request)

    first = await country.post(request, "supplements", SUPPLEMENT, "s1")
    again = await country.post(request, "supplements", SUPPLEMENT, "s1")

    assert (wanted["outcome"], wanted["items"][0]["code"]) == ("supplement", "CT07")
    assert first.json()["acknowledged"]
    assert first.text == again.text
    assert (await country.ask(request))["outcome"] == "accepted"
    assert (await country.ask(request))["version"] == 3


async def test_a_supplement_nobody_asked_for_is_refused_with_its_reason(country: Country) -> None:
    request = await _waiting_card(country, PEOPLE)

    answer = await country.post(request, "supplements", SUPPLEMENT, "s1")

    assert (answer.status_code, answer.json()["reason_code"]) == (409, "KHONG_CHO_BO_SUNG")


async def test_the_same_key_with_another_supplement_is_a_conflict(country: Country) -> None:
    request = await _waiting_card(country, PEOPLE)
    await country.decide(request, "d1", outcome="supplement", items=[{"code": "CT07"}])
    await country.post(request, "supplements", SUPPLEMENT, "s1")

    other = await country.post(request, "supplements", SUPPLEMENT | {"request_id": "r2"}, "s1")

    assert other.status_code == 409


async def test_a_withdrawn_dossier_is_decided_by_nobody_any_more(country: Country) -> None:
    request = await _waiting_card(country, PEOPLE)

    answer = await country.post(request, "withdrawal", {"request_id": "w1"}, "w1")

    assert answer.json()["acknowledged"]
    assert (await country.decide(request, "d1", outcome="granted")).status_code == 409


async def test_what_is_granted_cannot_be_withdrawn(country: Country) -> None:
    request = birth(next_family())
    await country.file(request)

    answer = await country.post(request, "withdrawal", {"request_id": "w1"}, "w1")

    assert answer.json()["reason_code"] == "DA_GIAI_QUYET"


async def test_behaviours_and_open_decisions_survive_a_restart(database_url: str) -> None:
    async with fresh_database(database_url) as url:
        at = site()
        async with running(url, at) as before:
            await before.turn("residence", reachable="down")
            delayed = await _waiting_card(before, {"when": "after_delay", "seconds": 1.0})
            before.turned.clear()
        async with running(url, at) as after:
            with pytest.raises(httpx.ConnectError):
                await after.client.get(f"{after.url('residence')}/health")

            assert (await _decided(after, delayed))["outcome"] == "granted"
            assert await after.count("agency_insurance.card") == 1


async def test_another_process_obeys_the_switchboard_before_long(database_url: str) -> None:
    async with fresh_database(database_url) as url, running(url) as board, running(url) as other:
        await board.turn("post", reachable="down")

        assert await found_in_time(lambda: is_away(other, "post"), bool)


async def is_away(country: Country, agency: str) -> bool:
    """Whether nobody answers a newcomer; who was connected before is served to the end."""
    try:
        async with httpx.AsyncClient() as newcomer:
            await newcomer.get(f"{country.url(agency)}/health")
    except httpx.ConnectError:
        return True
    return False


async def test_an_agency_nobody_knows_cannot_be_set(country: Country) -> None:
    url = f"http://127.0.0.1:{country.site.switchboard_port}/agencies/weather/behaviour"

    assert (await country.client.put(url, json={})).status_code == 404


async def _waiting_card(country: Country, answers: dict[str, Any]) -> DossierRequest:
    family = next_family()
    request = card(family, await country.born(family))
    await country.turn("insurance", answers=answers)
    assert (await country.file(request)).json()["outcome"] == "accepted"
    return request


async def _decided(country: Country, request: DossierRequest) -> Any:
    for _ in range(600):
        answer = await country.ask(request)
        if answer["outcome"] != "accepted":
            return answer
        await asyncio.sleep(0.1)
    raise AssertionError("never decided")
