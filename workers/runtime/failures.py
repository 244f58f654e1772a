"""Turning our errors into Temporal's, in one place."""

from datetime import timedelta
from typing import Any

from temporalio.exceptions import ApplicationError, ApplicationErrorCategory
from temporalio.worker import ActivityInboundInterceptor, ExecuteActivityInput, Interceptor
from typing_extensions import override

from codec.errors import KeyringError
from models.kernel.errors import BackendUnavailableError, LienthongError, NotDecidedYetError


class FailureInterceptor(Interceptor):
    """Names our errors on the wire and says whether, and when, to retry them."""

    @override
    def intercept_activity(self, next: ActivityInboundInterceptor) -> ActivityInboundInterceptor:
        return _Inbound(next)


class _Inbound(ActivityInboundInterceptor):
    @override
    async def execute_activity(self, input: ExecuteActivityInput) -> Any:  # Any: Temporal's own
        try:
            return await super().execute_activity(input)
        except (LienthongError, KeyringError) as error:
            raise ApplicationError(
                str(error),
                type=type(error).__name__,
                non_retryable=not _is_retryable(error),
                next_retry_delay=_wanted_delay(error),
                category=_category(error),
            ) from error


def _is_retryable(error: Exception) -> bool:
    return isinstance(error, LienthongError) and error.retryable


def _wanted_delay(error: Exception) -> timedelta | None:
    if isinstance(error, BackendUnavailableError | NotDecidedYetError):
        return error.retry_after
    return None


def _category(error: Exception) -> ApplicationErrorCategory:
    """A wait is not a failure: it is neither logged nor counted as one."""
    if isinstance(error, NotDecidedYetError):
        return ApplicationErrorCategory.BENIGN
    return ApplicationErrorCategory.UNSPECIFIED
