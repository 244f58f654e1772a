"""Recording a history of each path; run deliberately, once for each release, by `make record`."""

from contextlib import suppress

import pytest
from temporalio.api.enums.v1 import EventType
from temporalio.client import WorkflowFailureError, WorkflowHistory

from adapters.law.calendar import load_calendar
from adapters.law.files import load_law

from harness.case_handle import CaseHandle
from harness.case_paths import PATHS
from harness.other_paths import OTHER_PATHS
from harness.recordings import RELEASE, RING, World, save
from harness.system import own_system

CALENDAR = load_calendar()
COUNTED_BY = {CALENDAR.digest: CALENDAR}
"""The calendar in force, and any other by which a case was counted again meanwhile."""

ENDS = {
    EventType.EVENT_TYPE_WORKFLOW_EXECUTION_COMPLETED,
    EventType.EVENT_TYPE_WORKFLOW_EXECUTION_CANCELED,
    EventType.EVENT_TYPE_WORKFLOW_EXECUTION_CONTINUED_AS_NEW,
}


async def ended(case: CaseHandle) -> WorkflowHistory:
    """The whole history, of a cancelled case too."""
    with suppress(WorkflowFailureError):
        await case.result()
    return await case.handle.fetch_history()


@pytest.mark.parametrize("name", PATHS)
async def test_a_history_is_recorded(name: str) -> None:
    async with own_system(RING) as system:
        case = await PATHS[name](system)
        history = await ended(case)

        save(name, history)
        COUNTED_BY[system.context.calendar.digest] = system.context.calendar

    assert history.events[-1].event_type in ENDS


@pytest.mark.parametrize("name", OTHER_PATHS)
async def test_a_history_beside_the_cases_is_recorded(name: str) -> None:
    async with own_system(RING) as system:
        handle = await OTHER_PATHS[name](system)

        history = await handle.fetch_history()
        save(name, history)

    assert history.events[-1].event_type in ENDS


def test_the_world_it_was_recorded_in_is_kept() -> None:
    World(calendars=tuple(COUNTED_BY.values()), agencies=load_law().agencies).save(RELEASE)
