"""Waking a case when a step of its legal clock has come, or a citizen's time is over."""

from datetime import datetime

from temporalio import workflow

from models.cases.cases import Case
from models.cases.transitions import citizens, steps
from models.kernel.words import official_time


async def watch(case: Case) -> None:
    """One timer, armed only while somebody lets the case wait: an answer at once arms none."""
    while True:
        # A timer begun and given up around one local activity may be two in a replay, or none.
        await workflow.wait_condition(lambda: case.waits_long and not case.in_motion)
        steps.reach_steps(case, workflow.now())
        citizens.expire(case, workflow.now())
        threshold = case.next_threshold()
        if threshold is None:
            await workflow.wait_condition(
                lambda: not case.waits_long or case.next_threshold() is not None
            )
        else:
            await _sleep_until(threshold, case)


async def _sleep_until(threshold: datetime, case: Case) -> None:
    def is_out_of_date() -> bool:
        return not case.waits_long or case.next_threshold() != threshold

    try:
        await workflow.wait_condition(
            is_out_of_date,
            timeout=threshold - workflow.now(),
            timeout_summary=f"Mốc thời hạn {official_time(threshold)}",
        )
    except TimeoutError:
        return
