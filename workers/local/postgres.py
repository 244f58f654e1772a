"""The embedded PostgreSQL: made once, started in half a second, kept from other local users."""

import asyncio
import contextlib
import os
import secrets
import shutil
import signal
import time
from dataclasses import dataclass
from pathlib import Path

import psutil

from workers.local.errors import ChildFailedError, LocalRunError
from workers.local.ports import HOST
from workers.local.postgres_home import PostgresHome
from workers.local.processes import Child, Command, stop_stranger, tail

NAME = "PostgreSQL"
SUPERUSER = "lienthong"
READY_WITHIN = 30.0
"""Seconds; recovery after a crash may take a while, an ordinary start takes under one."""
BARE_ENV = {"LC_ALL": "C", "TZ": "UTC"}
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
class PostgresServer:
    """A running server; whoever holds the URL is its superuser."""

    child: Child
    database_url: str


async def start_postgres(
    home: PostgresHome, *, state: Path, port: int, log: Path, durable: bool = True
) -> PostgresServer:
    """Make the cluster where there is none, start it, and answer once it takes connections.

    Without `durable`, a power cut may cost data: for tests only.

    Raises:
        ChildFailedError: it did not start; the message shows the end of its log.
        LocalRunError: the data was made by another major version, or its password is lost.
    """
    password_file = state / "postgres.password"
    if not home.data.exists():
        await _make_cluster(home, password_file, log, durable=durable)
    password = _password(home, password_file)
    _refuse_other_version(home)
    await _clear_stale_lock(home)
    child = await Child.start(_server_command(home, port, log, durable=durable))
    await _until_ready(child, home)
    return PostgresServer(
        child=child, database_url=f"postgresql://{SUPERUSER}:{password}@{HOST}:{port}/postgres"
    )


async def _make_cluster(
    home: PostgresHome, password_file: Path, log: Path, *, durable: bool
) -> None:
    # Built beside its place and moved there when whole: a kill in between leaves no half cluster.
    unfinished, secret = home.parent / "postgres.new", home.parent / "postgres.new.password"
    shutil.rmtree(unfinished, ignore_errors=True)
    unfinished.mkdir(mode=0o700)
    _write_secret(password_file, secrets.token_urlsafe(24))
    _write_secret(secret, password_file.read_text("utf-8"))
    for path in (unfinished, secret):
        home.give(path)
    try:
        await _run_initdb(home, unfinished, secret, log, durable=durable)
    finally:
        secret.unlink()
    unfinished.rename(home.data)


async def _run_initdb(
    home: PostgresHome, folder: Path, secret: Path, log: Path, *, durable: bool
) -> None:
    command = Command(
        name="initdb",
        argv=(
            str(home.programs / "initdb"),
            f"--pgdata={folder}",
            "--no-locale",
            "--encoding=UTF8",
            f"--username={SUPERUSER}",
            f"--pwfile={secret}",
            "--auth=scram-sha-256",
            *(() if durable else ("--no-sync",)),
        ),
        log=log,
        env=BARE_ENV,
        bare=True,
        user=home.user,
    )
    child = await Child.start(command)
    if await child.wait() != 0:
        raise ChildFailedError(f"Không tạo được dữ liệu {NAME}. Nhật ký {log}:\n{tail(log)}")


def _write_secret(path: Path, text: str) -> None:
    path.unlink(missing_ok=True)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(text)


def _password(home: PostgresHome, password_file: Path) -> str:
    if not password_file.exists():
        raise LocalRunError(
            f"Có dữ liệu {NAME} ở {home.data} nhưng thiếu mật khẩu {password_file} (thư mục trạng "
            "thái đã bị xoá?). Khôi phục tệp đó, hoặc `lienthong down --purge --yes` để bỏ dữ liệu."
        )
    return password_file.read_text("utf-8").strip()


def _refuse_other_version(home: PostgresHome) -> None:
    made_by = (home.data / "PG_VERSION").read_text("ascii").strip()
    ours = _major_version(home)
    if made_by != ours:
        raise LocalRunError(
            f"Dữ liệu {NAME} ở {home.data} do bản {made_by} tạo, máy này có bản {ours}: dùng lại "
            "đúng bản cũ, hoặc chuyển thư mục trạng thái đi nơi khác để bắt đầu mới."
        )


def _major_version(home: PostgresHome) -> str:
    sample = home.programs.parent / "share" / "postgres.bki"
    return sample.read_text("utf-8").splitlines()[0].split()[-1]


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


def _server_command(home: PostgresHome, port: int, log: Path, *, durable: bool) -> Command:
    settings = SETTINGS | {"port": str(port), "fsync": "on" if durable else "off"}
    return Command(
        name=NAME,
        argv=(
            str(home.programs / "postgres"),
            "-D",
            str(home.data),
            *(part for name, value in settings.items() for part in ("-c", f"{name}={value}")),
        ),
        log=log,
        env=BARE_ENV,
        bare=True,
        user=home.user,
        stop_signal=signal.SIGINT,  # fast shutdown: sessions are ended, nothing is lost
    )


async def _until_ready(child: Child, home: PostgresHome) -> None:
    give_up = time.monotonic() + READY_WITHIN
    while not _says_ready(home):
        child.raise_if_ended()
        if time.monotonic() > give_up:
            await child.stop()
            raise ChildFailedError(f"{NAME} chưa sẵn sàng sau {READY_WITHIN:.0f} giây.")
        await asyncio.sleep(0.02)


def _says_ready(home: PostgresHome) -> bool:
    with contextlib.suppress(FileNotFoundError):
        lines = (home.data / "postmaster.pid").read_text("ascii").splitlines()
        return len(lines) > 7 and lines[7].strip() == "ready"  # noqa: PLR2004  the file's format
    return False
