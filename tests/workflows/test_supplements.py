"""Something is missing: the citizen holds the clock until it is handed in."""

import pytest
from temporalio.client import WorkflowUpdateFailedError
from temporalio.exceptions import ApplicationError

from models.contracts.dossiers import WantedItem
from models.kernel.vocabulary import Outcome

from fakes.agencies import ScriptedAnswer
from harness.case_in_hand import CaseInHand, dossier_of
from harness.desk import Desk

RESIDENCE = "register_residence"
ITEM = WantedItem(code="CT07", description="Xác nhận thông tin về cư trú")
WANTED = ScriptedAnswer(outcome=Outcome.SUPPLEMENT, items=(ITEM,))


async def wanting(desk: Desk) -> CaseInHand:
    """A case whose residence police wants something."""
    desk.agencies["residence"].answers[RESIDENCE] = [WANTED]
    case = await desk.declare()
    await case.until_dossier(RESIDENCE, "supplement_wanted")
    await case.until_dossier("issue_card", "granted")
    return case


async def test_a_case_that_wants_something_waits_for_the_citizen(desk: Desk) -> None:
    case = await wanting(desk)

    status, shown = await case.status(), await case.attributes()
    await case.supplement(RESIDENCE)
    await case.result()

    residence = dossier_of(status, RESIDENCE)
    assert status.state == "supplement_wanted"
    assert (residence.holder, residence.portal_state) == ("citizen", 5)
    assert residence.items == (ITEM,)
    assert (shown["CaseState"], shown["WaitingFor"]) == ("supplement_wanted", ["citizen"])


async def test_what_the_citizen_hands_in_reaches_the_agency_which_then_decides(desk: Desk) -> None:
    case = await wanting(desk)

    said = await case.supplement(RESIDENCE, request_id="bs-1")
    report = await case.result()

    ((key, handed_in),) = desk.agencies["residence"].supplements
    assert said["accepted"] is True
    assert key == f"{report.case_code}-{RESIDENCE}-1"
    assert (handed_in.request_id, handed_in.items[0].code) == ("bs-1", "CT07")
    assert report.state == "completed"
    assert case.events(RESIDENCE) == [
        "dossier.filed",
        "dossier.supplement_wanted",
        "dossier.supplemented",
        "dossier.granted",
    ]


async def test_waiting_for_the_citizen_nobody_is_asked(desk: Desk) -> None:
    case = await wanting(desk)
    calls = desk.agencies["residence"].calls

    await desk.pass_time(hours=5)
    asked = desk.agencies["residence"].calls - calls
    await case.supplement(RESIDENCE)
    await case.result()

    assert asked == 0


async def test_a_supplement_sent_twice_is_handed_in_once(desk: Desk) -> None:
    case = await wanting(desk)

    first = await case.supplement(RESIDENCE, request_id="bs-1")
    again = await case.supplement(RESIDENCE, request_id="bs-1")
    await case.result()

    assert first == again
    assert len(desk.agencies["residence"].supplements) == 1


async def test_a_supplement_nobody_asked_for_is_rejected(desk: Desk) -> None:
    case = await wanting(desk)

    with pytest.raises(WorkflowUpdateFailedError) as rejected:
        await case.supplement("issue_card")
    await case.supplement(RESIDENCE)
    await case.result()

    assert isinstance(rejected.value.cause, ApplicationError)
    assert [finding["rule"] for finding in rejected.value.cause.details] == ["nothing_wanted"]


async def test_a_supplement_for_an_agency_that_is_away_arrives_when_it_is_back(desk: Desk) -> None:
    case = await wanting(desk)
    desk.agencies["residence"].outages = 5

    said = await case.supplement(RESIDENCE)
    report = await case.result()

    assert said["accepted"] is True
    assert len(desk.agencies["residence"].supplements) == 1
    assert report.state == "completed"


async def test_an_agency_may_want_something_twice(desk: Desk) -> None:
    case = await wanting(desk)
    desk.agencies["residence"].answers[RESIDENCE] = [WANTED, ScriptedAnswer()]

    await case.supplement(RESIDENCE)
    await desk.pass_time(minutes=1)
    await case.until_dossier(RESIDENCE, "supplement_wanted")
    await case.supplement(RESIDENCE)
    report = await case.result()

    assert report.state == "completed"
    assert len(desk.agencies["residence"].supplements) == 2
