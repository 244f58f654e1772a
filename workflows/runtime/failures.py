"""Telling apart how an activity failed: the world away, or something a person must look at."""

from temporalio import exceptions
from temporalio.exceptions import ActivityError, ApplicationError, FailureError

from models.kernel.errors import BackendUnavailableError


def is_outage(error: ActivityError) -> bool:
    """The same call may succeed later, unchanged."""
    cause = error.cause
    if isinstance(cause, exceptions.TimeoutError):
        return True
    return isinstance(cause, ApplicationError) and cause.type == BackendUnavailableError.__name__


def kind_of(error: FailureError) -> str:
    """The name of the failure, fit to be shown: holds nothing of any message.

    A regular activity's failure is the cause of an ActivityError; a local one's comes bare.
    """
    cause = error.cause if isinstance(error, ActivityError) else error
    if isinstance(cause, ApplicationError) and cause.type:
        return cause.type
    return type(cause).__name__ if cause else type(error).__name__


def check_not_cancelled(error: ActivityError) -> None:
    """An activity that ended because its workflow was cancelled has not failed.

    Raises:
        ActivityError: the same, so that whoever waited ends too.
    """
    if exceptions.is_cancelled_exception(error):
        raise error
