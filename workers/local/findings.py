"""What `doctor` says: one finding for each thing it looked at."""

from collections.abc import Awaitable, Callable

from temporalio.service import RPCError

from codec.errors import KeyringError
from models.kernel.base import Message
from models.kernel.errors import LienthongError

Look = Callable[[], Awaitable[str]]
"""Says what it found in a few words, or raises one of our errors, which says how to mend it."""


class Check(Message):
    """One thing looked at. Where it is not well, `detail` says how to mend it."""

    name: str
    ok: bool
    detail: str


async def checked(name: str, look: Look) -> Check:
    """Look at one thing: it is well if looking raises none of our errors."""
    try:
        return Check(name=name, ok=True, detail=await look())
    except (LienthongError, KeyringError) as error:
        return Check(name=name, ok=False, detail=str(error))
    except RPCError as error:
        said = f"Máy chủ Temporal từ chối ({error.status.name}): kiểm tra quyền và namespace."
        return Check(name=name, ok=False, detail=said)
