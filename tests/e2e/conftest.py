"""The whole of it, as `lienthong up` starts it: real servers, real agencies, real workers."""

import tempfile
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from workers.local.ports import Ports
from workers.local.run import local_run
from workers.local.stack import Commands
from workers.runtime.settings import Settings
from workers.runtime.temporal_setup import connect

from harness.country import Country
from harness.recorded_requests import recording


@pytest.fixture(scope="session")
def state_folder() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="lienthong-") as folder:
        path = Path(folder).resolve()
        path.chmod(0o711)
        yield path / "state"


@pytest.fixture(scope="session")
def requests_sent(state_folder: Path) -> Path:
    """Where the worker and the agencies write down every request they make to an agency."""
    return state_folder.with_name("requests.jsonl")


@pytest.fixture(scope="session")
async def country(state_folder: Path, requests_sent: Path) -> AsyncIterator[Country]:
    settings = Settings(state=state_folder, DATABASE_URL=None)
    commands = Commands(
        worker=recording(requests_sent, "worker"),
        agencies=recording(requests_sent, "agencies", "serve"),
    )
    run = local_run(settings, say=print, ports=Ports.free(), commands=commands)
    async with run as addresses:
        yield Country(settings, addresses, await connect(settings))
