"""One demonstration on servers that stand: new families, their declarations, the watching."""

from dataclasses import dataclass
from datetime import datetime

from rich.console import Console

from adapters.calendar_holidays import load_calendar
from adapters.law_files import load_law
from adapters.places_vietnam import load_places
from models.law import Law
from workers.demo.appointments import Appointments
from workers.demo.families import fetch_families
from workers.demo.kinds import families_needed
from workers.demo.memory import take_share
from workers.demo.mix import plan_births
from workers.demo.progress import Progress
from workers.demo.running import carry_out
from workers.demo.screen import Screen
from workers.demo.summary import Summary
from workers.demo.summing import summarize
from workers.desk import Desk
from workers.settings import Addresses, Settings
from workers.temporal_setup import connect


@dataclass(frozen=True, kw_only=True)
class Wish:
    """What a demonstration is asked to be."""

    cases: int
    seed: int | None
    """None: new families, and declarations nobody has seen."""
    patience: float
    """Seconds without any change after which it waits no longer."""
    now: datetime
    began: float
    """When the command was given, by the monotonic clock."""


async def demonstrate(
    wish: Wish, settings: Settings, addresses: Addresses, console: Console
) -> Summary:
    """File what is wished for, show it live, and add up what came of it.

    Raises:
        BackendUnavailableError: the switchboard or the Temporal server is away.
        DemoMemoryError, NoFamiliesError: there are no families to be had.
    """
    needed = families_needed(wish.cases)
    share = take_share(settings.state, families=needed, seed=wish.seed, now=wish.now)
    families = await fetch_families(addresses.switchboard, offset=share.first_family, count=needed)
    law = load_law(settings.law)
    appointments = _appointments(settings, law, share.now)
    planned = plan_births(families, count=wish.cases, seed=share.seed, appointments=appointments)
    first, last = share.first_family + 1, share.first_family + needed
    console.print(f"Nộp {wish.cases} tờ khai của các gia đình mẫu số {first}–{last}.")
    progress = Progress(planned=planned)
    desk = Desk(await connect(settings))
    async with Screen(console, progress, law).shown():
        await carry_out(desk, progress, addresses, patience=wish.patience)
    return summarize(progress, share, began=wish.began, temporal_ui=addresses.temporal_ui)


def _appointments(settings: Settings, law: Law, now: datetime) -> Appointments:
    return Appointments(
        law=law,
        calendar=load_calendar(settings.law),
        places=load_places(settings.law),
        now=now,
    )
