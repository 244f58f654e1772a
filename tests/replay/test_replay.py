"""Cases live for months. What they already decided must still replay on today's code."""

import pytest
from case_paths import PATHS
from case_recordings import CONVERTER, RELEASE, Recording, recordings, world_of
from temporalio.worker import Replayer

from models.deadlines import deadlines, dossier_due
from models.law import GroupRule
from workers.wiring import RUNNER
from workflows.groups import WORKFLOWS

RECORDED = recordings()
recorded = pytest.mark.parametrize("recording", RECORDED, ids=lambda recording: recording.name)


@recorded
async def test_a_recorded_case_still_replays(recording: Recording) -> None:
    replayer = Replayer(workflows=WORKFLOWS, workflow_runner=RUNNER, data_converter=CONVERTER)

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
        world.calendar,
        world.agencies,
        verification=dates.verification,
        extensions=dates.extensions,
    )

    assert recomputed == dates


@recorded
async def test_a_recorded_due_instant_is_still_what_its_inputs_say(recording: Recording) -> None:
    opening, world = await recording.opening(), world_of(recording.release)
    agencies = {agency.id: agency for agency in world.agencies}

    for due in await recording.dues():
        assert opening is not None
        recomputed = dossier_due(
            GroupRule.model_validate(opening.law),
            due.procedure,
            due.handed_over_at,
            world.calendar,
            agencies[due.agency],
            case_due_at=opening.promised_at,
            verification=due.verification,
        )
        assert recomputed == due


def test_every_path_of_this_release_is_recorded() -> None:
    assert {recording.name for recording in RECORDED} >= {f"{RELEASE}-{name}" for name in PATHS}


async def test_the_recordings_hold_due_instants_of_branches() -> None:
    found = [due for recording in RECORDED for due in await recording.dues()]

    assert {due.procedure for due in found} == {"register_residence", "issue_card"}
