"""The clock of a command: the one place of the processes that asks what time it is."""

from datetime import datetime

from models.kernel.base import VIETNAM


def now() -> datetime:
    """This machine's time, with Vietnam's offset: its day is the day an official reads.

    Whatever counts legally is decided by the case itself.
    """
    return datetime.now(VIETNAM)  # noqa: TID251 - a command has no other clock
