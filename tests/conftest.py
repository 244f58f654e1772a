"""Real neighbours for the tests: PostgreSQL and Temporal, started once, gone at the end."""

import os
import sys
import tempfile
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
import structlog
from hypothesis import HealthCheck, settings
from temporalio.client import Client

from workers.local.ports import free_ports
from workers.local.postgres import Postgres
from workers.local.postgres_home import find_home
from workers.local.temporal_server import TEST_DYNAMIC_CONFIG, DevServer
from workers.runtime.temporal_setup import ensure_search_attributes

pytest_plugins = ("harness.system", "harness.sharing")

_sessions: list[pytest.Session] = []


def pytest_configure() -> None:
    """Log failures in few words, as a traceback with every local is drawn slower than a case runs.

    And take no example for wrong because the machine was busy when it was thought up.
    """
    *others, _ = structlog.get_config()["processors"]
    plain = structlog.dev.ConsoleRenderer(
        colors=False, exception_formatter=structlog.dev.plain_traceback
    )
    structlog.configure(processors=[*others, plain])
    settings.register_profile(
        "shared_machine", deadline=None, suppress_health_check=[HealthCheck.too_slow]
    )
    settings.load_profile("shared_machine")


@pytest.fixture(scope="session")
def server_folder() -> Iterator[Path]:
    """A short-lived folder that the system user root's PostgreSQL runs as may enter."""
    with tempfile.TemporaryDirectory(prefix="lienthong-") as folder:
        path = Path(folder)
        path.chmod(0o711)
        yield path


@pytest.fixture(scope="session")
async def database_url(server_folder: Path) -> AsyncIterator[str]:
    """The superuser's URL of a fresh PostgreSQL; tests make their own schemas or databases."""
    server = Postgres(
        home=find_home(server_folder, print),
        state=server_folder,
        port=free_ports(1)[0],
        log=server_folder / "postgres.log",
        durable=False,
    )
    child = await server.launch()
    await server.until_ready(child)
    yield server.database_url
    await child.stop()


@pytest.fixture(scope="session")
async def dev_server(server_folder: Path) -> AsyncIterator[str]:
    """The address of a real dev server in memory, with time skipping and our attributes."""
    server = DevServer(
        port=free_ports(1)[0],
        ui_port=None,
        log=server_folder / "temporal.log",
        dynamic_config=TEST_DYNAMIC_CONFIG,
    )
    child = await server.launch()
    await server.until_ready(child)
    await ensure_search_attributes(await Client.connect(server.address))
    yield server.address
    await child.stop()


def pytest_sessionstart(session: pytest.Session) -> None:
    """Remember the session, which holds the exit status at the end."""
    _sessions.append(session)


@pytest.hookimpl(trylast=True)
def pytest_unconfigure() -> None:
    """Leave without the interpreter's teardown, which can abort after the SDK was used.

    sdk-python issue 300; remove once that is closed.
    """
    sys.stdout.flush()
    sys.stderr.flush()
    if _sessions:
        os._exit(int(_sessions[0].exitstatus))
