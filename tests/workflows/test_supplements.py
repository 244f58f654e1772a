"""Something is missing: the citizen holds the clock until it is handed in."""

import pytest
from temporalio.client import WorkflowUpdateFailedError
from temporalio.exceptions import ApplicationError

from models.contracts.dossiers import WantedItem
from models.kernel.vocabulary import Outcome

from fakes.agencies import ScriptedAnswer
from harness.case_handle import CaseHandle, dossier_of
from harness.system import SystemUnderTest

RESIDENCE = "register_residence"
ITEM = WantedItem(code="CT07", description="Xác nhận thông tin về cư trú")
WANTED = ScriptedAnswer(outcome=Outcome.SUPPLEMENT, items=(ITEM,))


async def wanting(system: SystemUnderTest) -> CaseHandle:
    """A case whose residence police wants something."""
    system.agencies["residence"].answers[RESIDENCE] = [WANTED]
    case = await system.declare()
    await case.until_dossier(RESIDENCE, "supplement_wanted")
    await case.until_dossier("issue_card", "granted")
    return case


async def test_a_case_that_wants_something_waits_for_the_citizen(system: SystemUnderTest) -> None:
    case = await wanting(system)

    status, shown = await case.status(), await case.attributes()
    await case.supplement(RESIDENCE)
    await case.result()

    residence = dossier_of(status, RESIDENCE)
    assert status.state == "supplement_wanted"
    assert (residence.holder, residence.portal_state) == ("citizen", 5)
    assert residence.items == (ITEM,)
    assert (shown["CaseState"], shown["WaitingFor"]) == ("supplement_wanted", ["citizen"])


async def test_what_the_citizen_hands_in_reaches_the_agency_which_then_decides(
    system: SystemUnderTest,
) -> None:
    case = await wanting(system)

    said = await case.supplement(RESIDENCE, request_id="bs-1")
    report = await case.result()

    ((key, handed_in),) = system.agencies["residence"].supplements
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


async def test_waiting_for_the_citizen_nobody_is_asked(system: SystemUnderTest) -> None:
    case = await wanting(system)
    calls = system.agencies["residence"].calls

    await system.pass_time(hours=5)
    asked = system.agencies["residence"].calls - calls
    await case.supplement(RESIDENCE)
    await case.result()

    assert asked == 0


async def test_a_supplement_sent_twice_is_handed_in_once(system: SystemUnderTest) -> None:
    case = await wanting(system)

    first = await case.supplement(RESIDENCE, request_id="bs-1")
    again = await case.supplement(RESIDENCE, request_id="bs-1")
    await case.result()

    assert first == again
    assert len(system.agencies["residence"].supplements) == 1


async def test_a_supplement_nobody_asked_for_is_rejected(system: SystemUnderTest) -> None:
    case = await wanting(system)

    with pytest.raises(WorkflowUpdateFailedError) as rejected:
        await case.supplement("issue_card")
    await case.supplement(RESIDENCE)
    await case.result()

    assert isinstance(rejected.value.cause, ApplicationError)
    assert [finding["rule"] for finding in rejected.value.cause.details] == ["nothing_wanted"]


async def test_a_supplement_for_an_agency_that_is_away_arrives_when_it_is_back(
    system: SystemUnderTest,
) -> None:
    case = await wanting(system)
    system.agencies["residence"].outages = 5

    said = await case.supplement(RESIDENCE)
    report = await case.result()

    assert said["accepted"] is True
    assert len(system.agencies["residence"].supplements) == 1
    assert report.state == "completed"


async def test_an_agency_may_want_something_twice(system: SystemUnderTest) -> None:
    case = await wanting(system)
    system.agencies["residence"].answers[RESIDENCE] = [WANTED, ScriptedAnswer()]

    await case.supplement(RESIDENCE)
    await system.pass_time(minutes=1)
    await case.until_dossier(RESIDENCE, "supplement_wanted")
    await case.supplement(RESIDENCE)
    report = await case.result()

    assert report.state == "completed"
    assert len(system.agencies["residence"].supplements) == 2
