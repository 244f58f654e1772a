"""`lienthong demo` as a newcomer runs it: one keeps running, others use what it started."""

import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import asyncpg
import psutil
import pytest

from workers.runtime.settings import Addresses

Summary = dict[str, Any]  # Any: the JSON of a summary
_BENEFITS = """
SELECT count(*) FROM agency_{0}.benefit_decision JOIN agency_{0}.claim ON claim.id = claim
WHERE kind = '{1}'
"""
REGISTERED = {
    "register_birth": "SELECT count(*) FROM agency_civil_status.birth_registration",
    "register_residence": "SELECT count(*) FROM agency_residence.residence_record",
    "issue_card": "SELECT count(*) FROM agency_insurance.card",
    "register_death": "SELECT count(*) FROM agency_civil_status.death_registration",
    "remove_residence": "SELECT count(*) FROM agency_residence.removal_record",
    "insurance_funeral": _BENEFITS.format("insurance", "insurance_funeral"),
    "survivor_lump_sum": _BENEFITS.format("insurance", "survivor_lump_sum"),
    "social_funeral": _BENEFITS.format("social_affairs", "social_funeral"),
}


class Ended(NamedTuple):
    """A demonstration that ended by itself."""

    code: int
    summary: Summary


class Town:
    """One state folder, and every demonstration in it."""

    def __init__(self, state: Path) -> None:
        self.state = state
        self.told: list[Summary] = []
        self.decided_by_hand = 0
        self._running: list[subprocess.Popen[bytes]] = []

    def lienthong(self, *arguments: str, output: Path | None = None) -> subprocess.Popen[bytes]:
        """Start one command; its standard output goes to a file, its words to a log."""
        with (
            (output or self.state.parent / "output").open("wb") as out,
            (self.state.parent / "words").open("ab") as words,
        ):
            command = [sys.executable, "-m", "workers.cli", *arguments]
            env = os.environ | {"LIENTHONG_STATE": str(self.state)}  # noqa: TID251 - for a child
            process = subprocess.Popen(command, stdout=out, stderr=words, env=env)  # noqa: S603 - our own command
        self._running.append(process)
        return process

    def demo(self, *options: str) -> Ended:
        """One demonstration to its end."""
        output = self.state.parent / "summary.json"
        process = self.lienthong("demo", "--json", *options, output=output)
        code = process.wait(timeout=100)
        summary = json.loads(output.read_bytes())
        self.told.append(summary)
        return Ended(code, summary)

    def asks(self, *arguments: str) -> Summary:
        """What a command tells a machine."""
        output = self.state.parent / "answer.json"
        self.lienthong(*arguments, "--json", output=output).wait(timeout=30)
        answer: Summary = json.loads(output.read_bytes())
        return answer

    def words(self) -> str:
        return (self.state.parent / "words").read_text("utf-8")

    def family(self, process: subprocess.Popen[bytes]) -> list[psutil.Process]:
        return psutil.Process(process.pid).children(recursive=True)

    def stop(self, process: subprocess.Popen[bytes]) -> float:
        """Ctrl-C, and the seconds it took to leave nothing behind."""
        family, began = self.family(process), time.monotonic()
        process.send_signal(signal.SIGINT)
        process.wait(timeout=15)
        assert not [each for each in family if each.is_running()]
        return time.monotonic() - began

    def end(self) -> None:
        for process in self._running:
            if process.poll() is None:
                process.send_signal(signal.SIGINT)
                process.wait(timeout=15)


@pytest.fixture(scope="module")
def town() -> Iterator[Town]:
    with tempfile.TemporaryDirectory(prefix="lienthong-") as folder:
        path = Path(folder).resolve()
        path.chmod(0o711)
        made = Town(path / "state")
        yield made
        made.end()


@pytest.fixture(scope="module")
def host(town: Town) -> subprocess.Popen[bytes]:
    """A demonstration that keeps running, as it does unless told otherwise."""
    output = town.state.parent / "first.json"
    process = town.lienthong("demo", "--ports=auto", "--cases=48", "--json", output=output)
    eventually(lambda: is_whole(output) or process.poll() is not None)
    assert process.poll() is None, town.words()
    town.told.append(json.loads(output.read_bytes()))
    return process


def test_a_demonstration_ends_as_intended_and_keeps_running(
    town: Town, host: subprocess.Popen[bytes]
) -> None:
    first = town.told[0]

    assert first["as_intended"], first
    assert first["states"] | {"completed": 0} == {
        "completed": 0,
        "partly_completed": 7,
        "refused": 2,
        "refused_at_intake": 2,
        "duplicate": 3,
    }
    assert first["plain_starts"] == 1
    assert host.poll() is None


@pytest.mark.usefixtures("host")
def test_some_cases_wait_for_people_on_purpose_and_nothing_else_does(town: Town) -> None:
    first = town.told[0]

    stand = {each["kind"]: (each["sla"], each["attention"]) for each in first["left_open"]}
    assert stand == {
        "late": ("overdue", "none"),
        "due_soon": ("due_soon", "none"),
        "extended": ("on_time", "none"),
        "supplement": ("paused", "none"),
        "disputed": ("paused", "none"),
        "returned": ("on_time", "parked"),
    }
    assert not first["open_cases"]
    behaves = town.asks("agencies", "show")["agencies"]
    assert {each["behaviour"]["answers"]["when"] for each in behaves} == {"at_once"}


@pytest.mark.usefixtures("host")
def test_the_late_case_is_listed_and_a_person_can_decide_it(town: Town) -> None:
    (late,) = (each["case_code"] for each in town.told[0]["left_open"] if each["kind"] == "late")

    listed = town.asks("sla", "late")
    decided = town.asks("decide", late, "register_residence", "granted", "--by=CA-01")

    assert late in {each["case_code"] for each in listed["cases"] if each["overdue_at"]}
    assert decided["known_to_case"]
    town.decided_by_hand += 1


@pytest.mark.usefixtures("host")
def test_money_that_came_back_is_paid_again_once_a_person_says_where(town: Town) -> None:
    told = town.told[0]
    (code,) = (each["case_code"] for each in told["left_open"] if each["kind"] == "returned")
    place = ("--place=UBND xã", "--by=CB-01")

    said = town.asks("redirect-payment", code, "funeral_money", *place)
    dossiers = town.asks("case", code)["dossiers"]

    assert (told["paid"]["returned"], said["accepted"]) == (1, True)
    (payment,) = (each["payment"] for each in dossiers if each["payment"])
    assert payment["key"].endswith("-pay-2")
    assert payment["state"] in ("accepted", "paid")


@pytest.mark.usefixtures("host")
def test_the_next_demonstration_brings_new_families(town: Town) -> None:
    before = town.told[-1]

    code, summary = town.demo("--cases=20")

    assert code == 0, summary
    assert summary["first_family"] == before["first_family"] + 29
    assert summary["first_household"] == before["first_household"] + 16 + 120
    assert summary["states"]["duplicate"] == 2


@pytest.mark.usefixtures("host")
def test_a_seed_told_again_is_reported_as_duplicates(town: Town) -> None:
    first = town.demo("--cases=6", "--seed=7")
    again = town.demo("--cases=6", "--seed=7")

    assert (first.code, first.summary["opened"]) == (0, 6)
    assert (again.code, again.summary["states"]) == (1, {"duplicate": 6})
    assert again.summary["seed_used_before"]


@pytest.mark.usefixtures("host")
async def test_the_agencies_hold_exactly_what_was_told(town: Town) -> None:
    addresses = Addresses.model_validate_json((town.state / "run/addresses.json").read_bytes())
    connection = await asyncpg.connect(addresses.database_url)
    held = {procedure: await connection.fetchval(sql) for procedure, sql in REGISTERED.items()}
    await connection.close()

    assert held == {
        procedure: sum(
            each["granted"]
            for summary in town.told
            for each in summary["issued"]
            if each["procedure"] == procedure
        )
        + (town.decided_by_hand if procedure == "register_residence" else 0)
        for procedure in REGISTERED
    }


@pytest.mark.usefixtures("host")
def test_cases_that_cannot_finish_are_left_open_and_named(town: Town) -> None:
    town.lienthong("agencies", "set", "insurance", "down").wait(timeout=20)
    code, summary = town.demo("--cases=4", "--patience=6")
    town.lienthong("agencies", "set", "insurance", "up").wait(timeout=20)

    assert code == 1
    assert len(summary["open_cases"]) == 4
    for case in summary["open_cases"]:
        assert case["case_code"]
        assert "insurance" in case["waiting_for"]


def test_ctrl_c_in_the_middle_leaves_no_process_and_loses_no_family(
    town: Town, host: subprocess.Popen[bytes]
) -> None:
    assert town.stop(host) < 10
    before = json.loads((town.state / "demo.json").read_bytes())["next_family"]
    middle = town.lienthong("demo", "--ports=auto", "--cases=30")
    eventually(lambda: used(town) > before or middle.poll() is not None)
    time.sleep(2)

    assert town.stop(middle) < 10
    assert middle.returncode == 1
    code, summary = town.demo("--ports=auto", "--cases=12", "--exit")
    assert code == 0, summary
    assert summary["first_family"] == before + 17


def is_whole(output: Path) -> bool:
    """Whether a summary was written to its end."""
    try:
        return bool(json.loads(output.read_bytes()))
    except json.JSONDecodeError:
        return False


def used(town: Town) -> int:
    next_family: int = json.loads((town.state / "demo.json").read_bytes())["next_family"]
    return next_family


def eventually(holds: Callable[[], bool], within: float = 90) -> None:
    give_up = time.monotonic() + within
    while not holds():
        assert time.monotonic() < give_up, "it never came true"
        time.sleep(0.1)


def test_nothing_runs_after_exit(town: Town) -> None:
    assert not (town.state / "run" / "addresses.json").exists()
    assert not [
        process
        for process in psutil.process_iter(["cmdline"])
        if any(str(town.state) in part for part in process.info["cmdline"] or ())
    ]


def test_every_finished_demonstration_was_quick_enough(town: Town) -> None:
    """Not a measurement (docs/performance.md has those): an alarm for something badly wrong."""
    assert town.told[0]["speed"]["first_completed_seconds"] < 60
