"""Parcels on their way: how far each has come, and who confirms that it was handed over."""

from collections.abc import AsyncIterator
from itertools import count
from typing import Any

import httpx
import pytest

from harness.agency_country import Country, fresh_database, running

PEOPLE = {"when": "people"}
OFFICER = "Công chức đầu mối của xã"
_numbers = count(1)


@pytest.fixture(scope="module")
async def module_country(database_url: str) -> AsyncIterator[Country]:
    async with fresh_database(database_url) as url, running(url) as country:
        yield country


@pytest.fixture
async def country(module_country: Country) -> AsyncIterator[Country]:
    yield module_country
    await module_country.calm()


@pytest.mark.parametrize(("via", "state"), [(None, "delivered"), (OFFICER, "handed_over")])
async def test_on_a_good_day_a_parcel_comes_as_far_as_it_can_at_once(
    country: Country, via: str | None, state: str
) -> None:
    key = await hand_in(country, via)

    shown = await ask(country, key)

    assert (shown["state"], shown["via"]) == (state, via)
    assert shown["tracking_number"].startswith("LT")


@pytest.mark.parametrize("via", [None, OFFICER])
async def test_a_parcel_that_takes_its_time_is_posted_until_then(
    country: Country, via: str | None
) -> None:
    await country.turn("post", answers={"when": "after_delay", "seconds": 3600})

    assert (await ask(country, await hand_in(country, via)))["state"] == "posted"


async def test_where_people_confirm_a_parcel_waits_at_the_officers(country: Country) -> None:
    await country.turn("post", answers=PEOPLE)
    key = await hand_in(country, OFFICER)
    waiting = (await ask(country, key))["state"]

    first, again = await confirm(country, key, "cb-07"), await confirm(country, key, "cb-08")

    assert waiting == "delivered"
    assert (first.json()["state"], first.json()["by"]) == ("handed_over", "cb-07")
    assert first.text == again.text
    assert await ask(country, key) == first.json()


async def test_a_parcel_on_its_way_is_handed_over_as_soon_as_the_officer_says_so(
    country: Country,
) -> None:
    await country.turn("post", answers={"when": "after_delay", "seconds": 3600})
    key = await hand_in(country, OFFICER)

    assert (await confirm(country, key, "cb-07")).json()["state"] == "handed_over"


async def test_a_parcel_handed_in_again_keeps_its_way(country: Country) -> None:
    await country.turn("post", answers=PEOPLE)
    key = await hand_in(country, OFFICER)
    await country.turn("post")

    await hand_in(country, OFFICER, key=key)

    assert (await ask(country, key))["state"] == "delivered"


async def test_nobody_confirms_a_parcel_that_goes_straight_to_the_citizen(
    country: Country,
) -> None:
    key = await hand_in(country, None)

    assert (await confirm(country, key, "cb-07")).status_code == 409


async def test_a_parcel_never_handed_in_is_confirmed_by_nobody(country: Country) -> None:
    assert (await confirm(country, "never", "cb-07")).status_code == 404


async def hand_in(country: Country, via: str | None, *, key: str | None = None) -> str:
    chosen = key or f"H26.05.13-261120-{next(_numbers):04}-results"
    parcel = {
        "key": chosen,
        "case_code": "H26.05.13-261120-0001",
        "recipient": "Trần Thị B",
        "phone": "0912345678",
        "address": "Số 1 phố X",
        "commune": "00004",
        "contents": ["Thẻ bảo hiểm y tế"],
        "via": via,
    }
    url = f"{country.url('post')}/v1/parcels/{chosen}"
    answer = await country.client.put(url, json=parcel, headers={"Idempotency-Key": chosen})
    assert answer.status_code == 200, answer.text
    return chosen


async def ask(country: Country, key: str) -> Any:
    return (await country.client.get(f"{country.url('post')}/v1/parcels/{key}")).json()


async def confirm(country: Country, key: str, officer: str) -> httpx.Response:
    url = f"{country.url('post')}/v1/desk/parcels/{key}/handover"
    return await country.client.post(url, json={"by": officer}, headers={"Idempotency-Key": "k"})
