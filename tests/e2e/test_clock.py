"""Worker and server killed around a due instant, in real time: each step is done exactly once.

The law of this run says that offices close in a few seconds, so that a dossier which is due at the
end of the day of its reception is due then.
"""

import asyncio
import shutil
import signal
import tempfile
from collections import Counter
from collections.abc import AsyncIterator, Iterable, Iterator
from datetime import datetime, timedelta
from pathlib import Path

import httpx
import pytest
from country import Country

from law import FOLDER
from models.base import VIETNAM
from workers.local.ports import Ports
from workers.local.run import local_run
from workers.local.stack import Commands
from workers.settings import Settings
from workers.temporal_setup import connect

CASES = 8
UNTIL_CLOSING = timedelta(seconds=24)
AROUND = {"due-1", "late-1"}
"""The steps of a first dossier that fall within the test: its instant, and a second later."""


class Hours:
    """Rules and a calendar of a day on which offices work until an instant of our choice."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        shutil.copytree(FOLDER, folder, ignore=shutil.ignore_patterns("__pycache__", "*.py"))
        for rule in folder.glob("groups/birth/*.toml"):
            text = rule.read_text("utf-8")
            rule.write_text(text.replace("cut_off = 15:00:00\n", ""), "utf-8")

    def close_at(self, closing: datetime) -> None:
        """Let this day be worked, from midnight to that instant."""
        hours = (
            "office_hours = { morning = [00:00:00, 00:00:01],"
            f" afternoon = [00:00:01, {closing:%H:%M:%S}] }}"
        )
        agencies = self.folder / "agencies.toml"
        text = (FOLDER / "agencies.toml").read_text("utf-8")
        agencies.write_text(text.replace("short_name", f"{hours}\nshort_name"), "utf-8")
        worked = f'[[worked]]\nday = {closing:%Y-%m-%d}\nname = "Làm bù"\nsource = "Thử"\n'
        overrides = self.folder / "calendar" / "overrides.toml"
        known = (FOLDER / "calendar" / "overrides.toml").read_text("utf-8")
        overrides.write_text(f"{known}\n{worked}", "utf-8")


@pytest.fixture
def hours() -> Iterator[Hours]:
    with tempfile.TemporaryDirectory(prefix="lienthong-") as folder:
        path = Path(folder).resolve()
        path.chmod(0o711)
        yield Hours(path / "law")


@pytest.fixture
async def early_closing(hours: Hours) -> AsyncIterator[Country]:
    """A stack of its own, under that law."""
    settings = Settings(state=hours.folder.parent / "state", DATABASE_URL=None)
    commands = Commands(env={"LIENTHONG_LAW": str(hours.folder)})
    async with local_run(settings, say=print, ports=Ports.free(), commands=commands) as addresses:
        yield Country(settings, addresses, await connect(settings))


def now() -> datetime:
    return datetime.now(VIETNAM).replace(microsecond=0)  # noqa: TID251 - real time is the example


async def test_worker_and_server_killed_around_a_due_instant_do_each_step_once(
    early_closing: Country, hours: Hours
) -> None:
    country = early_closing
    closing = now() + UNTIL_CLOSING
    if closing.date() != now().date():
        pytest.skip("midnight is near: the office cannot close today")
    hours.close_at(closing)
    country.process("worker").send_signal(signal.SIGKILL)  # it comes back under that law
    await country.behave("civil_status", answers={"when": "people"})
    births = await country.births(CASES)
    await country.start(births)
    due = await due_instants(country, births)

    await asyncio.sleep((closing - timedelta(seconds=1) - now()).total_seconds())
    country.process("worker").send_signal(signal.SIGKILL)
    country.process("Temporal").send_signal(signal.SIGKILL)
    await asyncio.sleep(3)
    country.process("worker").send_signal(signal.SIGKILL)
    told = await steps_told(country)

    assert due == {closing}
    assert told == Counter({(case, step): 1 for case in births for step in AROUND})
    assert await reminders_sent(country) == Counter({f"{step}": CASES for step in AROUND})


async def due_instants(country: Country, births: Iterable[str]) -> set[datetime]:
    """When the first dossiers are due, once every agency holds its own."""
    found: list[datetime] = []
    async with asyncio.timeout(20):
        while len(found) < CASES:
            statuses = [await country.desk.status(case_id) for case_id in births]
            found = [
                one.dossiers[0].due_at
                for one in statuses
                if one.dossiers and one.dossiers[0].state == "accepted" and one.dossiers[0].due_at
            ]
            await asyncio.sleep(0.2)
    return {due_at.astimezone(VIETNAM) for due_at in found}


async def steps_told(country: Country) -> Counter[tuple[str, str]]:
    """How often each step of a first dossier was told, a while after the last had come."""
    query = """
        SELECT case_id, facts->>'step' AS step FROM lienthong.ledger_entries
        WHERE event = 'step.reached' AND procedure = 'register_birth'
    """
    for _ in range(80):
        if len(await country.rows(query)) >= CASES * len(AROUND):
            break
        await asyncio.sleep(0.5)
    await asyncio.sleep(3)
    return Counter((row["case_id"], row["step"]) for row in await country.rows(query))


async def reminders_sent(country: Country) -> Counter[str]:
    """What the notification agency holds about first dossiers, by step."""
    async with httpx.AsyncClient(base_url=country.addresses.agencies["notice"]) as client:
        answer = await client.get("/v1/notices", params={"limit": 100})
    notices = answer.json()["notices"]
    keys = [one["key"] for one in notices if one["to"].get("agency") == "civil_status"]
    return Counter(step for key in keys for step in AROUND if f"-{step}-" in key)
