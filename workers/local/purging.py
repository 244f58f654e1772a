"""Deleting what a local run keeps: only folders that bear our mark."""

import os
import shutil
from pathlib import Path

from workers.local.errors import LocalRunError
from workers.local.postgres_home import outside_home
from workers.local.state import StateFolder


def purge(state: StateFolder) -> list[Path]:
    """Delete a stopped run's state, and root's PostgreSQL under /var/lib; the folders deleted.

    Raises:
        LocalRunError: the folder does not bear our mark, or cannot be deleted.
    """
    doomed = [folder for folder in (_marked(state), _aside(state)) if folder is not None]
    for folder in doomed:
        _delete(folder)
    return doomed


def _marked(state: StateFolder) -> Path | None:
    if not state.root.exists():
        return None
    if not state.version_file.exists():
        raise LocalRunError(f"{state.root} không phải thư mục trạng thái của lienthong: không xoá.")
    return state.root


def _aside(state: StateFolder) -> Path | None:
    folder = outside_home(state.root)
    return folder if os.geteuid() == 0 and folder.exists() else None


def _delete(folder: Path) -> None:
    try:
        shutil.rmtree(folder)
    except OSError as error:
        raise LocalRunError(
            f"Không xoá hết được {folder} ({error.filename}: {error.strerror}): "
            "xoá tay phần còn lại."
        ) from error
