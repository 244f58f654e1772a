"""The composed stack without an engine: the very commands, settings and checks of the file."""

import contextlib
import json
import os
import re
import stat
import subprocess
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import SplitResult, urlsplit

import asyncpg
import httpx
import pytest

from workers.local.ports import free_ports
from workers.local.postgres import Postgres
from workers.local.postgres_home import find_home

from harness import composed

PATH = os.defpath
BARE = {"PATH": PATH, "HOME": "/nonexistent", "PYTHONUNBUFFERED": "1"}
READY_WITHIN = 60.0


@dataclass
class Host:
    """This machine in the place of the containers' network: names become ports."""

    folder: Path
    services: dict[str, composed.Service]

    def argv(self, service: str) -> list[str]:
        return [sys.executable, "-m", "workers.cli", *self.services[service]["command"]]

    def environment(self, service: str) -> dict[str, str]:
        return BARE | dict(self.services[service]["environment"])

    def run(self, service: str, *command: str, said: str = "") -> subprocess.CompletedProcess[str]:
        argv = [*self.argv(service)[:3], *command] if command else self.argv(service)
        return subprocess.run(  # noqa: S603 - our own command
            argv,
            env=self.environment(service),
            cwd=composed.ROOT,
            input=said,
            capture_output=True,
            text=True,
            check=False,
            timeout=60,
        )

    def is_well(self, service: str) -> bool:
        check = self.services[service]["healthcheck"]["test"][1:]
        argv = [sys.executable if check[0] == "python" else check[0], *check[1:]]
        return subprocess.run(argv, env=BARE, check=False, capture_output=True).returncode == 0  # noqa: S603

    @contextlib.contextmanager
    def serving(self, service: str) -> Iterator[None]:
        log = (self.folder / f"{service}.log").open("w", encoding="utf-8")
        process = subprocess.Popen(  # noqa: S603 - our own command
            self.argv(service),
            env=self.environment(service),
            cwd=composed.ROOT,
            stdout=log,
            stderr=log,
        )
        try:
            deadline = time.monotonic() + READY_WITHIN
            while not self.is_well(service):
                assert process.poll() is None, Path(log.name).read_text("utf-8")
                assert time.monotonic() < deadline, f"{service} never got well"
                time.sleep(0.2)
            yield
        finally:
            process.terminate()
            assert process.wait(timeout=15) == 0, Path(log.name).read_text("utf-8")
            log.close()


@pytest.fixture(scope="module")
def open_folder() -> Iterator[Path]:
    """A folder that the system user root's PostgreSQL runs as may enter."""
    with tempfile.TemporaryDirectory(prefix="lienthong-") as folder:
        path = Path(folder)
        path.chmod(0o711)
        yield path


@pytest.fixture(scope="module")
async def databases(open_folder: Path) -> AsyncIterator[str]:
    """`host:port` of a PostgreSQL in which the image's own script has made the databases."""
    folder = open_folder
    home = find_home(folder, print)
    server = Postgres(
        home=home, state=folder, port=free_ports(1)[0], log=folder / "postgres.log", durable=False
    )
    child = await server.launch()
    await server.until_ready(child)
    url = urlsplit(server.database_url)
    _make_databases(home.programs, url)
    yield f"{url.hostname}:{url.port}"
    await child.stop()


def _make_databases(programs: Path, url: SplitResult) -> None:
    done = subprocess.run(  # noqa: S603 - our own script
        ["/bin/sh", str(composed.ROOT / "deploy" / "postgres" / "databases.sh")],
        env=composed.PASSWORDS
        | {
            "PATH": f"{programs}:{PATH}",
            "POSTGRES_USER": url.username or "",
            "PGPASSWORD": url.password or "",
            "PGHOST": url.hostname or "",
            "PGPORT": str(url.port),
        },
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr


@pytest.fixture(scope="module")
def host(databases: str, dev_server: str, tmp_path_factory: pytest.TempPathFactory) -> Host:
    """The file with containers' names turned into what serves here."""
    folder = tmp_path_factory.mktemp("host")
    (folder / "agency-keys").mkdir()
    listening = sorted({*re.findall(r"\b8(?:3\d\d|234)\b", composed.FILE.read_text("utf-8"))})
    here = dict(zip(listening, map(str, free_ports(len(listening))), strict=True))
    text = composed.FILE.read_text("utf-8")
    text = re.sub(r"\b8(?:3\d\d|234)\b", lambda found: here[found[0]], text)
    for there, now in (
        ("postgres:5432", databases),
        ("temporal:7233", dev_server),
        ("http://agencies:", "http://127.0.0.1:"),
        ("http://codec-server:", "http://127.0.0.1:"),
        ("--host=0.0.0.0", "--host=127.0.0.1"),
        ("/keys/keys.json", str(folder / "keys.json")),
        ("=/agency-keys", f"={folder}/agency-keys"),
    ):
        assert there in text
        text = text.replace(there, now)
    services = composed.services(text, composed.PASSWORDS | {"ALLOW_BACKDATING": "true"})
    for name in ("worker-cases", "worker-agencies"):
        ready = str(folder / f"{name}.ready")
        service = json.loads(json.dumps(services[name]).replace("/tmp/ready", ready))  # noqa: S108
        services[name] = service
    return Host(folder, services)


@pytest.fixture(scope="module")
def keys(host: Host) -> Path:
    done = host.run("keys")
    assert done.returncode == 0, done.stderr
    return host.folder / "keys.json"


def test_the_keys_are_private_and_made_only_once(host: Host, keys: Path) -> None:
    before = keys.read_bytes()

    again = host.run("keys")

    assert again.returncode == 0, again.stderr
    assert keys.read_bytes() == before
    assert stat.S_IMODE(keys.stat().st_mode) == 0o600


def test_the_codec_server_is_well_by_its_own_check(host: Host, keys: Path) -> None:
    with host.serving("codec-server"):
        url = host.environment("cli")["LIENTHONG_CODEC_SERVER"]

        answer = httpx.post(f"{url}/decode", json={"payloads": []}, trust_env=False)

    assert keys.exists()
    assert answer.json() == {}


def test_the_agencies_are_given_no_key_that_opens_a_case(host: Host, keys: Path) -> None:
    handed = [json.loads(file.read_text()) for file in (host.folder / "agency-keys").iterdir()]

    assert keys.exists()
    assert "insurance-1" in {key for one in handed for key in one["keys"]}
    assert [key for one in handed for key in one["keys"] if key.startswith("cases")] == []
    assert {mount.split(":")[0] for mount in host.services["agencies"]["volumes"]} == {
        "agency-keys"
    }


@pytest.fixture(scope="module")
def cases(host: Host, keys: Path) -> list[Any]:  # Any: the JSON of statuses
    """What `submit --wait` says of one birth, all of ours running."""
    assert keys.exists()
    with (
        host.serving("agencies"),
        host.serving("worker-cases"),
        host.serving("worker-agencies"),
    ):
        said = _declaration(host)
        done = host.run("cli", "submit", "--wait", "--json", "-", said=said)
    assert done.returncode == 0, done.stderr
    return list(json.loads(done.stdout))


def test_a_birth_runs_from_end_to_end(cases: list[Any]) -> None:
    assert [case["state"] for case in cases] == ["completed"]


def test_lost_keys_are_not_replaced_once_there_are_cases(
    cases: list[Any], host: Host, keys: Path, tmp_path: Path
) -> None:
    assert cases
    backup = keys.rename(tmp_path / "keys.json")

    lost = host.run("keys")

    assert (lost.returncode, keys.exists()) == (2, False)
    assert "sao lưu" in lost.stderr
    backup.rename(keys)


@pytest.mark.usefixtures("cases")
async def test_the_ledger_is_append_only_for_who_writes_it(databases: str) -> None:
    connection = await asyncpg.connect(f"postgresql://cases:casespw3@{databases}/cases")
    await connection.execute("SET ROLE lienthong_worker")

    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        await connection.execute("DELETE FROM lienthong.ledger_entries")

    assert await connection.fetchval("SELECT count(*) FROM lienthong.ledger_entries") > 0
    await connection.close()


async def test_agencies_cannot_open_our_database(databases: str) -> None:
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        await asyncpg.connect(f"postgresql://agencies:agenciespw4@{databases}/cases")


def test_the_namespace_is_made_once_and_told_anew_how_long_to_keep_cases(dev_server: str) -> None:
    told = BARE | {
        "PATH": f"{Path(sys.executable).parent}:{PATH}",
        "TEMPORAL_ADDRESS": dev_server,
        "TEMPORAL_NAMESPACE": "composed",
    }
    script = ["/bin/sh", str(composed.ROOT / "deploy" / "temporal" / "namespace.sh")]
    describe = ["temporal", "operator", "namespace", "describe", "-n", "composed", "-o", "json"]

    made = subprocess.run(script, env=told | {"RETENTION": "1d"}, check=False, timeout=90)  # noqa: S603
    deadline = time.monotonic() + READY_WITHIN
    again = told | {"RETENTION": "30d"}
    while subprocess.run(script, env=again, check=False, timeout=90).returncode != 0:  # noqa: S603
        assert time.monotonic() < deadline, "the server still does not know its new namespace"
        time.sleep(1)

    shown = subprocess.run(describe, env=told, check=True, capture_output=True, text=True)  # noqa: S603
    kept = json.loads(shown.stdout)["config"]["workflowExecutionRetentionTtl"]
    assert (made.returncode, kept) == (0, f"{30 * 86_400}s")


def _declaration(host: Host) -> str:
    """A birth of four days ago, in a family the agencies know."""
    board = host.environment("agencies")["LIENTHONG_SWITCHBOARD"]
    answer = httpx.get(f"{board}/v1/demo/couples", params={"limit": 1}, trust_env=False)
    couple = answer.json()["couples"][0]
    raw = json.loads((composed.ROOT / "tests" / "data" / "birth.json").read_text("utf-8"))
    today = datetime.now(UTC)  # noqa: TID251 - the processes under test have this machine's clock
    born, told = today - timedelta(days=4), today - timedelta(days=2)
    mother, householder = couple["mother"], couple["householder"]
    raw["notice"] = {
        "number": f"00417.GCS.01929.{told:%y}",
        "facility": "01929",
        "issued_on": f"{told:%Y-%m-%d}",
    }
    raw["child"]["born_at"] = born.replace(microsecond=0).isoformat()
    raw["mother"] = {key: mother[key] for key in raw["mother"]}
    raw["father"] = None
    raw["declarant"] |= {
        "personal_number": mother["personal_number"],
        "full_name": mother["full_name"],
        "relation": "mother",
    }
    raw["reception"]["commune"] = raw["registration"]["commune"] = couple["commune"]
    raw["residence"] |= {
        "commune": couple["commune"],
        "address": couple["address"],
        "follows": "mother",
        "householder_personal_number": householder["personal_number"],
    }
    return json.dumps(raw)
