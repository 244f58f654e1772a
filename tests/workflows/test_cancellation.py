"""An operator cancels a case: it ends in order, and what was done stays done."""

import asyncio
from datetime import timedelta
from unittest.mock import patch

import pytest
from temporalio.client import WorkflowFailureError
from temporalio.exceptions import CancelledError

from models.contracts.dossiers import Notice
from models.contracts.payments import PaymentState
from models.kernel.vocabulary import Outcome

from fakes.agencies import ScriptedAnswer
from harness.case_handle import CaseHandle
from harness.system import SystemUnderTest

ACCEPTED = ScriptedAnswer(outcome=Outcome.ACCEPTED)


async def cancelled(case: CaseHandle) -> None:
    await case.handle.cancel()
    with pytest.raises(WorkflowFailureError) as ended:
        await case.result()
    assert isinstance(ended.value.cause, CancelledError)


async def test_a_cancelled_case_ends_in_order_and_its_record_is_whole(
    system: SystemUnderTest,
) -> None:
    system.agencies["residence"].answers["register_residence"] = [ACCEPTED]
    case = await system.declare()
    await case.until_dossier("register_residence", "accepted")
    await case.until_dossier("issue_card", "granted")

    await cancelled(case)

    entries = case.entries()
    assert [entry.seq for entry in entries] == list(range(1, len(entries) + 1))
    assert case.events("register_residence")[-2:] == ["dossier.stopped", "withdrawal.asked"]
    assert case.events("issue_card")[-1] == "dossier.granted"
    assert entries[-1].facts["state"] == "partly_completed"


async def test_a_birth_cancelled_before_anything_was_granted_may_be_filed_again(
    system: SystemUnderTest,
) -> None:
    system.agencies["civil_status"].answers["register_birth"] = [ACCEPTED]
    raw = await system.new_family()
    id = f"birth/{raw['notice']['number']}"
    case = await system.start(raw, case_id=id)
    await case.until_dossier("register_birth", "accepted")

    await cancelled(case)
    system.agencies["civil_status"].answers["register_birth"] = []
    again = await (await system.start(raw, case_id=id)).result()

    assert case.entries()[-1].facts["state"] == "stopped"
    assert again.state == "completed"


async def test_a_birth_cancelled_while_it_is_taken_in_may_be_filed_again(
    system: SystemUnderTest,
) -> None:
    raw = await system.new_family("register_birth")
    id = f"birth/{raw['notice']['number']}"
    entered, released, send = asyncio.Event(), asyncio.Event(), system.notices.send

    async def slowly(notice: Notice) -> None:
        entered.set()
        await released.wait()
        await send(notice)

    with patch.object(system.notices, "send", slowly):
        case = await system.start(raw, case_id=id)
        await asyncio.wait_for(entered.wait(), timeout=5)
        await case.handle.cancel()
        with pytest.raises(WorkflowFailureError):
            await case.ended()
        released.set()
    again = await (await system.start(raw, case_id=id)).result()

    assert again.state == "completed"


async def test_agencies_that_hold_a_dossier_of_a_cancelled_case_are_asked_to_give_it_back(
    system: SystemUnderTest,
) -> None:
    system.agencies["residence"].answers["register_residence"] = [ACCEPTED]
    case = await system.declare()
    await case.until_dossier("register_residence", "accepted")
    await case.until_dossier("issue_card", "granted")

    await cancelled(case)

    (withdrawal,) = system.agencies["residence"].withdrawals.values()
    (asked,) = [entry for entry in case.entries() if entry.event == "withdrawal.asked"]
    assert withdrawal.request_id == "case_cancelled"
    assert asked.facts["reached"] is True
    assert system.agencies["insurance"].withdrawals == {}


async def test_an_agency_that_is_away_does_not_hold_up_a_cancelled_case(
    system: SystemUnderTest,
) -> None:
    system.agencies["residence"].answers["register_residence"] = [ACCEPTED]
    case = await system.declare()
    await case.until_dossier("register_residence", "accepted")
    await case.until_dossier("issue_card", "granted")
    system.agencies["residence"].unreachable = True
    before = await system.now()

    await cancelled(case)

    (asked,) = [entry for entry in case.entries() if entry.event == "withdrawal.asked"]
    assert asked.facts["reached"] is False
    assert case.happened_at("case.closed") - before <= timedelta(minutes=2)


async def test_a_case_cancelled_while_it_files_takes_back_what_still_arrives(
    system: SystemUnderTest,
) -> None:
    system.agencies["residence"].unreachable = True
    case = await system.declare("register_birth", "register_residence")
    await case.until_dossier("register_residence", "submitted")

    await cancelled(case)

    assert system.agencies["residence"].requests == []
    assert case.events("register_residence")[-1] == "withdrawal.asked"


async def test_a_case_cancelled_while_its_money_is_on_its_way_ends_too(
    system: SystemUnderTest,
) -> None:
    system.treasury.next_states = [PaymentState.ACCEPTED]
    case = await system.declare_death("register_death", "funeral_money")
    await case.until(lambda status: any(one.payment for one in status.dossiers))

    await cancelled(case)

    assert "payment.held" not in case.events("insurance_funeral")
    assert case.entries()[-1].event == "case.closed"
    assert case.entries()[-1].facts["state"] == "completed"
