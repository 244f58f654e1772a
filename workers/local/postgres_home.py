"""Where PostgreSQL's binaries and data live, and as whom it runs, without opening anyone's folder.

PostgreSQL refuses to run as root, so root's server runs as a system user of its own. Where that
user may not go (a home of mode 0700, say), data and a copy of the binaries live under
`/var/lib/lienthong`; the mode of a folder that exists is never changed.
"""

import hashlib
import os
import pwd
from dataclasses import dataclass
from pathlib import Path

from workers.local.errors import LocalRunError
from workers.local.postgres_programs import postgres_package, programs_in, reachable_programs
from workers.local.postgres_user import (
    SYSTEM_HOME,
    SYSTEM_USER,
    Say,
    make_outside,
    may_enter,
    system_user,
)


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
        return PostgresHome(state, programs_in(package), None)
    user = system_user(say)
    aside = outside_home(state)
    if (aside / "postgres").exists() or not may_enter(user, state):
        _refuse_stranded(state)
        return PostgresHome(make_outside(aside), reachable_programs(package, user, aside), user)
    return PostgresHome(state, reachable_programs(package, user, aside), user)


def outside_home(state: Path) -> Path:
    """The folder under `/var/lib/lienthong` that belongs to this state folder, made or not."""
    return SYSTEM_HOME / hashlib.sha256(str(state.resolve()).encode()).hexdigest()[:16]


def _refuse_stranded(state: Path) -> None:
    if (state / "postgres").exists():
        raise LocalRunError(
            f"Dữ liệu PostgreSQL nằm trong {state / 'postgres'} nhưng người dùng “{SYSTEM_USER}” "
            f"không còn vào được thư mục đó: mở lại quyền đi vào (x) cho các thư mục cha của nó."
        )
