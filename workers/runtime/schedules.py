"""The Temporal Schedules that draw up the periodic lists; making them again changes nothing."""

import asyncio
from collections.abc import Callable, Iterable, Mapping
from datetime import timedelta

from temporalio.client import (
    Client,
    Schedule,
    ScheduleActionStartWorkflow,
    ScheduleAlreadyRunningError,
    ScheduleCalendarSpec,
    ScheduleOverlapPolicy,
    SchedulePolicy,
    ScheduleRange,
    ScheduleSpec,
    ScheduleState,
    ScheduleUpdate,
    ScheduleUpdateInput,
)

from models.contracts.lists import ListKind
from models.law.list_rules import ListRule
from models.lists.orders import RunLists
from workers.runtime.wiring import CASES_QUEUE
from workflows.lists import PersonListsWorkflow

CATCH_UP = timedelta(days=31)
"""A run missed while the server was away is made up for, until the next one is due."""
VIETNAM = "Asia/Ho_Chi_Minh"
A_DAY = 86_400.0


def schedule_id(rule: ListRule) -> str:
    """The id of the schedule of a kind of list."""
    return f"lists-{rule.kind}"


async def keep_schedules(client: Client, rules: Mapping[ListKind, ListRule]) -> None:
    """Have the schedules there, and look again a day later."""
    await ensure_list_schedules(client, rules.values())
    await asyncio.sleep(A_DAY)


async def ensure_list_schedules(client: Client, rules: Iterable[ListRule]) -> None:
    """Have each kind of list drawn up when the law says; many workers may do so, and again.

    What an operator has paused stays paused.
    """
    for rule in rules:
        try:
            await client.create_schedule(schedule_id(rule), _schedule(rule, ScheduleState()))
        except ScheduleAlreadyRunningError:
            await client.get_schedule_handle(schedule_id(rule)).update(_update_to(rule))


def _update_to(rule: ListRule) -> Callable[[ScheduleUpdateInput], ScheduleUpdate]:
    def updated(known: ScheduleUpdateInput) -> ScheduleUpdate:
        return ScheduleUpdate(_schedule(rule, known.description.schedule.state))

    return updated


def _schedule(rule: ListRule, state: ScheduleState) -> Schedule:
    """Runs never overlap: one that waits for the insurer is followed by one more, not by many."""
    return Schedule(
        action=ScheduleActionStartWorkflow(
            PersonListsWorkflow.run,
            RunLists(kind=rule.kind, agency=rule.agency),
            id=f"lists/{rule.kind}",
            task_queue=CASES_QUEUE,
            static_summary=rule.title,
        ),
        spec=ScheduleSpec(
            calendars=[
                ScheduleCalendarSpec(
                    day_of_month=[ScheduleRange(rule.day_of_month)],
                    hour=[ScheduleRange(rule.at.hour)],
                    minute=[ScheduleRange(rule.at.minute)],
                    comment=rule.title,
                )
            ],
            time_zone_name=VIETNAM,
        ),
        policy=SchedulePolicy(overlap=ScheduleOverlapPolicy.BUFFER_ONE, catchup_window=CATCH_UP),
        state=state,
    )
