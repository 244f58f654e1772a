"""Waking a case when something in it becomes due soon or late."""

from datetime import datetime, timedelta

from temporalio import workflow

from models.case_card import moment
from models.cases import Case

JUST_AFTER = timedelta(seconds=1)
"""The due instant itself is still in time."""


async def watch(case: Case) -> None:
    """One timer, armed only while somebody lets the case wait: an answer at once arms none."""
    while True:
        await workflow.wait_condition(lambda: case.waits_long)
        case.pass_thresholds(workflow.now())
        threshold = case.next_threshold(workflow.now())
        if threshold is None:
            await workflow.wait_condition(lambda: not case.waits_long)
        else:
            await _sleep_past(threshold, case)


async def _sleep_past(threshold: datetime, case: Case) -> None:
    def is_out_of_date() -> bool:
        return not case.waits_long or case.next_threshold(workflow.now()) != threshold

    try:
        await workflow.wait_condition(
            is_out_of_date,
            timeout=threshold + JUST_AFTER - workflow.now(),
            timeout_summary=f"Mốc thời hạn {moment(threshold)}",
        )
    except TimeoutError:
        case.pass_thresholds(workflow.now())
