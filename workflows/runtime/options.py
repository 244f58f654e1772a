"""How patient we are, by kind of effect. Every activity call picks one of these."""

from datetime import timedelta

from temporalio.common import RetryPolicy
from temporalio.workflow import ActivityCancellationType, ActivityConfig, LocalActivityConfig


def first_call(queue: str, summary: str) -> ActivityConfig:
    """A few quick tries; then the case says openly that the agency cannot be reached.

    The limit on the whole is for an agency that asks us to come back much later: that is no hiccup.
    """
    return ActivityConfig(
        task_queue=queue,
        summary=summary,
        schedule_to_close_timeout=timedelta(minutes=2),
        start_to_close_timeout=timedelta(seconds=15),
        retry_policy=RetryPolicy(initial_interval=timedelta(milliseconds=500), maximum_attempts=3),
    )


def patient_call(queue: str, summary: str) -> ActivityConfig:
    """Keep trying for days; half a minute at most after the agency is back, the case goes on."""
    return ActivityConfig(
        task_queue=queue,
        summary=summary,
        start_to_close_timeout=timedelta(seconds=15),
        retry_policy=RetryPolicy(maximum_interval=timedelta(seconds=30)),
    )


def last_word(queue: str, summary: str) -> ActivityConfig:
    """Tell an agency while we end: a minute at most, for nobody waits for us any more."""
    return ActivityConfig(
        task_queue=queue,
        summary=summary,
        schedule_to_close_timeout=timedelta(minutes=1),
        start_to_close_timeout=timedelta(seconds=15),
        retry_policy=RetryPolicy(initial_interval=timedelta(seconds=2)),
    )


def asking(queue: str, summary: str) -> ActivityConfig:
    """Ask until a person has decided: each asking is a retry, and costs no event."""
    return ActivityConfig(
        task_queue=queue,
        summary=summary,
        start_to_close_timeout=timedelta(seconds=15),
        retry_policy=RetryPolicy(
            initial_interval=timedelta(seconds=5), maximum_interval=timedelta(minutes=15)
        ),
    )


def own_store(summary: str) -> ActivityConfig:
    """Wait for our own database, patiently, while the case goes on."""
    return ActivityConfig(
        summary=summary,
        start_to_close_timeout=timedelta(seconds=10),
        retry_policy=RetryPolicy(
            initial_interval=timedelta(milliseconds=500), maximum_interval=timedelta(seconds=30)
        ),
    )


def quick_store(summary: str) -> LocalActivityConfig:
    """Two tries within seconds: a slow database must not hold back the calls beside it."""
    return LocalActivityConfig(
        summary=summary,
        start_to_close_timeout=timedelta(seconds=2),
        schedule_to_close_timeout=timedelta(seconds=4),
        retry_policy=RetryPolicy(initial_interval=timedelta(milliseconds=100), maximum_attempts=2),
    )


def deadline(summary: str) -> LocalActivityConfig:
    """Pure arithmetic on loaded data: it works at once or is a bug, which more tries do not mend.

    A local activity tried for ever would hold the case's workflow task, and with it every query.
    """
    return LocalActivityConfig(
        summary=summary,
        start_to_close_timeout=timedelta(seconds=5),
        retry_policy=RetryPolicy(initial_interval=timedelta(milliseconds=100), maximum_attempts=3),
    )


def to_its_end(config: ActivityConfig) -> ActivityConfig:
    """A call that was given up counts as over only when its last attempt is: it may still land."""
    config["cancellation_type"] = ActivityCancellationType.WAIT_CANCELLATION_COMPLETED
    return config
