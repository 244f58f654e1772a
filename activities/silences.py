"""How long an agency has been out of reach, remembered from one attempt to the next."""

from datetime import datetime, timedelta

from temporalio import activity

from models.kernel.errors import BackendUnavailableError

HICCUPS = 2
"""So many failed calls in a row are nobody's news."""
SOON = timedelta(seconds=5)
LONGEST_HICCUP = timedelta(minutes=2)
"""An agency that asks us to come back later than that is away."""


def outage_since(error: BackendUnavailableError) -> datetime:
    """When the first of these failed calls began, once there were more than a hiccup.

    Raises:
        BackendUnavailableError: it may be a hiccup, so the same call is tried again soon.
    """
    info = activity.info()
    since, failed = _remembered(info) or (info.started_time, 0)
    is_asked_away = error.retry_after is not None and error.retry_after > LONGEST_HICCUP
    if failed >= HICCUPS or is_asked_away:
        return since
    activity.heartbeat(since.isoformat(), failed + 1)
    raise BackendUnavailableError(str(error), retry_after=error.retry_after or SOON)


def end_outage() -> None:
    """The agency has answered: the next failed call is the first again."""
    if _remembered(activity.info()):
        activity.heartbeat()


def _remembered(info: activity.Info) -> tuple[datetime, int] | None:
    """What the attempt before this one left."""
    if not info.heartbeat_details:
        return None
    since, failed = info.heartbeat_details
    return datetime.fromisoformat(since), int(failed)
