"""The embedded PostgreSQL keeps its data, keeps others out, and opens nobody's folder."""

import contextlib
import os
import shutil
import signal
import stat
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import asyncpg
import psutil
import pytest

from workers.local.errors import ChildFailedError, LocalRunError
from workers.local.ports import free_ports
from workers.local.postgres import Postgres
from workers.local.postgres_home import find_home, outside_home
from workers.local.processes import Child

needs_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root runs PostgreSQL as another")


@pytest.fixture
def folder() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="lienthong-") as made:
        path = Path(made).resolve()
        path.chmod(0o711)
        yield path
        shutil.rmtree(outside_home(path), ignore_errors=True)


def server_in(state: Path) -> Postgres:
    return Postgres(
        home=find_home(state, print),
        state=state,
        port=free_ports(1)[0],
        log=state / "postgres.log",
        durable=False,
    )


async def started(server: Postgres) -> Child:
    child = await server.launch()
    await server.until_ready(child)
    return child


async def test_what_was_written_is_there_after_a_restart(folder: Path) -> None:
    server = server_in(folder)
    child = await started(server)
    await run(server, "CREATE TABLE kept AS SELECT 7 AS number")
    await child.stop()

    again = server_in(folder)
    child = await started(again)

    assert await value(again, "SELECT number FROM kept") == 7
    await child.stop()


async def test_what_was_committed_survives_a_kill_and_a_stale_lock_file(folder: Path) -> None:
    server = server_in(folder)
    child = await started(server)
    await run(server, "CREATE TABLE kept AS SELECT 7 AS number")
    os.kill(child.pid, signal.SIGKILL)
    await child.wait()
    lock = server.home.data / "postmaster.pid"
    lock.write_text(lock.read_text("ascii").replace(str(child.pid), str(os.getpid())), "ascii")

    child = await started(server)

    assert await value(server, "SELECT number FROM kept") == 7
    await child.stop()


async def test_a_server_left_running_on_the_data_is_ended_before_a_new_one_starts(
    folder: Path,
) -> None:
    server = server_in(folder)
    left = await started(server)

    child = await started(server)

    assert await left.wait() == 0
    assert await value(server, "SELECT 1") == 1
    await child.stop()


async def test_it_stops_within_five_seconds_though_clients_stay_connected(folder: Path) -> None:
    server = server_in(folder)
    child = await started(server)
    client = await asyncpg.connect(server.database_url)

    began = time.monotonic()
    await child.stop()

    assert time.monotonic() - began < 5
    client.terminate()


@pytest.mark.parametrize("password", ["", "guessed"])
async def test_a_local_user_without_the_password_does_not_get_in(
    folder: Path, password: str
) -> None:
    server = server_in(folder)
    child = await started(server)
    port = urlsplit(server.database_url).port

    with pytest.raises(asyncpg.PostgresError):
        await asyncpg.connect(
            host="127.0.0.1", port=port, user="lienthong", password=password, database="postgres"
        )

    assert stat.S_IMODE((folder / "postgres.password").stat().st_mode) == 0o600
    await child.stop()


async def test_its_log_names_no_value_of_a_row(folder: Path) -> None:
    server = server_in(folder)
    child = await started(server)
    await run(server, "CREATE TABLE people (number text PRIMARY KEY)")
    for _ in range(2):
        with contextlib.suppress(asyncpg.UniqueViolationError):
            await run(server, "INSERT INTO people VALUES ('001190012345')")

    await child.stop()

    log = (folder / "postgres.log").read_text("utf-8")
    assert "duplicate key" in log
    assert "001190012345" not in log


async def test_data_whose_password_is_lost_gets_a_sentence(folder: Path) -> None:
    child = await started(server_in(folder))
    await child.stop()
    (folder / "postgres.password").unlink()

    with pytest.raises(LocalRunError, match="thiếu mật khẩu"):
        await server_in(folder).launch()


async def test_data_of_another_major_version_gets_a_sentence(folder: Path) -> None:
    server = server_in(folder)
    child = await started(server)
    await child.stop()
    (server.home.data / "PG_VERSION").write_text("15\n", "ascii")

    with pytest.raises(LocalRunError, match="bản 15"):
        await server.launch()


async def test_a_server_that_cannot_start_shows_the_end_of_its_log(folder: Path) -> None:
    server = server_in(folder)
    child = await server.launch()
    await child.stop()
    (server.home.data / "postgresql.conf").write_text("nonsense = 1\n", "utf-8")

    child = await server.launch()
    with pytest.raises(ChildFailedError, match="nonsense"):
        await server.until_ready(child)


@needs_root
async def test_under_a_closed_folder_root_keeps_data_elsewhere_and_changes_no_mode(
    folder: Path,
) -> None:
    closed = folder / "home"
    state = closed / "project" / ".lienthong"
    state.mkdir(parents=True)
    closed.chmod(0o700)
    above = [closed, *closed.parents, closed / "project", state]
    before = modes(above)

    server = server_in(state)
    child = await started(server)

    assert modes(above) == before
    assert server.home.parent == outside_home(state)
    assert psutil.Process(child.pid).username() == "lienthong"
    assert await value(server, "SELECT 1") == 1
    await child.stop()
    shutil.rmtree(outside_home(state))


@needs_root
async def test_programs_under_a_closed_folder_are_copied_to_where_the_server_may_go(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    installed = find_home(folder, print).programs.parent.parent
    closed = folder / "venv"
    shutil.copytree(installed, closed / installed.name)
    shutil.copytree(
        installed.with_name(f"{installed.name}.libs"), closed / f"{installed.name}.libs"
    )
    closed.chmod(0o700)
    monkeypatch.setattr(
        "workers.local.postgres_home.postgres_package", lambda: closed / installed.name
    )

    server = server_in(folder)
    child = await started(server)

    assert server.home.programs.is_relative_to(outside_home(folder))
    assert modes([closed]) == [0o700]
    assert await value(server, "SELECT 1") == 1
    await child.stop()


def modes(paths: list[Path]) -> list[int]:
    return [stat.S_IMODE(path.stat().st_mode) for path in paths]


async def run(server: Postgres, statement: str) -> None:
    connection = await asyncpg.connect(server.database_url)
    try:
        await connection.execute(statement)
    finally:
        await connection.close()


async def value(server: Postgres, query: str) -> object:
    connection = await asyncpg.connect(server.database_url)
    try:
        return await connection.fetchval(query)
    finally:
        await connection.close()
