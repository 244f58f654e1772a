"""Whoever keeps a connection to an agency is answered on it as promptly as on a new one."""

import time
from collections.abc import AsyncIterator

import pytest
from agency_country import Country, fresh_database, running

AN_ACKNOWLEDGEMENT_AWAITED = 0.04
"""Seconds for which a client's system keeps its acknowledgement back, and a late half with it."""


@pytest.fixture(scope="module")
async def country(database_url: str) -> AsyncIterator[Country]:
    async with fresh_database(database_url) as url, running(url) as country:
        yield country


async def test_an_answer_on_a_kept_connection_is_sent_whole_at_once(country: Country) -> None:
    took = []
    for _ in range(20):
        began = time.perf_counter()
        await country.client.get(f"{country.url('post')}/health")
        took.append(time.perf_counter() - began)

    assert min(took[1:]) < AN_ACKNOWLEDGEMENT_AWAITED / 2
