"""The state folder: what a local run keeps, who owns it now, and whether it is ours at all."""

import contextlib
import fcntl
import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from workers.local.errors import AlreadyRunningError, LocalRunError

FORMAT = "1"
"""Changes when an older state folder can no longer be used as it is."""
MINIMUM_FREE = 300_000_000
"""Bytes of disk below which databases would soon stop in the middle of a case."""
_MAY_COME_FIRST = ("keys", "logs", "run")
"""Names other commands may have made before the first `up`."""


@dataclass(frozen=True)
class StateFolder:
    """A checked state folder. Files in it are made readable for their owner alone."""

    root: Path

    @classmethod
    def at(cls, root: Path) -> Self:
        """The folder, looked at without touching it."""
        return cls(root.absolute())

    @classmethod
    def open(cls, root: Path) -> Self:
        """Make or check the folder; the mode of one that exists is left alone.

        Raises:
            LocalRunError: not ours, of another format, not writable, or the disk is full.
        """
        folder = cls.at(root)
        try:
            folder.make()
        except OSError as error:
            raise LocalRunError(
                f"Không dùng được thư mục trạng thái {folder.root} ({error.strerror}): cấp quyền "
                "ghi cho nó, hoặc đặt LIENTHONG_STATE tới một thư mục khác."
            ) from error
        return folder

    @property
    def logs(self) -> Path:
        """One log per process."""
        return self.root / "logs"

    @property
    def run(self) -> Path:
        """What is true only while something runs."""
        return self.root / "run"

    @property
    def version_file(self) -> Path:
        """The mark that makes the folder ours."""
        return self.root / "version"

    @property
    def started_file(self) -> Path:
        """Exists while everything of a run serves."""
        return self.run / "started"

    @property
    def histories(self) -> Path:
        """The dev server's database: every case of this folder, sealed."""
        return self.root / "temporal.db"

    def log(self, name: str) -> Path:
        """The log of one process."""
        return self.logs / f"{name}.log"

    def owner(self) -> int | None:
        """The pid of the run that owns the folder now; None where nobody does."""
        try:
            with self._locked_file():
                return None
        except AlreadyRunningError:
            return int((self.run / "lock").read_text("ascii") or "0")
        except FileNotFoundError:
            return None

    @contextlib.contextmanager
    def owned(self) -> Iterator[None]:
        """Own the folder; the kernel gives it back even after kill -9.

        Raises:
            AlreadyRunningError: another run owns it; the message has its pid.
        """
        with self._locked_file() as lock:
            os.ftruncate(lock, 0)
            os.pwrite(lock, str(os.getpid()).encode(), 0)
            yield

    @contextlib.contextmanager
    def _locked_file(self) -> Iterator[int]:
        flags = os.O_RDWR | (os.O_CREAT if self.run.exists() else 0)
        lock = os.open(self.run / "lock", flags, 0o600)
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            yield lock
        except BlockingIOError:
            pid = os.pread(lock, 20, 0).decode()
            raise AlreadyRunningError(
                f"Đang chạy rồi (pid {pid}) với thư mục trạng thái {self.root}. "
                "Dừng bằng Ctrl-C ở đó hoặc `lienthong down`."
            ) from None
        finally:
            os.close(lock)

    def make(self) -> None:
        """Make what is missing, after checking that the rest is ours."""
        if not self.root.exists():
            self.root.mkdir(parents=True, mode=0o700)
            if os.geteuid() == 0:
                self.root.chmod(0o711)  # root's PostgreSQL runs as another user and passes through
        self.refuse_unusable()
        for folder in (self.logs, self.run):
            folder.mkdir(mode=0o700, exist_ok=True)
        self.version_file.touch(mode=0o600)
        self.version_file.write_text(FORMAT, "ascii")

    def refuse_unusable(self) -> None:
        """Look at a folder that exists.

        Raises:
            LocalRunError: not ours, of another format, not writable, or the disk is full.
        """
        if not os.access(self.root, os.R_OK | os.W_OK | os.X_OK):
            raise LocalRunError(
                f"Không có quyền đọc và ghi thư mục trạng thái {self.root}: cấp quyền cho nó, "
                "hoặc đặt LIENTHONG_STATE tới một thư mục khác."
            )
        if self.version_file.exists():
            self._refuse_other_format()
        else:
            self._refuse_foreign()
        self._refuse_full_disk()

    def _refuse_foreign(self) -> None:
        names = (path.name for path in self.root.iterdir())
        strangers = sorted(name for name in names if not name.startswith(_MAY_COME_FIRST))
        if strangers:
            raise LocalRunError(
                f"{self.root} không phải thư mục trạng thái của lienthong (có "
                f"{', '.join(strangers[:3])}): đặt LIENTHONG_STATE tới một thư mục trống."
            )

    def _refuse_other_format(self) -> None:
        made_by = self.version_file.read_text("ascii").strip()
        if made_by != FORMAT:
            raise LocalRunError(
                f"Thư mục trạng thái {self.root} có định dạng {made_by}, bản này dùng định dạng "
                f"{FORMAT}: dùng lại bản phần mềm cũ, hoặc đặt LIENTHONG_STATE tới thư mục mới."
            )

    def _refuse_full_disk(self) -> None:
        free = shutil.disk_usage(self.root).free
        if free < MINIMUM_FREE:
            raise LocalRunError(
                f"Ổ đĩa của {self.root} chỉ còn {free // 1_000_000} MB: cần ít nhất "
                f"{MINIMUM_FREE // 1_000_000} MB, hãy giải phóng chỗ trống."
            )
