"""Children start in order, end when told, and never outlive the one who started them."""

import asyncio
import os
import re
import signal
import socket
import sys
import time
from pathlib import Path

import psutil
import pytest

from workers.local.errors import ChildFailedError, PortTakenError
from workers.local.ports import Ports, free_ports, refuse_taken
from workers.local.processes import LOG_LIMIT, Child, Command, until
from workers.local.runfile import RunFile
from workers.local.supervisor import Service, Supervisor

from harness.patience import found_in_time

STUBBORN = "import signal, time; signal.signal(15, signal.SIG_IGN); print('up', flush=True)"
SLEEP = "import time; time.sleep(1000)"


def python(code: str, log: Path, name: str = "child") -> Command:
    return Command(name=name, argv=(sys.executable, "-c", code), log=log)


async def test_a_child_that_ignores_the_order_to_stop_is_killed_in_time(tmp_path: Path) -> None:
    log = tmp_path / "child.log"
    child = await Child.start(python(f"{STUBBORN}; {SLEEP}", log))
    await until(lambda: "up" in log.read_text("utf-8"), child, within=10)

    began = time.monotonic()
    await child.stop(0.3)

    assert time.monotonic() - began < 10
    assert await child.wait() == -signal.SIGKILL


async def test_a_child_does_not_hear_the_ctrl_c_of_our_terminal(tmp_path: Path) -> None:
    child = await Child.start(python(SLEEP, tmp_path / "child.log"))

    assert os.getsid(child.pid) != os.getsid(0)
    await child.stop()


async def test_a_child_ends_when_its_parent_is_killed(tmp_path: Path) -> None:
    code = f"""
import asyncio, sys
from pathlib import Path
from workers.local.processes import Child, Command
async def run():
    command = Command(name="x", argv=(sys.executable, "-c", {SLEEP!r}), log=Path("child.log"))
    print((await Child.start(command)).pid, flush=True)
    await asyncio.sleep(1000)
asyncio.run(run())
"""
    log = tmp_path / "parent.log"
    command = python(f"import os; os.chdir({str(tmp_path)!r})\n{code}", log)
    parent = await Child.start(command)
    await until(lambda: log.read_text("utf-8").strip().isdigit(), parent, within=20)
    grandchild = psutil.Process(int(log.read_text("utf-8")))

    os.kill(parent.pid, signal.SIGKILL)
    await parent.wait()

    for _ in range(100):
        if not grandchild.is_running() or grandchild.status() == psutil.STATUS_ZOMBIE:
            return
        await asyncio.sleep(0.05)
    pytest.fail("the grandchild lives on")


async def test_a_program_that_is_missing_gets_a_sentence(tmp_path: Path) -> None:
    log = tmp_path / "child.log"
    child = await Child.start(Command(name="máy chủ", argv=("no-such-program",), log=log))
    await child.wait()

    with pytest.raises(ChildFailedError, match="máy chủ dừng ngay khi khởi động"):
        child.raise_if_ended()


async def test_a_bare_child_sees_only_the_variables_it_was_given(tmp_path: Path) -> None:
    log = tmp_path / "child.log"
    command = Command(name="env", argv=("/usr/bin/env",), log=log, env={"A": "1"}, bare=True)

    await (await Child.start(command)).wait()

    assert log.read_text("utf-8").split() == ["A=1"]


async def test_a_log_that_grew_too_long_is_set_aside_at_the_next_start(tmp_path: Path) -> None:
    log = tmp_path / "child.log"
    log.write_bytes(b"x" * (LOG_LIMIT + 1))

    await (await Child.start(python("print('new')", log))).wait()

    assert log.read_text("utf-8") == "new\n"
    assert (tmp_path / "child.log.1").stat().st_size == LOG_LIMIT + 1


async def test_a_supervisor_stops_in_reverse_order_and_forgets(tmp_path: Path) -> None:
    note = tmp_path / "order"
    supervisor = Supervisor(RunFile(tmp_path / "processes.json"), lambda _: None)
    for name in ("first", "second"):
        await supervisor.start(noting_service(name, note, tmp_path))

    await supervisor.stop()

    assert note.read_text("utf-8").split() == ["second", "first"]
    assert not (tmp_path / "processes.json").exists()


async def test_a_child_that_keeps_falling_is_said_each_time_and_tried_again(tmp_path: Path) -> None:
    said: list[str] = []
    supervisor = Supervisor(RunFile(tmp_path / "processes.json"), said.append)
    command = python("import time; time.sleep(0.1); raise SystemExit(3)", tmp_path / "log")

    await supervisor.start(service("worker", command))
    falls = await found_in_time(lambda: falls_among(said), lambda lines: len(lines) > 1)
    await supervisor.stop()

    assert [re.findall(r"sau ([\d.]+) giây", line) for line in falls[:2]] == [["0.5"], ["1"]]


async def falls_among(said: list[str]) -> list[str]:
    return [line for line in said if "đã dừng (mã 3)" in line]


def test_a_free_port_is_told_once_and_never_lent_to_a_connection() -> None:
    ports = [*free_ports(5), *free_ports(5)]

    assert len(set(ports)) == 10
    assert max(ports) < 32_768


def test_a_taken_port_is_named_with_its_holder_and_what_to_do() -> None:
    with socket.socket() as holder:
        holder.bind(("127.0.0.1", 0))
        holder.listen()
        port = holder.getsockname()[1]

        with pytest.raises(PortTakenError) as refusal:
            refuse_taken([("giao diện", port), ("khác", free_ports(1)[0])])

    said = str(refusal.value)
    assert f"ổng {port} (giao diện) đang do tiến trình {os.getpid()}" in said
    assert "khác" not in said
    assert "--ports auto" in said


def test_automatic_ports_are_all_different() -> None:
    ports = Ports.free()

    chosen = [ports.temporal, ports.temporal_ui, ports.codec_server, ports.switchboard]
    assert len({*chosen, *ports.agencies.values()}) == len(chosen) + len(ports.agencies)


def service(title: str, command: Command) -> Service:
    async def at_once(_: Child) -> None: ...

    return Service(
        title=title,
        address="",
        launch=lambda: Child.start(command),
        until_ready=at_once,
        stop_by=5,
    )


def noting_service(name: str, note: Path, folder: Path) -> Service:
    log = folder / f"{name}.log"
    code = f"""
import signal, sys, time
def end(*_):
    with open({str(note)!r}, "a") as note: note.write("{name} ")
    sys.exit()
signal.signal(signal.SIGTERM, end)
print("up", flush=True)
time.sleep(1000)
"""

    async def up(child: Child) -> None:
        await until(lambda: "up" in log.read_text("utf-8"), child, within=10)

    command = python(code, log, name)
    return Service(
        title=name, address="", launch=lambda: Child.start(command), until_ready=up, stop_by=5
    )
