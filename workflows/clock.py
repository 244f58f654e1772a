"""Waking a case when something in it becomes due soon or late."""

from datetime import datetime

from temporalio import workflow

from models.case_card import moment
from models.cases import Case


async def watch(case: Case) -> None:
    """One timer, armed only while somebody lets the case wait: an answer at once arms none."""
    while True:
        await workflow.wait_condition(lambda: case.waits_long)
        threshold = case.next_threshold(workflow.now())
        if threshold is None:
            return
        await _sleep_until(threshold, case)


async def _sleep_until(threshold: datetime, case: Case) -> None:
    try:
        await workflow.wait_condition(
            lambda: not case.waits_long,
            timeout=threshold - workflow.now(),
            timeout_summary=f"Mốc thời hạn {moment(threshold)}",
        )
    except TimeoutError:
        case.pass_threshold(workflow.now())
