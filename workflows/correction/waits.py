"""Waiting for people: they are reminded at the instants the rule names, then again and again."""

from collections.abc import Callable
from datetime import datetime, timedelta

from temporalio import workflow

from models.corrections.orders import Reminders
from models.working_time.reminders import reminder_at


async def remind_until(
    is_done: Callable[[], bool],
    reminders: Reminders,
    remind: Callable[[int], None],
    summary: str,
) -> None:
    """Wait for a person; `remind` is told how often it was called before."""
    times = 0
    while not is_done():
        pause = max(_next(reminders, times) - workflow.now(), timedelta())
        try:
            await workflow.wait_condition(is_done, timeout=pause, timeout_summary=summary)
        except TimeoutError:
            remind(times)
            times += 1


def _next(reminders: Reminders, times: int) -> datetime:
    return reminder_at(reminders.at, reminders.then_every_days, times)
