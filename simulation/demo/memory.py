"""What demonstrations of a state folder have used up, so that each brings new families."""

import fcntl
import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from pydantic import Field, ValidationError

from models.kernel.base import Instant, Message
from models.kernel.errors import LienthongError
from simulation.demo.notices import SEEDS
from workers.local.runfile import replace_text

CHOSEN_SEEDS = 10_000
"""Seeds below are for people to choose; those above follow from the moment of a run."""
_REGIONS, _REGION = 10, 1_000
"""Chosen seeds take their families from the first ten thousand: quickly entered, often enough."""


class DemoMemoryError(LienthongError):
    """`demo.json` cannot be read."""


class Used(Message):
    """The contents of `demo.json`."""

    next_family: int = 0
    """The first family no run without a chosen seed has used."""
    next_household: int = 0
    """The first older household no run has used: nobody dies twice."""
    households: dict[str, int] = Field(default_factory=dict)
    """The first household of each chosen seed."""
    seeds: dict[str, Instant] = Field(default_factory=dict)
    """When each chosen seed was first used: told again, everything happened at the same time."""


@dataclass(frozen=True, kw_only=True)
class Share:
    """What one run may use."""

    seed: int
    first_family: int
    now: datetime
    """The moment its births and deaths are told from."""
    first_household: int = 0
    is_again: bool = False
    """Whether a run with this seed came before: then what it declares may have cases already."""


@dataclass(frozen=True, kw_only=True)
class Need:
    """How many households a run is about."""

    families: int
    households: int = 0


def take_share(folder: Path, *, need: Need, seed: int | None, now: datetime) -> Share:
    """Take new households, or those of a chosen seed; written down before anything is filed.

    Raises:
        DemoMemoryError: what earlier runs wrote down cannot be read.
    """
    file = folder / "demo.json"
    with _alone(folder):
        used = _read(file)
        share = _share(used, seed, now)
        replace_text(file, _with(used, share, need, seed).model_dump_json(indent=2) + "\n")
    return share


def _share(used: Used, seed: int | None, now: datetime) -> Share:
    if seed is None:
        moved_on = CHOSEN_SEEDS + int(now.timestamp()) % (SEEDS - CHOSEN_SEEDS)
        return Share(
            seed=moved_on,
            first_family=used.next_family,
            first_household=used.next_household,
            now=now,
        )
    first = used.seeds.get(str(seed))
    return Share(
        seed=seed,
        first_family=seed % _REGIONS * _REGION,
        first_household=used.households.get(str(seed), used.next_household),
        now=first or now,
        is_again=first is not None,
    )


def _with(used: Used, share: Share, need: Need, seed: int | None) -> Used:
    """Births of a chosen seed use up no family, for there may be more; a death happens once."""
    end = share.first_household + need.households
    after = {"next_household": max(used.next_household, end)}
    if seed is None:
        return used.model_copy(update=after | {"next_family": share.first_family + need.families})
    known = {
        "seeds": used.seeds | {str(seed): share.now},
        "households": used.households | {str(seed): share.first_household},
    }
    return used.model_copy(update=after | known)


def _read(file: Path) -> Used:
    if not file.exists():
        return Used()
    try:
        return Used.model_validate(json.loads(file.read_text("utf-8")))
    except (OSError, ValueError, ValidationError):
        raise DemoMemoryError(
            f"Không đọc được {file}: hãy xoá tệp này; lần demo sau có thể gặp lại gia đình cũ."
        ) from None


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """One demonstration at a time; the kernel lets the next one in even after a kill."""
    with (folder / "run" / "demo.lock").open("w", encoding="ascii") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
