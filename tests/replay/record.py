"""Recording a history of each path; run deliberately, once for each release, by `make record`."""

import pytest
from case_desk import desk_of_its_own
from case_paths import PATHS
from case_recordings import RELEASE, RING, World, save
from other_paths import OTHER_PATHS

from adapters.calendar_holidays import load_calendar
from adapters.law_files import load_law

CALENDAR = load_calendar()
COUNTED_BY = {CALENDAR.digest: CALENDAR}
"""The calendar in force, and any other by which a case was counted again meanwhile."""


@pytest.mark.parametrize("name", PATHS)
async def test_a_history_is_recorded(name: str) -> None:
    async with desk_of_its_own(RING) as desk:
        case = await PATHS[name](desk)
        report = await case.result()

        save(name, await case.handle.fetch_history())
        COUNTED_BY[desk.office.calendar.digest] = desk.office.calendar

    assert report.closed_at is not None


@pytest.mark.parametrize("name", OTHER_PATHS)
async def test_a_history_beside_the_cases_is_recorded(name: str) -> None:
    async with desk_of_its_own(RING) as desk:
        handle = await OTHER_PATHS[name](desk)

        history = await handle.fetch_history()
        save(name, history)

    assert history.events


def test_the_world_it_was_recorded_in_is_kept() -> None:
    World(calendars=tuple(COUNTED_BY.values()), agencies=load_law().agencies).save(RELEASE)
