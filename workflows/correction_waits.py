"""Waiting for people: they are reminded at the instants the rule names, then again and again."""

from collections.abc import Callable
from datetime import datetime, timedelta

from temporalio import workflow

from models.correction_orders import Reminders


async def remind_until(
    is_done: Callable[[], bool],
    reminders: Reminders,
    remind: Callable[[int], None],
    summary: str,
) -> None:
    """Wait for a person; `remind` is told how often it was called before."""
    times = 0
    while not is_done():
        pause = max(_instant(reminders, times) - workflow.now(), timedelta())
        try:
            await workflow.wait_condition(is_done, timeout=pause, timeout_summary=summary)
        except TimeoutError:
            remind(times)
            times += 1


def _instant(reminders: Reminders, times: int) -> datetime:
    """The next reminder; beyond those the rule names, one every so many days."""
    if times < len(reminders.at):
        return reminders.at[times]
    beyond = times - len(reminders.at) + 1
    return reminders.at[-1] + timedelta(days=reminders.then_every_days) * beyond
