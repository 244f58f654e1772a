"""What a run costs: seconds, CPU seconds by process, events and bytes of history."""

import math
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self

import psutil
from pydantic import TypeAdapter

from models.kernel.base import Message


class RunningProcess(Message):
    """As the local run notes its children."""

    name: str
    pid: int


def processes_of(state: Path) -> dict[str, int]:
    """The processes of the local run in a state folder, by name."""
    noted = (state / "run" / "processes.json").read_bytes()
    entries = TypeAdapter(list[RunningProcess]).validate_json(noted)
    return {entry.name: entry.pid for entry in entries}


def cpu_seconds(processes: Mapping[str, int]) -> dict[str, float]:
    """CPU seconds used so far, children included."""
    return {name: _with_children(pid) for name, pid in processes.items()}


def _with_children(pid: int) -> float:
    process = psutil.Process(pid)
    times = [one.cpu_times() for one in (process, *process.children(recursive=True))]
    return sum(time.user + time.system for time in times)


@dataclass
class Stopwatch:
    """Wall seconds and CPU seconds between two moments."""

    processes: Mapping[str, int]
    began: float = field(default_factory=time.perf_counter)
    cpu_before: dict[str, float] = field(default_factory=dict)

    @classmethod
    def start(cls, processes: Mapping[str, int]) -> Self:
        """Begin now."""
        return cls(processes, cpu_before=cpu_seconds(processes))

    def stop(self) -> tuple[float, dict[str, float]]:
        """Wall seconds, and CPU seconds by process, since the start."""
        wall = time.perf_counter() - self.began
        after = cpu_seconds(self.processes)
        return wall, {name: after[name] - self.cpu_before[name] for name in self.processes}


def percentile(values: Sequence[float], share: float) -> float:
    """The smallest value that at least this share of all values do not exceed."""
    ordered = sorted(values)
    return ordered[max(math.ceil(share * len(ordered)) - 1, 0)]
