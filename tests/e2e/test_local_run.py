"""`up` on this machine: real servers, small programs in the place of our own processes."""

import contextlib
import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import psutil
import pytest

from workers.local.postgres_home import outside_home
from workers.local.state import FORMAT
from workers.runtime.settings import Addresses

from harness.small_programs import SERVE, WORK

UP = f"""
import functools, sys
from workers.cli import up as cli
from workers.cli.app import main
from workers.local.stack import Commands
python = sys.executable
cli.Commands = functools.partial(
    Commands,
    codec_server=(python, "-c", {SERVE!r}, "codec"),
    agencies=(python, "-c", {SERVE!r}, sys.argv.pop(1)),
    worker=(python, "-c", {WORK!r}),
)
main()
"""
CHILDREN = 5


class Machine:
    """One state folder, and the runs in it."""

    def __init__(self, state: Path) -> None:
        self.state = state
        self._runs: list[subprocess.Popen[str]] = []

    def up(self, *options: str, agencies: str = "agencies") -> subprocess.Popen[str]:
        run = subprocess.Popen(  # noqa: S603 - our own command
            self._command(agencies, "up", *(options or ("--ports", "auto"))),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        self._runs.append(run)
        return run

    def down(self, *options: str) -> str:
        return subprocess.run(  # noqa: S603 - our own command
            self._command("agencies", "down", *options), check=True, capture_output=True, text=True
        ).stdout

    def _command(self, *arguments: str) -> list[str]:
        elsewhere = ("DATABASE_URL", "TEMPORAL_ADDRESS", "TEMPORAL_PROFILE")
        unset = [part for name in elsewhere for part in ("-u", name)]
        own = f"LIENTHONG_STATE={self.state}"
        return ["env", *unset, own, sys.executable, "-c", UP, *arguments]

    def ready(self, *options: str, agencies: str = "agencies") -> subprocess.Popen[str]:
        (self.state / "run" / "started").unlink(missing_ok=True)  # of a killed run
        run = self.up(*options, agencies=agencies)
        eventually(lambda: (self.state / "run" / "started").exists() or run.poll() is not None)
        assert run.poll() is None, run.stdout and run.stdout.read()
        return run

    def addresses(self) -> Addresses:
        return Addresses.model_validate_json((self.state / "run" / "addresses.json").read_bytes())

    def pids(self) -> dict[str, int]:
        entries = json.loads((self.state / "run" / "processes.json").read_text("utf-8"))
        return {entry["name"]: entry["pid"] for entry in entries}

    def children(self) -> list[psutil.Process]:
        return [psutil.Process(pid) for pid in self.pids().values()]

    def end(self) -> None:
        for run in self._runs:
            if run.poll() is None:
                run.send_signal(signal.SIGTERM)
            run.communicate(timeout=15)


@pytest.fixture
def machine() -> Iterator[Machine]:
    with tempfile.TemporaryDirectory(prefix="lienthong-") as folder:
        path = Path(folder).resolve()
        path.chmod(0o711)
        made = Machine(path / "state")
        yield made
        made.end()


def test_ctrl_c_leaves_no_process_and_the_next_up_starts_again(machine: Machine) -> None:
    for _ in range(2):
        run = machine.ready()
        children = machine.children()
        family = [*children, *(each for child in children for each in child.children())]

        began = time.monotonic()
        run.send_signal(signal.SIGINT)
        run.communicate(timeout=15)

        assert run.returncode == 0
        assert time.monotonic() - began < 10
        assert len(children) == CHILDREN
        assert not [process for process in family if process.is_running()]
        assert not (machine.state / "run" / "addresses.json").exists()


def test_after_kill_9_of_up_nothing_lives_on_and_the_next_up_starts(machine: Machine) -> None:
    run = machine.ready()
    children = machine.children()

    run.kill()
    run.wait()

    eventually(lambda: not any(alive(child) for child in children))
    machine.ready()


def test_what_a_killed_run_left_is_ended_by_the_next_and_said(machine: Machine) -> None:
    left = psutil.Popen([sys.executable, "-c", "import time; time.sleep(1000)"])
    ours = {"name": "worker", "pid": left.pid, "created": left.create_time()}
    anothers_by_now = {"name": "agencies", "pid": os.getpid(), "created": 1.0}
    (machine.state / "run").mkdir(parents=True)
    (machine.state / "run" / "processes.json").write_text(
        json.dumps([ours, anothers_by_now]), "utf-8"
    )

    run = machine.ready()
    run.send_signal(signal.SIGINT)

    assert "còn lại của lần chạy bị ngắt: worker." in run.communicate(timeout=15)[0]
    assert left.wait() == -signal.SIGTERM


def test_a_second_up_in_the_same_folder_is_refused_with_the_pid_of_the_first(
    machine: Machine,
) -> None:
    first = machine.ready()

    second = machine.up()

    assert f"pid {first.pid}" in said(second)
    assert second.returncode == 2
    assert first.poll() is None


def test_a_fallen_worker_is_said_and_started_again(machine: Machine) -> None:
    run = machine.ready()
    fallen = machine.pids()["worker"]

    os.kill(fallen, signal.SIGKILL)

    eventually(lambda: machine.pids()["worker"] != fallen)
    run.send_signal(signal.SIGINT)
    output = run.communicate(timeout=15)[0]
    assert "✗ Xử lý hồ sơ đã dừng (mã -9), khởi động lại" in output


def test_up_is_ready_although_agencies_were_set_down_before(machine: Machine) -> None:
    run = machine.ready(agencies="all-agencies-down")

    assert run.poll() is None


def test_up_is_refused_while_a_port_is_in_use(machine: Machine) -> None:
    with socket.socket() as holder:
        with contextlib.suppress(OSError):  # a run of somebody else's holds it: as good
            holder.bind(("127.0.0.1", 8234))
            holder.listen()

        refused = machine.up("--ports", "usual")

        assert "ổng 8234 (máy chủ giải mã)" in said(refused)
        assert refused.returncode == 2


def test_a_foreign_folder_is_refused_and_left_as_it_is(machine: Machine) -> None:
    machine.state.mkdir()
    (machine.state / "thesis.txt").write_text("mine", "utf-8")

    refused = machine.up()

    assert "thesis.txt" in said(refused)
    assert refused.returncode == 2
    assert [path.name for path in machine.state.iterdir()] == ["thesis.txt"]


def test_a_folder_of_another_format_is_refused(machine: Machine) -> None:
    machine.state.mkdir()
    (machine.state / "version").write_text("99", "ascii")

    refused = machine.up()

    assert "định dạng 99" in said(refused)
    assert refused.returncode == 2


def test_lost_keys_are_never_replaced_where_cases_need_them(machine: Machine) -> None:
    machine.state.mkdir()
    (machine.state / "version").write_text(FORMAT, "ascii")
    (machine.state / "temporal.db").touch()

    refused = machine.up()

    assert "Thiếu tệp khoá" in said(refused)
    assert not (machine.state / "keys.json").exists()


def test_down_stops_a_run_and_purge_deletes_what_it_kept(machine: Machine) -> None:
    run = machine.ready("--ports", "auto", "--allow-plain-starts")
    answer = httpx.get(machine.addresses().switchboard, trust_env=False)
    assert answer.text == "true", "a choice for demonstrations reaches the processes"

    output = machine.down("--purge", "--yes")

    assert f"pid {run.pid}" in output
    assert run.wait(timeout=15) == 0
    assert not machine.state.exists()


@pytest.mark.skipif(os.geteuid() != 0, reason="only root runs PostgreSQL as another user")
def test_purge_deletes_also_what_root_keeps_outside_a_closed_folder(machine: Machine) -> None:
    machine.state.parent.chmod(0o700)
    machine.ready()
    aside = outside_home(machine.state)
    assert (aside / "postgres").exists()

    machine.down("--purge", "--yes")

    assert not aside.exists()
    assert machine.state.parent.stat().st_mode & 0o777 == 0o700


def test_down_says_so_where_nothing_runs(machine: Machine) -> None:
    assert "Không có gì đang chạy" in machine.down()


def said(run: subprocess.Popen[str]) -> str:
    return " ".join(run.communicate(timeout=60)[0].split())


def alive(process: psutil.Process) -> bool:
    return process.is_running() and process.status() != psutil.STATUS_ZOMBIE


def eventually(is_so: Callable[[], bool], within: float = 60) -> None:
    give_up = time.monotonic() + within
    while not is_so():
        assert time.monotonic() < give_up, "it never came to be"
        time.sleep(0.05)
