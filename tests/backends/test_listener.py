"""Where an agency listens: it answers on kept connections promptly, and closes to the end."""

import asyncio
import time
from collections.abc import AsyncIterator

import pytest
from fastapi import FastAPI

from backends.shared.listener import Listener
from workers.local.ports import HOST, free_ports

from harness.agency_country import Country, fresh_database, running

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


async def test_closing_that_was_broken_off_is_waited_for_by_the_next_who_closes() -> None:
    listener = Listener(FastAPI(), host=HOST, port=free_ports(1)[0])
    await listener.open()
    impatient = asyncio.create_task(listener.close())
    await asyncio.sleep(0)

    impatient.cancel()
    await asyncio.wait([impatient])
    await listener.close()
    await listener.open()
    await listener.close()

    assert impatient.cancelled()
