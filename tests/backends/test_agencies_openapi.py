"""What each agency's OpenAPI says is what it does; schemathesis tries to prove otherwise."""

import asyncio
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from harness.agency_country import AGENCIES, Country, fresh_database, running

EXAMPLES = 3
SCHEMATHESIS = Path(sys.prefix) / "bin" / "schemathesis"


@pytest.fixture(scope="module")
async def country(database_url: str) -> AsyncIterator[Country]:
    async with fresh_database(database_url) as url, running(url) as country:
        yield country


@pytest.mark.parametrize("agency", AGENCIES)
async def test_an_agency_does_what_its_openapi_says(
    country: Country, agency: str, tmp_path: Path
) -> None:
    code, report = await _tried(country.url(agency), tmp_path)

    assert code == 0, report


async def test_the_switchboard_does_what_its_openapi_says(
    database_url: str, tmp_path: Path
) -> None:
    async with fresh_database(database_url) as url, running(url) as country:
        board = f"http://127.0.0.1:{country.site.switchboard_port}"

        code, report = await _tried(board, tmp_path)

    assert code == 0, report


@pytest.mark.parametrize("agency", ["civil_status", "residence", "insurance", "social_affairs"])
async def test_the_desk_is_documented_apart(country: Country, agency: str) -> None:
    document = (await country.client.get(f"{country.url(agency)}/openapi.json")).json()

    desk = {
        path
        for path, operations in document["paths"].items()
        for operation in operations.values()
        if operation["tags"] == ["desk"]
    }

    assert desk == {path for path in document["paths"] if path.startswith("/v1/desk/")}
    assert desk >= {
        "/v1/desk/dossiers",
        "/v1/desk/dossiers/{key}/decision",
        "/v1/desk/dossiers/{key}/standing",
    }


async def _tried(url: str, folder: Path) -> tuple[int | None, str]:
    trying = await asyncio.create_subprocess_exec(
        SCHEMATHESIS,
        "run",
        f"{url}/openapi.json",
        f"--max-examples={EXAMPLES}",
        "--seed=301",
        "--no-color",
        cwd=folder,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    report, _ = await trying.communicate()
    return trying.returncode, report.decode()
