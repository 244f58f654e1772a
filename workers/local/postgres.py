"""The embedded PostgreSQL: made once, started in half a second, kept from other local users."""

import contextlib
import signal
from dataclasses import dataclass
from pathlib import Path

import psutil

from workers.local.ports import HOST
from workers.local.postgres_cluster import (
    BARE_ENV,
    NAME,
    SUPERUSER,
    make_cluster,
    password_file,
    refuse_other_version,
)
from workers.local.postgres_home import PostgresHome
from workers.local.processes import Child, Command, stop_stranger, until

READY_WITHIN = 30.0
"""Seconds; recovery after a crash may take a while, an ordinary start takes under one."""
SETTINGS = {
    "listen_addresses": HOST,
    "unix_socket_directories": "",  # loopback with a password: no path limit, no shared folder
    "max_connections": "100",
    "shared_buffers": "128MB",
    "fsync": "on",
    "timezone": "UTC",
    "log_error_verbosity": "terse",  # details of errors quote values of rows: personal data
    "log_min_error_statement": "panic",
}


@dataclass(frozen=True, kw_only=True)
class Postgres:
    """One embedded server: where it lives and listens."""

    home: PostgresHome
    state: Path
    port: int
    log: Path
    durable: bool = True
    """False: a power cut may cost data. For tests only."""

    @property
    def database_url(self) -> str:
        """The superuser's URL; known once the server was launched the first time."""
        password = password_file(self.home, self.state).read_text("utf-8").strip()
        return f"postgresql://{SUPERUSER}:{password}@{HOST}:{self.port}/postgres"

    async def launch(self) -> Child:
        """Make the cluster where there is none, and start the server on it.

        Raises:
            ChildFailedError: a program cannot be run; the message shows the end of its log.
            LocalRunError: the data was made by another major version, or its password is lost.
        """
        if not self.home.data.exists():
            await make_cluster(self.home, state=self.state, log=self.log, durable=self.durable)
        password_file(self.home, self.state)
        refuse_other_version(self.home)
        await _clear_stale_lock(self.home)
        return await Child.start(_server_command(self))

    async def until_ready(self, child: Child) -> None:
        """Wait until it takes connections; after a crash it first recovers.

        Raises:
            ChildFailedError: it ended, or takes too long.
        """
        await until(lambda: _says_ready(self.home), child, within=READY_WITHIN)


async def _clear_stale_lock(home: PostgresHome) -> None:
    # After kill -9 the pid in the file may be another program's by now, and PostgreSQL would
    # refuse to start; it may also still be a server on this very data, which must end first.
    lock = home.data / "postmaster.pid"
    if not lock.exists():
        return
    server = _server_on(home, int(lock.read_text("ascii").split()[0]))
    if server is not None:
        await stop_stranger(server, signal.SIGINT)
    lock.unlink(missing_ok=True)


def _server_on(home: PostgresHome, pid: int) -> psutil.Process | None:
    with contextlib.suppress(psutil.NoSuchProcess):
        process = psutil.Process(pid)
        if str(home.data) in process.cmdline():
            return process
    return None


def _server_command(server: Postgres) -> Command:
    settings = SETTINGS | {"port": str(server.port), "fsync": "on" if server.durable else "off"}
    return Command(
        name=NAME,
        argv=(
            str(server.home.programs / "postgres"),
            "-D",
            str(server.home.data),
            *(part for name, value in settings.items() for part in ("-c", f"{name}={value}")),
        ),
        log=server.log,
        env=BARE_ENV,
        bare=True,
        user=server.home.user,
        stop_signal=signal.SIGINT,  # fast shutdown: sessions are ended, nothing is lost
    )


def _says_ready(home: PostgresHome) -> bool:
    with contextlib.suppress(FileNotFoundError):
        lines = (home.data / "postmaster.pid").read_text("ascii").splitlines()
        return len(lines) > 7 and lines[7].strip() == "ready"  # noqa: PLR2004  the file's format
    return False
