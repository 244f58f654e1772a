"""A PostgreSQL cluster on disk: made once and whole, readable by our version, with its password."""

import os
import secrets
import shutil
from pathlib import Path

from workers.local.errors import ChildFailedError, LocalRunError
from workers.local.postgres_home import PostgresHome
from workers.local.processes import Child, Command, tail

NAME = "PostgreSQL"
SUPERUSER = "lienthong"
BARE_ENV = {"LC_ALL": "C", "TZ": "UTC"}


async def make_cluster(home: PostgresHome, *, state: Path, log: Path, durable: bool) -> None:
    """Make an empty cluster and its password, all or nothing.

    Raises:
        ChildFailedError: `initdb` failed; the message shows the end of its log.
    """
    # Built beside its place and moved there when whole: a kill in between leaves no half cluster.
    unfinished, secret = home.parent / "postgres.new", home.parent / "postgres.new.password"
    shutil.rmtree(unfinished, ignore_errors=True)
    unfinished.mkdir(mode=0o700)
    password = secrets.token_urlsafe(24)
    for path in (secret, _password_file(state)):
        _write_secret(path, password)
    for path in (unfinished, secret):
        home.give(path)
    try:
        await _run_initdb(_initdb(home, unfinished, secret, log, durable=durable))
    finally:
        secret.unlink()
    unfinished.rename(home.data)


def password_file(home: PostgresHome, state: Path) -> Path:
    """The file that holds the superuser's password.

    Raises:
        LocalRunError: it is lost, though there is data.
    """
    file = _password_file(state)
    if not file.exists():
        raise LocalRunError(
            f"Có dữ liệu {NAME} ở {home.data} nhưng thiếu mật khẩu {file} (thư mục trạng thái đã "
            "bị xoá?). Khôi phục tệp đó, hoặc bỏ dữ liệu bằng `lienthong down --purge`."
        )
    return file


def refuse_other_version(home: PostgresHome) -> None:
    """Check that our programs can read the data.

    Raises:
        LocalRunError: another major version made it.
    """
    made_by = (home.data / "PG_VERSION").read_text("ascii").strip()
    ours = _major_version(home)
    if made_by != ours:
        raise LocalRunError(
            f"Dữ liệu {NAME} ở {home.data} do bản {made_by} tạo, máy này có bản {ours}: dùng lại "
            "đúng bản cũ, hoặc chuyển thư mục trạng thái đi nơi khác để bắt đầu mới."
        )


def _initdb(home: PostgresHome, folder: Path, secret: Path, log: Path, *, durable: bool) -> Command:
    return Command(
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


async def _run_initdb(command: Command) -> None:
    child = await Child.start(command)
    try:
        status = await child.wait()
    finally:
        await child.stop()
    if status != 0:
        raise ChildFailedError(
            f"Không tạo được dữ liệu {NAME}. Nhật ký {command.log}:\n{tail(command.log)}"
        )


def _write_secret(path: Path, text: str) -> None:
    path.unlink(missing_ok=True)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(text)


def _password_file(state: Path) -> Path:
    return state / "postgres.password"


def _major_version(home: PostgresHome) -> str:
    sample = home.programs.parent / "share" / "postgres.bki"
    return sample.read_text("utf-8").splitlines()[0].split()[-1]
