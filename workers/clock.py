"""The clock of a command: the one place of the processes that asks what time it is."""

from datetime import UTC, datetime


def now() -> datetime:
    """This machine's time; whatever counts legally is decided by the case itself."""
    return datetime.now(UTC)  # noqa: TID251 - a command has no other clock
