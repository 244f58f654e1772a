"""A run uses what the settings name elsewhere, and a second command uses a run that is there."""

import stat
import sys
from pathlib import Path

import pytest

from workers.local.errors import LocalRunError
from workers.local.ports import Ports
from workers.local.run import local_run, running_or_started
from workers.local.stack import Commands
from workers.runtime.settings import Settings

from harness.small_programs import SERVE, WORK

COMMANDS = Commands(
    codec_server=(sys.executable, "-c", SERVE, "codec"),
    agencies=(sys.executable, "-c", SERVE, "agencies"),
    worker=(sys.executable, "-c", WORK),
)


def settings_with(state: Path, monkeypatch: pytest.MonkeyPatch, **env: str) -> Settings:
    for name, value in env.items():
        monkeypatch.setenv(name, value)
    return Settings(state=state)


async def test_servers_that_are_named_are_used_and_none_is_started(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, database_url: str, dev_server: str
) -> None:
    said: list[str] = []
    settings = settings_with(
        tmp_path / "state", monkeypatch, DATABASE_URL=database_url, TEMPORAL_ADDRESS=dev_server
    )

    async with local_run(settings, say=said.append, ports=Ports.free(), commands=COMMANDS) as at:
        logs = {path.stem for path in (tmp_path / "state" / "logs").iterdir()}

    assert (at.database_url, at.temporal, at.temporal_ui) == (database_url, dev_server, None)
    assert logs == {"agencies", "codec-server", "worker"}
    assert any("DATABASE_URL" in line for line in said)
    assert any(dev_server in line for line in said)


async def test_a_named_database_that_does_not_answer_stops_the_run_without_its_password(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, dev_server: str
) -> None:
    settings = settings_with(
        tmp_path / "state",
        monkeypatch,
        DATABASE_URL="postgresql://lienthong:very-secret@127.0.0.1:1/none",
        TEMPORAL_ADDRESS=dev_server,
    )

    with pytest.raises(LocalRunError, match="DATABASE_URL") as refusal:
        async with local_run(settings, say=print, ports=Ports.free(), commands=COMMANDS):
            pytest.fail("it must not start")

    assert "very-secret" not in str(refusal.value)
    assert not settings.address_file.exists()


async def test_a_second_command_uses_the_run_that_is_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, database_url: str, dev_server: str
) -> None:
    settings = settings_with(
        tmp_path / "state", monkeypatch, DATABASE_URL=database_url, TEMPORAL_ADDRESS=dev_server
    )

    async with local_run(settings, say=print, ports=Ports.free(), commands=COMMANDS) as first:
        async with running_or_started(settings, say=print) as second:
            assert second == first
        assert settings.address_file.exists(), "leaving does not stop what another started"

    async with running_or_started(
        settings, say=print, ports=Ports.free(), commands=COMMANDS
    ) as third:
        assert third.switchboard != first.switchboard


async def test_what_up_writes_down_is_for_its_owner_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, database_url: str, dev_server: str
) -> None:
    settings = settings_with(
        tmp_path / "state", monkeypatch, DATABASE_URL=database_url, TEMPORAL_ADDRESS=dev_server
    )

    async with local_run(settings, say=print, ports=Ports.free(), commands=COMMANDS):
        files = [path for path in settings.state.rglob("*") if path.is_file()]
        open_files = [path for path in files if stat.S_IMODE(path.stat().st_mode) & 0o077]

    assert files
    assert open_files == []
