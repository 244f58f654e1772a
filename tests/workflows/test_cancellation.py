"""An operator cancels a case: it ends in order, and what was done stays done."""

import asyncio
from unittest.mock import patch

import pytest
from case_desk import Desk
from case_in_hand import CaseInHand
from temporalio.client import WorkflowFailureError
from temporalio.exceptions import CancelledError

from adapters.agencies_memory import ScriptedAnswer
from models.vocabulary import Outcome
from models.wire import Notice

ACCEPTED = ScriptedAnswer(outcome=Outcome.ACCEPTED)


async def cancelled(case: CaseInHand) -> None:
    await case.handle.cancel()
    with pytest.raises(WorkflowFailureError) as ended:
        await case.result()
    assert isinstance(ended.value.cause, CancelledError)


async def test_a_cancelled_case_ends_in_order_and_its_record_is_whole(desk: Desk) -> None:
    desk.agencies["residence"].answers["register_residence"] = [ACCEPTED]
    case = await desk.declare()
    await case.until_dossier("register_residence", "accepted")
    await case.until_dossier("issue_card", "granted")

    await cancelled(case)

    entries = case.entries()
    assert [entry.seq for entry in entries] == list(range(1, len(entries) + 1))
    assert case.events("register_residence")[-1] == "dossier.stopped"
    assert case.events("issue_card")[-1] == "dossier.granted"
    assert entries[-1].facts["state"] == "partly_completed"


async def test_a_birth_cancelled_before_anything_was_granted_may_be_filed_again(
    desk: Desk,
) -> None:
    desk.agencies["civil_status"].answers["register_birth"] = [ACCEPTED]
    raw = await desk.new_family()
    id = f"birth/{raw['notice']['number']}"
    case = await desk.start(raw, case_id=id)
    await case.until_dossier("register_birth", "accepted")

    await cancelled(case)
    desk.agencies["civil_status"].answers["register_birth"] = []
    again = await (await desk.start(raw, case_id=id)).result()

    assert case.entries()[-1].facts["state"] == "stopped"
    assert again.state == "completed"


async def test_a_birth_cancelled_while_it_is_taken_in_may_be_filed_again(desk: Desk) -> None:
    raw = await desk.new_family("register_birth")
    id = f"birth/{raw['notice']['number']}"
    entered, released, send = asyncio.Event(), asyncio.Event(), desk.notices.send

    async def slowly(notice: Notice) -> None:
        entered.set()
        await released.wait()
        await send(notice)

    with patch.object(desk.notices, "send", slowly):
        case = await desk.start(raw, case_id=id)
        await asyncio.wait_for(entered.wait(), timeout=5)
        await case.handle.cancel()
        with pytest.raises(WorkflowFailureError):
            await case.ended()
        released.set()
    again = await (await desk.start(raw, case_id=id)).result()

    assert again.state == "completed"
