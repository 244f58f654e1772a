"""What cannot be retried away parks one dossier, visibly, until a person says go on."""

from typing import Any
from unittest.mock import AsyncMock, patch

import pytest
from temporalio.client import WorkflowUpdateFailedError
from temporalio.exceptions import ApplicationError

from models.kernel.errors import BackendContractError, BackendRefusedRequestError, LienthongError
from models.working_time.calendars import Calendar

from harness.case_handle import CaseHandle, dossier_of
from harness.clock_scenes import ACCEPTED, EVERY_STEP
from harness.system import QUIET_DAYS, SystemUnderTest

CARD = "issue_card"
NONSENSE = BackendContractError("insurance: file a dossier: the answer is no DossierAnswer")
FAULTS = [NONSENSE, BackendRefusedRequestError("insurance: file a dossier: status 422")]
fault = pytest.mark.parametrize("fault", FAULTS, ids=lambda error: type(error).__name__)


async def parked(system: SystemUnderTest, fault: LienthongError = NONSENSE) -> CaseHandle:
    """A case whose card is parked by a fault that has been mended since."""
    insurance = system.agencies["insurance"]
    insurance.fault = fault
    case = await system.declare()
    await case.until_dossier(CARD, "parked")
    await case.until_dossier("register_residence", "granted")
    insurance.fault = None
    return case


@fault
async def test_a_fault_parks_its_own_dossier_and_no_other(
    system: SystemUnderTest, fault: LienthongError
) -> None:
    case = await parked(system, fault)

    status = await case.status()
    await case.resume(CARD)
    await case.result()

    card = dossier_of(status, CARD)
    assert (status.state, status.attention) == ("in_progress", "parked")
    assert (card.state, card.holder, card.portal_state) == ("parked", "us", 4)
    assert dossier_of(status, "register_residence").state == "granted"


@fault
async def test_lists_and_card_call_for_a_person_and_name_the_kind_of_fault(
    system: SystemUnderTest, fault: LienthongError
) -> None:
    case = await parked(system, fault)

    shown, card = await case.attributes(), await case.card()
    await case.resume(CARD)
    await case.result()

    assert (shown["Attention"], shown["WaitingFor"]) == ("parked", ["us"])
    assert type(fault).__name__ in card


@fault
async def test_a_resumed_dossier_goes_on_to_its_end(
    system: SystemUnderTest, fault: LienthongError
) -> None:
    case = await parked(system, fault)

    said = await case.resume(CARD)
    report = await case.result()

    assert said["accepted"] is True
    assert (report.state, report.attention) == ("completed", "none")
    assert case.events(CARD) == ["dossier.filed", "step.parked", "step.resumed", "dossier.granted"]


async def test_a_dossier_whose_fault_remains_is_parked_again(system: SystemUnderTest) -> None:
    case = await parked(system)
    system.agencies["insurance"].fault = NONSENSE

    await case.resume(CARD)
    await case.until_dossier(CARD, "parked")
    system.agencies["insurance"].fault = None
    await case.resume(CARD)
    report = await case.result()

    assert report.state == "completed"
    assert case.events(CARD).count("step.parked") == 2


async def test_an_agency_may_decide_a_parked_dossier_without_us(system: SystemUnderTest) -> None:
    case = await parked(system)

    await case.decide(CARD)
    report, card = await case.result(), await case.card()

    assert (report.state, report.attention) == ("completed", "none")
    assert type(NONSENSE).__name__ not in card


async def test_who_resumed_is_on_record(system: SystemUnderTest) -> None:
    case = await parked(system)

    await case.resume(CARD, by="van-hanh-07")
    await case.result()

    (resumed,) = [e for e in case.entries() if e.event == "step.resumed"]
    assert resumed.facts == {"by": "van-hanh-07"}


@pytest.mark.parametrize(
    ("otherwise", "rule"),
    [
        ({"procedure": "register_residence"}, "not_parked"),
        ({"procedure": None}, "not_parked"),
        ({"procedure": "issue_passport"}, "unknown"),
    ],
    ids=["granted", "case", "unknown"],
)
async def test_only_what_is_parked_can_be_resumed(
    system: SystemUnderTest, otherwise: dict[str, Any], rule: str
) -> None:
    case = await parked(system)

    with pytest.raises(WorkflowUpdateFailedError) as rejected:
        await case.resume(**otherwise)
    await case.resume(CARD)
    await case.result()

    assert isinstance(rejected.value.cause, ApplicationError)
    assert [finding["rule"] for finding in rejected.value.cause.details] == [rule]


async def test_a_resume_sent_twice_resumes_once(system: SystemUnderTest) -> None:
    case = await parked(system)

    first = await case.resume(CARD, request_id="yc-r")
    again = await case.resume(CARD, request_id="yc-r")
    await case.result()

    assert first == again
    assert case.events(CARD).count("step.resumed") == 1


async def test_a_step_of_the_case_itself_parks_and_is_resumed_without_a_procedure(
    system: SystemUnderTest,
) -> None:
    system.notices.fault = BackendRefusedRequestError("notice: send a notice: status 422")
    case = await system.declare("register_birth")
    status = await case.until(lambda status: status.attention == "parked")
    shown = await case.attributes()

    system.notices.fault = None
    await case.resume()
    report = await case.result()

    assert (status.attention, shown["Attention"]) == ("parked", "parked")
    assert report.state == "completed"


async def test_an_intake_that_parks_is_resumed_before_it_has_a_code(
    system: SystemUnderTest,
) -> None:
    system.register.fault = BackendContractError("our database: open a case: impossible")
    case = await system.declare("register_birth")
    await case.until(lambda status: status.attention == "parked")

    system.register.fault = None
    said = await case.resume()
    report = await case.result()

    assert said == {"accepted": True, "case_code": None, "state": "received"}
    assert report.state == "completed"


async def test_a_due_date_nobody_can_work_out_parks_its_dossier_until_the_calendar_is_mended(
    system: SystemUnderTest,
) -> None:
    system.agencies["civil_status"].unreachable = True
    case = await system.declare("register_birth", "issue_card")
    await case.until_dossier("register_birth", "submitted")
    calendar = system.use_calendar(Calendar(id="old", first_year=2015, last_year=2016))
    system.agencies["civil_status"].unreachable = False
    await system.pass_time(minutes=1)
    card, shown = await case.until_dossier(CARD, "parked"), await case.attributes()

    system.use_calendar(calendar)
    await case.resume(CARD)
    report = await case.result()

    assert (card.filed_at, shown["Attention"]) == (None, "parked")
    assert report.state == "completed"


async def test_a_resumed_dossier_whose_agency_takes_its_time_is_still_watched(
    system: SystemUnderTest,
) -> None:
    case = await parked(system)
    system.agencies["insurance"].answers[CARD] = [ACCEPTED]

    await case.resume(CARD)
    await system.pass_time(days=QUIET_DAYS)
    late, shown = case.steps(CARD), await case.attributes()
    await case.decide(CARD)
    await case.result()

    assert late == EVERY_STEP
    assert (shown["SlaStatus"], shown["OverdueAt"]) == ("overdue", ["insurance"])


async def test_a_case_whose_own_step_is_parked_is_watched_and_on_record(
    system: SystemUnderTest,
) -> None:
    system.notices.fault = BackendRefusedRequestError("notice: send a notice: status 422")
    case = await system.declare("register_birth")
    await case.until(lambda status: status.attention == "parked")

    await system.pass_time(days=QUIET_DAYS)
    told, shown = case.steps(None), await case.attributes()
    system.notices.fault = None
    await case.resume()
    await case.result()

    assert told == EVERY_STEP
    assert shown["SlaStatus"] == "overdue"


async def test_an_agency_our_law_no_longer_knows_parks_its_dossier_instead_of_being_asked_for_ever(
    system: SystemUnderTest,
) -> None:
    system.agencies["civil_status"].unreachable = True
    case = await system.declare("register_birth", "issue_card")
    await case.until_dossier("register_birth", "submitted")
    law = system.context.law
    others = tuple(agency for agency in law.agencies if agency.id != "insurance")
    object.__setattr__(system.context, "law", law.model_copy(update={"agencies": others}))
    system.agencies["civil_status"].unreachable = False
    await system.pass_time(minutes=1)
    await case.until_dossier(CARD, "parked")

    object.__setattr__(system.context, "law", law)
    await case.resume(CARD)
    report = await case.result()

    assert report.state == "completed"


async def test_what_is_noted_while_the_closing_itself_is_parked_is_on_record_too(
    system: SystemUnderTest,
) -> None:
    fault = BackendContractError("our database: close a case: impossible")
    with patch.object(system.register, "close", AsyncMock(side_effect=fault)):
        case = await system.declare("register_birth")
        await case.until(lambda status: status.attention == "parked")
    await case.resume()
    await case.result()

    entries = case.entries()
    assert [entry.seq for entry in entries] == list(range(1, len(entries) + 1))
    assert case.events()[-3:] == ["case.closed", "step.parked", "step.resumed"]
