"""Every error of ours, in one tree; what would succeed later, unchanged, is retryable."""

from datetime import timedelta


class LienthongError(Exception):
    """Base of what we raise on purpose. Messages never hold personal data."""

    retryable = False


class BackendUnavailableError(LienthongError):
    """The world is unreachable or busy: the same call may succeed later."""

    retryable = True

    def __init__(self, message: str, *, retry_after: timedelta | None = None) -> None:
        """Keep how long the other side asked us to wait, where it said so."""
        super().__init__(message)
        self.retry_after = retry_after


class NotDecidedYetError(LienthongError):
    """The agency still holds the dossier: ask again later. A wait, not a failure."""

    retryable = True

    def __init__(self, message: str, *, retry_after: timedelta | None = None) -> None:
        """Say when it makes sense to ask again."""
        super().__init__(message)
        self.retry_after = retry_after


class BackendContractError(LienthongError):
    """The world answered what its contract does not allow: a person must look."""


class BackendRefusedRequestError(LienthongError):
    """An agency says our request is wrong (4xx): a person must look."""


class UnknownAgencyError(LienthongError):
    """We are misconfigured: no backend is known under this agency id."""


class LawError(LienthongError):
    """A file in `law/` is wrong; the message names file, field and rule."""


class SettingsError(LienthongError):
    """A setting is wrong; the message names it and the fix."""
