"""The key file of a local run: made once, never in the place of one that was lost."""

from collections.abc import Callable
from pathlib import Path

from codec.keys import Keyring
from codec.marks import CASES
from workers.local.errors import LocalRunError

AGENCIES = (
    "civil_status",
    "population",
    "residence",
    "insurance",
    "social_affairs",
    "treasury",
    "post",
    "notice",
)
"""Every agency that may answer a case has a key of its own."""


def ensure_keys(path: Path, *, histories: Path, say: Callable[[str], None]) -> None:
    """Make the key file where no case needs an older one.

    Raises:
        LocalRunError: cases were sealed with keys that are gone.
    """
    if path.exists():
        return
    if histories.exists():
        raise LocalRunError(
            f"Thiếu tệp khoá {path} trong khi {histories} có hồ sơ đã mã hoá bằng nó: khôi phục "
            "tệp khoá từ bản sao lưu, hoặc bỏ hết dữ liệu bằng `lienthong down --purge`."
        )
    Keyring.create(path, (CASES, *AGENCIES))
    say(f"✓ Tạo khoá mã hoá {path}: hãy sao lưu tệp này, mất nó là không đọc lại được hồ sơ.")
