"""The system user root's PostgreSQL runs as (it refuses to run as root), and where it may go."""

import contextlib
import grp
import pwd
import subprocess
from collections.abc import Callable
from pathlib import Path

from workers.local.errors import LocalRunError

SYSTEM_USER = "lienthong"
SYSTEM_HOME = Path("/var/lib/lienthong")
"""Where data and programs live that this user could not reach otherwise."""

Say = Callable[[str], None]


def system_user(say: Say) -> str:
    """Name it, making it where there is none.

    Raises:
        LocalRunError: it cannot be made here.
    """
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


def may_enter(user: str, folder: Path) -> bool:
    """Whether that user gets into a folder.

    Raises:
        LocalRunError: we may not act as that user.
    """
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


def make_outside(aside: Path) -> Path:
    """Make a folder of the system user's world; the mode of one that exists is left alone."""
    for folder in (SYSTEM_HOME, aside):
        with contextlib.suppress(FileExistsError):  # made before, or by another run just now
            folder.mkdir(parents=True)
            folder.chmod(0o755)  # ours from this moment on: the umask must not hide it
    return aside


def _useradd() -> list[str]:
    group = ["--gid", SYSTEM_USER] if _has_group() else ["--user-group"]
    shell = ["--shell", "/bin/false", "--home-dir", "/nonexistent"]
    return ["useradd", "--system", "--no-create-home", *shell, *group, SYSTEM_USER]


def _has_account() -> bool:
    return any(account.pw_name == SYSTEM_USER for account in pwd.getpwall())


def _has_group() -> bool:
    return any(group.gr_name == SYSTEM_USER for group in grp.getgrall())
