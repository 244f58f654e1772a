"""Worker and server killed around a due instant, in real time: each step is done exactly once.

The law of this run says that offices close in a few seconds. What was received today is due then;
of what was received yesterday, and is late since yesterday's closing, the chairman is told then.
"""

import asyncio
import re
import shutil
import signal
import tempfile
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

import httpx
import pytest

from law import FOLDER
from models.kernel.base import VIETNAM
from models.law.steps import MilestoneKind
from workers.local.ports import Ports
from workers.local.run import local_run
from workers.local.stack import Commands
from workers.runtime.settings import Settings
from workers.runtime.temporal_setup import connect

from harness.country import Country, Raw

CASES = 6
"""Of each day."""
DAY = timedelta(days=1)
UNTIL_CLOSING = (timedelta(seconds=16), timedelta(seconds=45), timedelta(seconds=100))
"""How long the offices stay open: where that was too short to bring the cases there, longer."""
PATIENCE = 60
A_WHILE = 3.0
"""Seconds in which a second telling would come: the relay looks every second."""

Told = tuple[str, str | None, str]
"""A case, the procedure whose step it is or None for the case's own, and the step."""
TODAYS = {("register_birth", "due-1"), ("register_birth", "late-1"), (None, "early_warning-1")}
YESTERDAYS = {("register_birth", "escalation-1"), (None, "one_day_before-1")}
"""The steps of the closing, and of the second after it."""
LATE_AT_ONCE = {("register_birth", "late-1"), (None, "early_warning-1")}
"""What is told of yesterday's cases when they are opened."""


PROCEDURE_OF = {"civil_status": "register_birth", None: None}


class Hours:
    """Rules and a calendar of two days on which offices work until a time of our choice."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        shutil.copytree(FOLDER, folder, ignore=shutil.ignore_patterns("__pycache__", "*.py"))
        for rule in folder.glob("groups/birth/*.toml"):
            text = rule.read_text("utf-8").replace("cut_off = 15:00:00\n", "")
            total = "[[totals]]\nworking_days = "  # warned of two days before: on the day itself
            rule.write_text(text.replace(f"{total}3", f"{total}2"), "utf-8")

    def close_at(self, closing: datetime) -> None:
        """Let that day and the one before be worked, from midnight to that time of the day."""
        hours = (
            "office_hours = { morning = [00:00:00, 00:00:01],"
            f" afternoon = [00:00:01, {closing:%H:%M:%S}] }}"
        )
        agencies = self.folder / "agencies.toml"
        text = (FOLDER / "agencies.toml").read_text("utf-8")
        agencies.write_text(text.replace("short_name", f"{hours}\nshort_name"), "utf-8")
        overrides = self.folder / "calendar" / "overrides.toml"
        known = (FOLDER / "calendar" / "overrides.toml").read_text("utf-8")
        worked = (
            f'[[worked]]\nday = {day:%Y-%m-%d}\nname = "Làm bù"\nsource = "Thử"\n'
            for day in (closing - DAY, closing)
        )
        overrides.write_text("\n".join((known, *worked)), "utf-8")


@dataclass
class Queue:
    """The cases of which something is told when the offices close."""

    closing: datetime
    today: list[str] = field(default_factory=list)
    yesterday: list[str] = field(default_factory=list)

    def told_at_closing(self) -> Counter[Told]:
        """Every step of that instant, once."""
        steps = [(case, *step) for case in self.today for step in TODAYS]
        return Counter(steps + [(case, *step) for case in self.yesterday for step in YESTERDAYS])

    def told_at_all(self) -> Counter[Told]:
        """Those, and what was told of yesterday's cases before."""
        at_once = [(case, *step) for case in self.yesterday for step in LATE_AT_ONCE]
        return self.told_at_closing() + Counter(at_once)


@pytest.fixture
def hours() -> Iterator[Hours]:
    with tempfile.TemporaryDirectory(prefix="lienthong-") as folder:
        path = Path(folder).resolve()
        path.chmod(0o711)
        yield Hours(path / "law")


@pytest.fixture
async def country(hours: Hours) -> AsyncIterator[Country]:
    """A stack of its own, under that law."""
    settings = Settings(state=hours.folder.parent / "state", DATABASE_URL=None)
    law = {"LIENTHONG_LAW": str(hours.folder), "LIENTHONG_ALLOW_BACKDATING": "true"}
    run = local_run(settings, say=print, ports=Ports.free(), commands=Commands(env=law))
    async with run as addresses:
        yield Country(settings, addresses, await connect(settings))


@pytest.mark.timeout(400)
async def test_worker_and_server_killed_around_a_due_instant_do_each_step_once(
    country: Country, hours: Hours
) -> None:
    await country.behave("civil_status", answers={"when": "people"})
    queue = await queue_before_closing(country, hours)

    await asyncio.sleep((queue.closing - timedelta(seconds=1) - now()).total_seconds())
    kill(country, "worker", "Temporal")
    await until(lambda: some_told(country, queue))
    kill(country, "worker", "Temporal")
    await until(lambda: all_told(country, queue))
    await until(lambda: all_sent(country, queue))
    await asyncio.sleep(A_WHILE)

    assert await told(country, queue) == queue.told_at_all()
    assert await sent(country, queue) == queue.told_at_all()


async def queue_before_closing(country: Country, hours: Hours) -> Queue:
    """Cases that their agency holds while the office is still open."""
    for ahead in UNTIL_CLOSING:
        queue = Queue(await closing_in(ahead))
        hours.close_at(queue.closing)
        kill(country, "worker")  # it comes back under that law
        today = await country.births(CASES)
        yesterday = await country.births(CASES, received_at=now() - DAY)
        queue.today, queue.yesterday = list(today), list(yesterday)
        await country.start(today | yesterday)
        if await are_held_by(country, queue, queue.closing - timedelta(seconds=2)):
            return queue
    pytest.fail("no case came to its agency before the office closed")


async def closing_in(ahead: timedelta) -> datetime:
    """An instant of today; around midnight, of the day that is about to begin."""
    if (now() + ahead).date() != now().date():
        await asyncio.sleep(ahead.total_seconds())
    return now() + ahead


def now() -> datetime:
    return datetime.now(VIETNAM).replace(microsecond=0)  # noqa: TID251 - real time is the example


def kill(country: Country, *names: str) -> None:
    for name in names:
        country.process(name).send_signal(signal.SIGKILL)


async def are_held_by(country: Country, queue: Queue, instant: datetime) -> bool:
    """Whether every case waits by then for its first dossier to be decided, due when it must be."""
    due = Counter({queue.closing: len(queue.today), queue.closing - DAY: len(queue.yesterday)})
    while now() < instant:
        statuses = await country.statuses([*queue.today, *queue.yesterday])
        firsts = [status.dossiers[0] for status in statuses if status.dossiers]
        if Counter(one.due_at for one in firsts if one.state == "accepted") == due:
            return True
        await asyncio.sleep(0.2)
    return False


async def until(holds: Callable[[], Awaitable[bool]]) -> None:
    """Wait for what comes in its own time; what never comes, the comparisons at the end tell."""
    try:
        async with asyncio.timeout(PATIENCE):
            while not await holds():  # noqa: ASYNC110 - other processes bring it about
                await asyncio.sleep(0.05)
    except TimeoutError:
        return


async def some_told(country: Country, queue: Queue) -> bool:
    return bool(queue.told_at_closing() & await told(country, queue))


async def all_told(country: Country, queue: Queue) -> bool:
    return queue.told_at_all() <= await told(country, queue)


async def all_sent(country: Country, queue: Queue) -> bool:
    return queue.told_at_all() <= await sent(country, queue)


async def told(country: Country, queue: Queue) -> Counter[Told]:
    """How often the ledger says that each step was reached."""
    query = """
        SELECT case_id, procedure, facts->>'step' AS step
        FROM lienthong.ledger_entries WHERE event = 'step.reached' AND case_id = ANY($1)
    """
    rows = await country.rows(query, [*queue.today, *queue.yesterday])
    return Counter((row["case_id"], row["procedure"], row["step"]) for row in rows)


async def sent(country: Country, queue: Queue) -> Counter[Told]:
    """What the notification agency holds about each step."""
    query = "SELECT case_id, case_code FROM lienthong.cases WHERE case_id = ANY($1)"
    rows = await country.rows(query, [*queue.today, *queue.yesterday])
    case_of = {row["case_code"]: row["case_id"] for row in rows}
    async with httpx.AsyncClient(base_url=country.addresses.agencies["notice"]) as client:
        answer = await client.get("/v1/notices", params={"limit": 500})
    return Counter(
        (case_of[notice["case_code"]], PROCEDURE_OF[notice["to"]["agency"]], step_of(notice))
        for notice in answer.json()["notices"]
        if notice["case_code"] in case_of and notice["kind"] in set(MilestoneKind)
    )


def step_of(notice: Raw) -> str:
    """The step a reminder is about, which stands in its key."""
    found = re.search(rf"-({notice['kind']}-\d+)-", notice["key"])
    return found[1] if found else notice["key"]
