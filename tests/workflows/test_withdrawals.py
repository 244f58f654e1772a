"""A citizen may take back what is not decided: the agency that holds it is asked first."""

import asyncio
from unittest.mock import patch

import pytest
from temporalio.client import WorkflowUpdateFailedError
from temporalio.exceptions import ApplicationError

from models.contracts.dossiers import DossierAnswer, DossierRequest
from models.kernel.errors import BackendContractError

from fakes.agencies import ScriptedAnswer
from harness.case_handle import CaseHandle, states_of
from harness.clock_scenes import (
    ACCEPTED,
    BIRTH,
    CARD,
    RESIDENCE,
    ask_for_supplement,
    held_by_residence,
)
from harness.system import SystemUnderTest

HALF_A_SECOND = 0.5
"""Far longer than a case takes to ask for a dossier back."""


def rules(error: WorkflowUpdateFailedError) -> list[str]:
    assert isinstance(error.cause, ApplicationError)
    return [finding["rule"] for finding in error.cause.details]


async def at_the_registrar(system: SystemUnderTest) -> CaseHandle:
    """A case whose first step is accepted and not decided."""
    system.agencies["civil_status"].answers[BIRTH] = [ACCEPTED]
    case = await system.declare()
    await case.until_dossier(BIRTH, "accepted")
    return case


async def test_what_an_agency_holds_is_given_back_and_the_rest_goes_on(
    system: SystemUnderTest,
) -> None:
    case = await held_by_residence(system)

    said = await case.withdraw(RESIDENCE)
    report = await case.result()

    assert said["accepted"] is True
    assert states_of(report) == {BIRTH: "granted", RESIDENCE: "withdrawn", CARD: "granted"}
    assert report.state == "partly_completed"
    assert case.events(RESIDENCE)[-2:] == ["withdrawal.asked", "dossier.withdrawn"]


async def test_a_branch_withdrawn_before_it_is_filed_never_reaches_its_agency(
    system: SystemUnderTest,
) -> None:
    case = await at_the_registrar(system)

    await case.withdraw(CARD)
    gone = await case.dossier(CARD)
    await case.decide(BIRTH)
    report = await case.result()

    assert (gone.state, gone.holder) == ("withdrawn", None)
    assert system.agencies["insurance"].requests == []
    assert system.agencies["insurance"].withdrawals == {}
    assert states_of(report) == {BIRTH: "granted", RESIDENCE: "granted", CARD: "withdrawn"}


async def test_with_the_first_step_withdrawn_nothing_that_relies_on_it_is_filed(
    system: SystemUnderTest,
) -> None:
    case = await at_the_registrar(system)

    await case.withdraw(BIRTH)
    report = await case.result()

    assert states_of(report) == {BIRTH: "withdrawn", RESIDENCE: "not_filed", CARD: "not_filed"}
    assert system.agencies["residence"].requests == system.agencies["insurance"].requests == []


async def test_all_is_withdrawn_at_once(system: SystemUnderTest) -> None:
    case = await at_the_registrar(system)

    await case.withdraw()
    report = await case.result()

    assert set(states_of(report).values()) == {"withdrawn"}
    assert report.state == "withdrawn"
    assert len(system.agencies["civil_status"].withdrawals) == 1


async def test_what_is_granted_stays_when_all_is_withdrawn(system: SystemUnderTest) -> None:
    case = await held_by_residence(system)

    await case.withdraw()
    report = await case.result()

    assert states_of(report) == {BIRTH: "granted", RESIDENCE: "withdrawn", CARD: "granted"}


async def test_an_agency_that_has_decided_keeps_the_dossier_and_its_decision_is_found(
    system: SystemUnderTest,
) -> None:
    case = await held_by_residence(system)
    system.agencies["residence"].answers[RESIDENCE] = [ScriptedAnswer()]
    (key,) = system.agencies["residence"]._known
    await system.agencies["residence"].answer(key)

    await case.withdraw(RESIDENCE)
    report = await case.result()

    assert states_of(report)[RESIDENCE] == "granted"
    assert "withdrawal.refused" in case.events(RESIDENCE)


async def test_a_decision_that_crosses_a_withdrawal_counts(system: SystemUnderTest) -> None:
    case = await held_by_residence(system)
    system.agencies["residence"].unreachable = True

    await case.withdraw(RESIDENCE)
    await case.decide(RESIDENCE)
    system.agencies["residence"].unreachable = False
    report = await case.result()

    assert states_of(report)[RESIDENCE] == "granted"
    assert report.state == "completed"


async def test_a_withdrawal_while_the_agency_is_away_waits_for_it(system: SystemUnderTest) -> None:
    case = await held_by_residence(system)
    system.agencies["residence"].outages = 6

    await case.withdraw(RESIDENCE)
    report = await case.result()

    assert states_of(report)[RESIDENCE] == "withdrawn"
    assert len(system.agencies["residence"].withdrawals) == 1


async def test_what_never_reached_an_agency_is_withdrawn_without_filing_it(
    system: SystemUnderTest,
) -> None:
    system.agencies["residence"].unreachable = True
    case = await system.declare()
    await case.until_dossier(RESIDENCE, "submitted")
    await case.until_dossier(CARD, "granted")

    await case.withdraw(RESIDENCE)
    system.agencies["residence"].unreachable = False
    report = await case.result()

    assert states_of(report)[RESIDENCE] == "withdrawn"
    assert system.agencies["residence"].requests == []


async def test_a_dossier_that_waits_for_the_citizen_is_given_back(system: SystemUnderTest) -> None:
    case = await held_by_residence(system)
    await ask_for_supplement(case)

    await case.withdraw(RESIDENCE)
    report = await case.result()

    assert states_of(report)[RESIDENCE] == "withdrawn"


async def test_a_parked_dossier_is_given_back_without_operations(system: SystemUnderTest) -> None:
    system.agencies["residence"].fault = BackendContractError("residence: no DossierAnswer")
    case = await system.declare()
    await case.until_dossier(RESIDENCE, "parked")
    system.agencies["residence"].fault = None

    await case.withdraw(RESIDENCE)
    report = await case.result()

    assert states_of(report)[RESIDENCE] == "withdrawn"


async def test_the_same_request_twice_asks_the_agency_once(system: SystemUnderTest) -> None:
    case = await held_by_residence(system)

    first = await case.withdraw(RESIDENCE, request_id="rut-1")
    again = await case.withdraw(RESIDENCE, request_id="rut-1")
    await case.result()

    assert first == again
    assert case.events(RESIDENCE).count("withdrawal.asked") == 1


async def test_a_second_request_while_the_agency_thinks_changes_nothing(
    system: SystemUnderTest,
) -> None:
    case = await held_by_residence(system)
    system.agencies["residence"].unreachable = True

    await case.withdraw(RESIDENCE)
    await case.withdraw()
    system.agencies["residence"].unreachable = False
    await case.result()

    assert case.events(RESIDENCE).count("withdrawal.asked") == 1


@pytest.mark.parametrize(
    ("procedures", "rule"),
    [((BIRTH,), ["already_decided"]), (("issue_passport",), ["unknown"])],
    ids=["decided", "unknown"],
)
async def test_what_cannot_be_withdrawn_is_said_at_once(
    system: SystemUnderTest, procedures: tuple[str, ...], rule: list[str]
) -> None:
    case = await held_by_residence(system)

    with pytest.raises(WorkflowUpdateFailedError) as rejected:
        await case.withdraw(*procedures)
    await case.decide(RESIDENCE)
    await case.result()

    assert rules(rejected.value) == rule
    assert "withdrawal.asked" not in case.events()


async def test_every_procedure_that_cannot_be_withdrawn_is_named(system: SystemUnderTest) -> None:
    case = await held_by_residence(system)

    with pytest.raises(WorkflowUpdateFailedError) as rejected:
        await case.withdraw(BIRTH, RESIDENCE, "issue_passport")
    await case.decide(RESIDENCE)
    await case.result()

    assert rules(rejected.value) == ["already_decided", "unknown"]


async def test_a_refusal_of_one_branch_leaves_the_other_alone(system: SystemUnderTest) -> None:
    system.agencies["insurance"].answers[CARD] = [ACCEPTED]
    case = await system.declare()
    await case.until_dossier(CARD, "accepted")
    await case.until_dossier(RESIDENCE, "granted")

    await case.decide(CARD, "refused")
    report = await case.result()

    assert states_of(report) == {BIRTH: "granted", RESIDENCE: "granted", CARD: "refused"}


async def test_what_is_still_on_its_way_to_its_agency_is_asked_back_once_it_is_there(
    system: SystemUnderTest,
) -> None:
    registrar = system.agencies["civil_status"]
    registrar.answers[BIRTH] = [ACCEPTED]
    entered, released, submit = asyncio.Event(), asyncio.Event(), registrar.submit

    async def slowly(request: DossierRequest) -> DossierAnswer:
        entered.set()
        await released.wait()
        return await submit(request)

    with patch.object(registrar, "submit", slowly):
        case = await system.declare(BIRTH)
        await asyncio.wait_for(entered.wait(), timeout=5)
        await case.withdraw()
        await asyncio.sleep(HALF_A_SECOND)
        meanwhile = await case.status()
        released.set()
        report = await case.ended()

    assert (meanwhile.state, report.state) == ("in_progress", "withdrawn")
    assert len(registrar.requests) == len(registrar.withdrawals) == 1
