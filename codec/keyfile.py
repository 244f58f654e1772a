"""Private files on disk: mode 0600 from the first byte, whole or not at all."""

import fcntl
import os
import secrets
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from codec.errors import KeyringError

OWNER_ONLY = 0o600

Stamp = tuple[int, int, int]
"""Inode, modification time and size: differs whenever the file was replaced."""


def read_private(path: Path) -> tuple[bytes, Stamp]:
    """Read a file that only its owner may read, with the stamp of what was read.

    Raises:
        KeyringError: missing, not readable, or readable by others; the sentence says what to do.
    """
    try:
        with path.open("rb") as file:
            status = os.fstat(file.fileno())
            _refuse_if_shared(path, status.st_mode)
            return file.read(), _stamp(status)
    except FileNotFoundError:
        raise KeyringError(
            f"Không thấy tệp khóa {path}. Chép lại từ bản sao lưu, hoặc chạy `lienthong up`"
            " để tạo mới nếu chưa từng có hồ sơ nào."
        ) from None
    except OSError as error:
        raise KeyringError(
            f"Không đọc được tệp khóa {path} ({error.strerror}). Hãy kiểm tra chủ sở hữu của tệp."
        ) from None


def stamp_of(path: Path) -> Stamp | None:
    """The file's stamp now, to tell cheaply whether it was replaced; None if it is gone."""
    try:
        return _stamp(path.stat())
    except OSError:
        return None


def write_new(path: Path, content: bytes) -> None:
    """Write a file that must not exist yet; of two writers at once, one succeeds.

    Raises:
        KeyringError: the file exists, or its folder cannot be written.
    """
    with _unnamed(path, content) as draft:
        try:
            path.hardlink_to(draft)
        except FileExistsError:
            raise KeyringError(
                f"Tệp {path} đã có, không ghi đè. Hãy chọn tên khác hoặc chuyển tệp cũ đi nơi khác."
            ) from None


def replace(path: Path, content: bytes) -> None:
    """Put new content in the file's place; readers see the old file or the new, nothing between."""
    with _unnamed(path, content) as draft:
        draft.replace(path)


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """Hold the file's folder against other writers of ours, until the end of the block."""
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        fcntl.flock(folder, fcntl.LOCK_EX)
        yield
    finally:
        os.close(folder)


@contextmanager
def _unnamed(path: Path, content: bytes) -> Iterator[Path]:
    draft = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    try:
        _write_draft(draft, content)
        yield draft
    except OSError as error:
        raise KeyringError(
            f"Không ghi được tệp khóa {path} ({error.strerror}). Hãy kiểm tra thư mục chứa tệp."
        ) from None
    finally:
        draft.unlink(missing_ok=True)


def _write_draft(draft: Path, content: bytes) -> None:
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, OWNER_ONLY)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _refuse_if_shared(path: Path, mode: int) -> None:
    if stat.S_IMODE(mode) & ~OWNER_ONLY:
        raise KeyringError(
            f"Tệp khóa {path} có quyền {stat.S_IMODE(mode):04o}, người khác có thể dùng được."
            f" Hãy chạy: chmod 600 {path}"
        )


def _stamp(status: os.stat_result) -> Stamp:
    return status.st_ino, status.st_mtime_ns, status.st_size
