"""One child process: started in a session of its own, dying with us, stopped by its id."""

import asyncio
import contextlib
import ctypes
import os
import pwd
import signal
import sys
import time
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Self

import psutil

from workers.local.errors import ChildFailedError

STOP_WITHIN = 8.0
"""Seconds a child may take to end by itself before it is killed."""
LOG_LIMIT = 5_000_000
"""Bytes after which a log file is set aside at the next start."""
_PR_SET_PDEATHSIG = 1
_LIBC = ctypes.CDLL(None) if sys.platform == "linux" else None


@dataclass(frozen=True, kw_only=True)
class Command:
    """What to run: a name people know it by, the program, and how it likes to be stopped."""

    name: str
    argv: tuple[str, ...]
    log: Path
    env: Mapping[str, str] = field(default_factory=dict)
    """Variables set on top of ours."""
    bare: bool = False
    """Start from an empty environment instead of ours."""
    user: str | None = None
    """Become this system user first (root only)."""
    stop_signal: signal.Signals = signal.SIGTERM

    @property
    def line(self) -> tuple[str, ...]:
        """The program with its variables, said by `env`, so that nobody here reads ours."""
        assignments = tuple(f"{name}={value}" for name, value in self.env.items())
        return ("env", *(("-i",) if self.bare else ()), *assignments, *self.argv)


class Child:
    """A running process of ours. Signals to our terminal do not reach it; our death does."""

    def __init__(self, command: Command, process: asyncio.subprocess.Process) -> None:
        self.command = command
        self._process = process

    @classmethod
    async def start(cls, command: Command) -> Self:
        """Run a command, its output appended to its log.

        Raises:
            ChildFailedError: the program cannot be run at all.
        """
        account = pwd.getpwnam(command.user) if command.user else None
        with _open_log(command.log) as log:
            try:
                process = await asyncio.create_subprocess_exec(
                    *command.line,
                    stdin=asyncio.subprocess.DEVNULL,
                    stdout=log,
                    stderr=log,
                    start_new_session=True,
                    umask=0o077,
                    preexec_fn=_die_with(os.getpid(), command.stop_signal),
                    cwd="/" if account else None,
                    user=account.pw_uid if account else None,
                    group=account.pw_gid if account else None,
                    extra_groups=[] if account else None,
                )
            except OSError as error:
                raise ChildFailedError(
                    f"Không chạy được {command.name}: {error.strerror or error}."
                ) from error
        return cls(command, process)

    @property
    def pid(self) -> int:
        """The process id; it stays ours until `wait` has seen the end."""
        return self._process.pid

    @property
    def has_ended(self) -> bool:
        """Whether it has ended, as far as the event loop knows."""
        return self._process.returncode is not None

    async def wait(self) -> int:
        """Wait for its end; the exit status, negative for a signal."""
        return await self._process.wait()

    async def stop(self, within: float = STOP_WITHIN) -> None:
        """Ask it to end, then kill it: when this returns, it is gone."""
        if self.has_ended:
            return
        self._send(self.command.stop_signal)
        try:
            await asyncio.wait_for(self.wait(), within)
        except TimeoutError:
            self._send(signal.SIGKILL)
            await self.wait()

    def raise_if_ended(self) -> None:
        """Say so where it ended before it was ready.

        Raises:
            ChildFailedError: it ended; the message shows the end of its log.
        """
        if self.has_ended:
            raise ChildFailedError(
                f"{self.command.name} dừng ngay khi khởi động (mã {self._process.returncode}). "
                f"Nhật ký {self.command.log}:\n{tail(self.command.log)}"
            )

    def _send(self, number: signal.Signals) -> None:
        with contextlib.suppress(ProcessLookupError):  # it ended in this moment: what we wanted
            self._process.send_signal(number)


async def until(
    is_ready: Callable[[], bool | Awaitable[bool]], child: Child, *, within: float
) -> None:
    """Ask again and again whether a child is ready.

    Raises:
        ChildFailedError: it ended, or is not ready within that many seconds.
    """
    give_up = time.monotonic() + within
    while True:
        answer = is_ready()
        if answer if isinstance(answer, bool) else await answer:
            return
        child.raise_if_ended()
        if time.monotonic() > give_up:
            raise ChildFailedError(
                f"{child.command.name} chưa sẵn sàng sau {within:.0f} giây. "
                f"Nhật ký {child.command.log}:\n{tail(child.command.log)}"
            )
        await asyncio.sleep(0.03)


async def stop_stranger(
    process: psutil.Process, number: signal.Signals = signal.SIGTERM, within: float = STOP_WITHIN
) -> None:
    """End a process that is not our child, by its id, and wait until it is gone."""
    with contextlib.suppress(psutil.NoSuchProcess):
        process.send_signal(number)
        if not await _has_gone(process, within):
            process.kill()
            await _has_gone(process, within)


def tail(log: Path, lines: int = 8) -> str:
    """The end of a log, for a person to read."""
    text = log.read_text("utf-8", errors="replace") if log.exists() else ""
    return "\n".join(text.splitlines()[-lines:])


async def _has_gone(process: psutil.Process, within: float) -> bool:
    # A zombie counts as gone: it holds nothing, and its parent may never ask for it.
    give_up = time.monotonic() + within
    while process.is_running() and process.status() != psutil.STATUS_ZOMBIE:
        if time.monotonic() > give_up:
            return False
        await asyncio.sleep(0.03)
    return True


def _open_log(log: Path) -> IO[bytes]:
    if log.exists() and log.stat().st_size > LOG_LIMIT:
        log.replace(log.with_suffix(".log.1"))
    return os.fdopen(os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600), "ab")


def _die_with(parent: int, number: signal.Signals) -> Callable[[], None]:
    """Between fork and exec: have the kernel send the signal when the parent is gone.

    Only a system call and a comparison happen there, so the threads of the parent do not matter.
    """

    def ask() -> None:
        if _LIBC is not None:
            _LIBC.prctl(_PR_SET_PDEATHSIG, number.value, 0, 0, 0)
        if os.getppid() != parent:  # it died before we had asked
            os._exit(1)

    return ask
