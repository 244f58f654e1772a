"""What demonstrations, officers and faults once made: a thousand histories, on today's code."""

from collections import Counter
from collections.abc import AsyncIterator

import pytest
from temporalio.client import WorkflowHistory
from temporalio.worker import Replayer

from workers.runtime.wiring import ALL_WORKFLOWS, RUNNER

from harness.corpus import CORPUS, OPENED, unpack

HISTORIES = [history for path in sorted(CORPUS.glob("*.xz")) for history in unpack(path)]
SHARES = 6
SHARE = [0, *(pytest.param(share, marks=pytest.mark.prove) for share in range(1, SHARES))]
"""The suite replays a sixth, `make prove` all: twenty histories a second are what a core can."""


@pytest.mark.parametrize("share", SHARE)
async def test_every_history_of_the_corpus_still_replays(share: int) -> None:
    replayer = Replayer(workflows=ALL_WORKFLOWS, workflow_runner=RUNNER, data_converter=OPENED)

    results = await replayer.replay_workflows(
        _each(HISTORIES[share::SHARES]), raise_on_replay_failure=False
    )

    assert results.replay_failures == {}


def test_the_corpus_holds_every_workflow() -> None:
    kinds = Counter(
        history.events[0].workflow_execution_started_event_attributes.workflow_type.name
        for history in HISTORIES
    )

    assert set(kinds) == {"BirthGroup", "DeathGroup", "Correction", "Precheck", "PersonLists"}
    assert kinds.total() > 1000


async def _each(histories: list[WorkflowHistory]) -> AsyncIterator[WorkflowHistory]:
    for history in histories:
        yield history
