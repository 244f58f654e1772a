"""The gate itself: what the replayer cannot see turns the recomputation red."""

import asyncio
from collections.abc import Callable
from datetime import timedelta
from functools import wraps
from typing import Any

import pytest
from temporalio.worker import Replayer
from test_replay import (  # type: ignore[import-not-found]  # its neighbour in this room
    test_a_recorded_due_instant_is_still_what_its_inputs_say as check_due_instants,
)
from test_replay import (
    test_the_promised_day_of_a_recorded_case_is_still_what_its_inputs_say as check_promises,
)

from models.cases.views import CaseClocks
from models.working_time.terms import ClockPolicy
from workers.runtime.wiring import RUNNER
from workflows.groups import WORKFLOWS

from harness.case_handle import CaseHandle
from harness.case_paths import PATHS
from harness.clock_scenes import counted, finish, hand_in, waiting_for_the_citizen
from harness.recordings import CONVERTER, RELEASE, Recording, recordings
from harness.system import SystemUnderTest

(SUPPLEMENTED,) = [one for one in recordings() if one.name == f"{RELEASE}-supplement"]
Check = Callable[[Recording], Any]  # Any: a coroutine of a test
Shift = Callable[..., Any]  # Any: whatever the shifted function answers


async def replay(recording: Recording) -> None:
    replayer = Replayer(workflows=WORKFLOWS, workflow_runner=RUNNER, data_converter=CONVERTER)
    await replayer.replay_workflow(recording.history)


def a_day_late(function: Shift) -> Shift:
    """A slip of one day in a function that answers with a due instant."""

    @wraps(function)
    def slipped(*args: Any, **terms: Any) -> Any:  # Any: whatever it takes
        answer = function(*args, **terms)
        return answer.model_copy(update={"due_at": answer.due_at + timedelta(days=1)})

    return slipped


SLIPS = [
    ("models.clock.deadlines.due", check_promises),
    ("models.clock.law_clock.due", check_due_instants),
    ("models.clock.law_clock.resume_due", check_due_instants),
]


@pytest.mark.parametrize(("slip", "check"), SLIPS, ids=[slip for slip, _ in SLIPS])
async def test_a_deadline_that_slips_is_seen_by_recomputation_and_not_by_the_replayer(
    slip: str, check: Check, monkeypatch: pytest.MonkeyPatch
) -> None:
    module, _, name = slip.rpartition(".")
    sound = getattr(__import__(module, fromlist=[name]), name)
    await check(SUPPLEMENTED)

    monkeypatch.setattr(slip, a_day_late(sound))

    await replay(SUPPLEMENTED)
    with pytest.raises(AssertionError):
        await check(SUPPLEMENTED)


async def running_clocks(case: CaseHandle) -> CaseClocks:
    """The clocks once the supplement has set them going again."""
    clocks = await case.clocks()
    while any(one.paused_at for one in clocks.dossiers):
        await asyncio.sleep(0.05)
        clocks = await case.clocks()
    return clocks


async def test_another_law_and_another_calendar_change_nothing_in_old_histories(
    real_system: SystemUnderTest,
) -> None:
    """A case replays from its history alone: what was counted then is asked of nobody now."""
    case = await waiting_for_the_citizen(real_system)
    await hand_in(case)
    before = await running_clocks(case)

    day = (await real_system.now()).date()
    real_system.decree_day_off(*(day + timedelta(days=ahead) for ahead in range(1, 5)))
    real_system.change_rules(after_supplement=ClockPolicy.CONTINUE, dossier_steps=(), steps=())
    await real_system.restart()
    after = await case.clocks()
    await finish(case)

    assert counted(after) == counted(before)
    assert (await case.clocks()).due_at == before.due_at


@pytest.mark.parametrize("again", range(4))
async def test_a_supplement_on_a_real_server_replays_however_often_it_is_looked_at(
    again: int, real_system: SystemUnderTest
) -> None:
    """A question in the middle of a step may split it in two; the replay must not notice."""
    case = await PATHS["supplement"](real_system)
    await case.result()
    replayer = Replayer(
        workflows=WORKFLOWS,
        workflow_runner=RUNNER,
        data_converter=real_system.client.data_converter,
    )

    history = await case.handle.fetch_history()

    assert history.events, again
    await replayer.replay_workflow(history)
