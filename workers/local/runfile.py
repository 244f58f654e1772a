"""The run file: which processes a run has started, so that the next can end what a kill left."""

import contextlib
import json
import signal
from pathlib import Path

import psutil

from models.kernel.base import Message
from workers.local.processes import Child, stop_stranger


class Entry(Message):
    """One process, told from a later one with the same pid by when it was made."""

    name: str
    pid: int
    created: float
    stop_signal: int = signal.SIGTERM.value


class RunFile:
    """Kept up to date by the run that owns the state folder."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._entries: dict[str, Entry] = {}

    def note(self, child: Child) -> None:
        """Write a child down in the place of an earlier one of the same name."""
        name = child.command.name
        with contextlib.suppress(psutil.NoSuchProcess):  # it ended already: nothing to end later
            self._entries[name] = Entry(
                name=name,
                pid=child.pid,
                created=psutil.Process(child.pid).create_time(),
                stop_signal=child.command.stop_signal.value,
            )
        self._write()

    def clear(self) -> None:
        """Forget all: they have been stopped."""
        self._path.unlink(missing_ok=True)

    async def end_leftovers(self) -> list[str]:
        """End what the file names and still runs, last started first; the names of those ended."""
        left = [(entry, process) for entry in self._read() if (process := _running(entry))]
        for entry, process in reversed(left):
            await stop_stranger(process, signal.Signals(entry.stop_signal))
        self.clear()
        return [entry.name for entry, _ in left]

    def _read(self) -> list[Entry]:
        try:
            return [Entry.model_validate(entry) for entry in json.loads(self._path.read_bytes())]
        except FileNotFoundError:
            return []
        except ValueError:  # cut short by the kill: those it named end with their parent anyway
            return []

    def _write(self) -> None:
        entries = [entry.model_dump() for entry in self._entries.values()]
        replace_text(self._path, json.dumps(entries))


def replace_text(path: Path, text: str) -> None:
    """Write a file for its owner alone; readers see the old or the new, never a half."""
    unfinished = path.with_name(f".{path.name}.new")
    unfinished.touch(mode=0o600)
    unfinished.write_text(text, "utf-8")
    unfinished.replace(path)


def _running(entry: Entry) -> psutil.Process | None:
    with contextlib.suppress(psutil.NoSuchProcess):
        process = psutil.Process(entry.pid)
        if abs(process.create_time() - entry.created) < 0.1:  # noqa: PLR2004  the clock's tick
            return process
    return None
