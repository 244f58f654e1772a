"""One demonstration on servers that stand: new families, their declarations, the watching."""

from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from rich.console import Console

from adapters.law.calendar import load_calendar
from adapters.law.files import load_law
from adapters.law.places import load_places
from models.law.law import Law
from simulation.demo.appointments import Appointments
from simulation.demo.families import fetch_families
from simulation.demo.households import fetch_households
from simulation.demo.memory import Need, Share, take_share
from simulation.demo.plan import Groups, Plan, Size, plan
from simulation.demo.progress import Progress
from simulation.demo.running import carry_out
from simulation.demo.samples import TryOut, try_out
from simulation.demo.screen import Screen
from simulation.demo.summary import Summary
from simulation.demo.summing import summarize
from workers.client.cases import CaseClient
from workers.runtime.settings import Addresses, Settings
from workers.runtime.temporal_setup import connect


@dataclass(frozen=True, kw_only=True)
class Wish:
    """What a demonstration is asked to be."""

    cases: int
    groups: Groups
    seed: int | None
    """None: new families, and declarations nobody has seen."""
    patience: float
    """Seconds without any change after which it waits no longer."""
    now: datetime
    began: float
    """When the command was given, by the monotonic clock."""


class Demonstration(NamedTuple):
    """What came of it, and what it leaves to try things with."""

    summary: Summary
    try_out: TryOut


async def demonstrate(
    wish: Wish, settings: Settings, addresses: Addresses, console: Console
) -> Demonstration:
    """File what is wished for, show it live, and add up what came of it.

    Raises:
        BackendUnavailableError: the switchboard or the Temporal server is away.
        DemoMemoryError, NoFamiliesError: there are no families to be had.
    """
    law, size = load_law(settings.law), Size.of(wish.cases, wish.groups)
    need = Need(families=size.families, households=size.households)
    share = take_share(settings.state, need=need, seed=wish.seed, now=wish.now)
    planned = await _plan(size, share, addresses, _appointments(settings, law, share.now))
    console.print(_announcement(size, share))
    progress = Progress(planned=planned.planned)
    desk = CaseClient(await connect(settings))
    async with Screen(console, progress, law).shown():
        await carry_out(desk, progress, addresses, patience=wish.patience)
    return Demonstration(
        summarize(progress, share, began=wish.began, temporal_ui=addresses.temporal_ui),
        try_out(settings.state, progress, planned.spared, share),
    )


async def _plan(size: Size, share: Share, addresses: Addresses, appointments: Appointments) -> Plan:
    asked = addresses.switchboard
    families = await fetch_families(asked, offset=share.first_family, count=size.families)
    households = await fetch_households(asked, offset=share.first_household, count=size.households)
    return plan(size, families, households, seed=share.seed, appointments=appointments)


def _announcement(size: Size, share: Share) -> str:
    said = []
    if size.births:
        first, last = share.first_family + 1, share.first_family + size.families
        said.append(f"{size.births} tờ khai sinh của các gia đình mẫu số {first}–{last}")
    if size.deaths:
        first, last = share.first_household + 1, share.first_household + size.households
        said.append(f"{size.deaths} tờ khai tử trong các hộ mẫu có người già số {first}–{last}")
    return f"Nộp {' và '.join(said)}."


def _appointments(settings: Settings, law: Law, now: datetime) -> Appointments:
    return Appointments(
        law=law,
        calendar=load_calendar(settings.law),
        places=load_places(settings.law),
        now=now,
    )
