"""`lienthong agencies`: what an operator types, and what an official reads."""

import asyncio
import json
import signal
import sys
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from typer.testing import CliRunner, Result

from workers.cli import agencies

from harness.agency_country import (
    AGENCIES,
    Country,
    card,
    fresh_database,
    next_family,
    running,
    site,
)

UNTIL_READY = 60.0


@pytest.fixture(scope="module")
async def country(database_url: str) -> AsyncIterator[Country]:
    async with fresh_database(database_url) as url, running(url) as country:
        yield country


@pytest.fixture(autouse=True)
def addresses(country: Country, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    urls = {agency: country.url(agency) for agency in AGENCIES}
    board = f"http://127.0.0.1:{country.site.switchboard_port}"
    monkeypatch.setenv("LIENTHONG_STATE", str(tmp_path))
    monkeypatch.setenv("LIENTHONG_AGENCIES", json.dumps(urls))
    monkeypatch.setenv("LIENTHONG_SWITCHBOARD", board)


async def _run(*words: str) -> Result:
    return await asyncio.to_thread(CliRunner().invoke, agencies.app, list(words))


async def test_what_is_set_is_what_is_shown() -> None:
    await _run("set", "insurance", "slow", "--latency", "0.1")
    await _run("set", "insurance", "people")

    shown = await _run("show")
    await _run("set", "insurance", "up")

    assert "chậm thêm 0.1 giây, chờ cán bộ quyết định" in shown.output
    assert "chậm" not in (await _run("show")).output


async def test_show_speaks_json_to_machines() -> None:
    shown = json.loads((await _run("show", "--json")).output)

    assert [position["agency"] for position in shown["agencies"]] == list(AGENCIES)


async def test_an_unknown_agency_is_a_usage_error_that_names_the_known() -> None:
    result = await _run("set", "weather", "down")

    assert (result.exit_code, "insurance" in result.output) == (2, True)


@pytest.mark.parametrize("agency", ["civil_status", "residence", "insurance", "social_affairs"])
async def test_the_reference_agencies_conform(country: Country, agency: str) -> None:
    result = await _run("check", country.url(agency), "--json")

    assert (result.exit_code, json.loads(result.output)["checks"] != []) == (0, True)


async def test_a_server_that_is_no_agency_is_found_out(country: Country) -> None:
    result = await _run("check", country.url("post"))

    assert (result.exit_code, "✗" in result.output) == (1, True)


async def test_an_officer_decides_by_key_alone(country: Country) -> None:
    family = next_family()
    request = card(family, await country.born(family))
    await country.turn("insurance", answers={"when": "people"})
    await country.file(request)

    result = await _run("decide", request.key, "granted", "--by", "cb-07")
    await country.calm()

    assert (result.exit_code, (await country.ask(request))["outcome"]) == (0, "granted")


async def test_a_refusal_without_a_reason_is_not_sent() -> None:
    assert (await _run("decide", "any-key", "refused", "--by", "cb-07")).exit_code == 2


async def test_serving_starts_alone_and_stops_when_asked(
    database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with fresh_database(database_url) as url:
        at = site()
        monkeypatch.setenv("DATABASE_URL", url)
        monkeypatch.setenv("LIENTHONG_AGENCIES", json.dumps({id: at.url(id) for id in AGENCIES}))
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-c",
            "from workers.cli.agencies import app; app()",
            "serve",
            "post",
            "notice",
            f"--switchboard-port={at.switchboard_port}",
            stdout=asyncio.subprocess.DEVNULL,
        )
        try:
            ready = await _until_ready(at.url("notice"))
        finally:
            process.send_signal(signal.SIGTERM)
        code = await asyncio.wait_for(process.wait(), timeout=15)

    assert (ready, code) == ({"agency": "notice", "ready": True}, 0)


async def _until_ready(url: str) -> Any:
    async with asyncio.timeout(UNTIL_READY), httpx.AsyncClient() as client:
        while True:
            try:
                return (await client.get(f"{url}/health")).json()
            except httpx.TransportError:
                await asyncio.sleep(0.05)
