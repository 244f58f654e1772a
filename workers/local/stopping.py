"""Stopping a run from outside: its owner first, then whatever a kill left behind."""

import signal
import time

import psutil

from workers.local.processes import stop_stranger
from workers.local.runfile import RunFile
from workers.local.state import StateFolder

STOPS_WITHIN = 15.0
"""Seconds the owner may take: it stops its own children within ten."""


async def stop_run(state: StateFolder) -> list[str]:
    """End the run that owns a state folder; names or pids of what was ended, empty for nothing."""
    ended = await _stop_owner(state)
    return ended + await RunFile(state.run / "processes.json").end_leftovers()


async def _stop_owner(state: StateFolder) -> list[str]:
    pid = state.owner()
    if pid is None:
        return []
    began = time.monotonic()
    await stop_stranger(psutil.Process(pid), signal.SIGTERM, within=STOPS_WITHIN)
    return [f"lienthong (pid {pid}, {time.monotonic() - began:.1f} giây)"]
