"""Cases live for months. What they already decided must still replay on today's code."""

import pytest
from temporalio.worker import Replayer
from temporalio.worker.workflow_sandbox import SandboxedWorkflowRunner

from models.clock.deadlines import deadlines
from models.clock.dossier_clock import DossierClock
from models.clock.law_clock import compute_clock
from models.kernel.base import ProcedureId
from models.law.rules import GroupRule
from workers.runtime.wiring import ALL_WORKFLOWS, RUNNER, STRICT_RUNNER
from workflows.groups import WORKFLOWS

from harness.case_paths import PATHS
from harness.other_paths import OTHER_PATHS
from harness.recordings import CONVERTER, RELEASE, Recording, recordings, world_of
from harness.system import SystemUnderTest

RECORDED = recordings()
recorded = pytest.mark.parametrize("recording", RECORDED, ids=lambda recording: recording.name)


@pytest.mark.parametrize("runner", [RUNNER, STRICT_RUNNER], ids=["as-it-runs", "strictly-boxed"])
@recorded
async def test_a_recorded_case_still_replays(
    recording: Recording, runner: SandboxedWorkflowRunner
) -> None:
    replayer = Replayer(workflows=ALL_WORKFLOWS, workflow_runner=runner, data_converter=CONVERTER)

    await replayer.replay_workflow(recording.history)


@recorded
async def test_the_promised_day_of_a_recorded_case_is_still_what_its_inputs_say(
    recording: Recording,
) -> None:
    """The replayer does not see a shifted deadline; this does."""
    opening, world = await recording.opening(), world_of(recording.release)
    if opening is None:
        return
    dates = opening.deadlines

    recomputed = deadlines(
        GroupRule.model_validate(opening.law),
        dates.chosen,
        dates.received_at,
        world.calendar(dates.calendar_digest),
        world.agencies,
        verification=dates.verification,
        extensions=dates.extensions,
    )

    assert recomputed == dates


@recorded
async def test_a_recorded_due_instant_is_still_what_its_inputs_say(recording: Recording) -> None:
    opening, world = await recording.opening(), world_of(recording.release)
    hours = {agency.id: agency.office_hours for agency in world.agencies}
    firsts: dict[ProcedureId, DossierClock] = {}

    for answer in await recording.deadlines():
        if answer.clock is None:
            continue
        assert opening is not None
        agency = GroupRule.model_validate(opening.law).procedure(answer.procedure).agency
        recomputed = compute_clock(
            answer.clock.count,
            answer.clock.changes,
            calendar=world.calendar(answer.clock.calendar_digest),
            hours=hours[agency],
        )
        assert recomputed.due_at == answer.clock.due_at
        first = firsts.setdefault(answer.procedure, answer.clock)
        assert answer.clock.original_due_at == first.original_due_at
        if answer.clock.calendar_digest == first.calendar_digest:
            assert recomputed.first_due_at == answer.clock.original_due_at
        assert recomputed.moves == answer.clock.moves


def test_every_path_of_this_release_is_recorded() -> None:
    assert {recording.name for recording in RECORDED} >= {
        f"{RELEASE}-{name}" for name in {*PATHS, *OTHER_PATHS}
    }


async def test_the_recordings_hold_due_instants_of_branches_and_moves_of_them() -> None:
    found = [answer for recording in RECORDED for answer in await recording.deadlines()]

    assert {one.procedure for one in found} >= {"register_residence", "issue_card"}
    assert {one.occasion for one in found} >= {"handed_over", "stopped", "resumed", "calendar"}
    assert len({one.clock.calendar_digest for one in found if one.clock}) > 1


@pytest.mark.parametrize("name", ["immediate", "parked", "supplement", "decided", "refused"])
async def test_a_case_of_today_on_a_real_server_replays(
    name: str, real_system: SystemUnderTest
) -> None:
    """Whatever a workflow may not ask, a clock, a set's order, would show here first."""
    case = await PATHS[name](real_system)
    await case.result()
    replayer = Replayer(
        workflows=WORKFLOWS,
        workflow_runner=RUNNER,
        data_converter=real_system.client.data_converter,
    )

    await replayer.replay_workflow(await case.handle.fetch_history())
