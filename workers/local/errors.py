"""What can be wrong with this machine, each with a Vietnamese sentence that says how to mend it."""

from models.kernel.errors import LienthongError


class LocalRunError(LienthongError):
    """Something on this machine keeps the local run from working; a person can mend it."""


class PortTakenError(LocalRunError):
    """A port is held by another program; the message names both where it can."""


class AlreadyRunningError(LocalRunError):
    """Another `up` owns this state folder."""


class ChildFailedError(LocalRunError):
    """A process of ours ended before it was ready; the message shows the end of its log."""
