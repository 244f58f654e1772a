"""An open case is told first of a correction, and builds nothing more upon the wrong act."""

from unittest.mock import AsyncMock, patch

from models.cases.status import CaseStatus
from models.corrections.states import CorrectionState, StepState
from models.kernel.errors import BackendUnavailableError
from models.kernel.vocabulary import Attention, DossierState, Outcome

from fakes.agencies import ScriptedAnswer
from harness.case_handle import CaseHandle, dossier_of
from harness.correction_handle import CorrectionHandle, correct, decision, rules_of
from harness.system import SystemUnderTest

ACCEPTED = ScriptedAnswer(outcome=Outcome.ACCEPTED)


async def open_case(system: SystemUnderTest) -> CaseHandle:
    """The birth is registered, the card issued; the residence police still decide."""
    system.agencies["residence"].answers["register_residence"] = [ACCEPTED] * 50
    case = await system.declare()
    await case.until_dossier("register_residence", "accepted")
    await case.until_dossier("issue_card", "granted")
    return case


def state_of(report: CaseStatus, procedure: str) -> DossierState:
    return dossier_of(report, procedure).state


async def test_an_open_case_shows_the_correction_while_it_runs_and_not_after(
    system: SystemUnderTest,
) -> None:
    case = await open_case(system)
    system.agencies["civil_status"].unreachable = True

    correction = await correct(system, decision(case.code()))

    during = await case.until(lambda status: status.attention is Attention.CORRECTION)
    assert during.closed_at is None
    system.agencies["civil_status"].unreachable = False
    assert (await correction.result()).state is CorrectionState.COMPLETED
    report = await case.result()
    assert report.attention is Attention.NONE
    assert {"correction.begun", "correction.ended"} <= set(case.events("register_birth"))


async def test_what_still_lies_at_its_agency_is_asked_back_and_there_is_nothing_to_undo(
    system: SystemUnderTest,
) -> None:
    case = await open_case(system)

    correction = await correct(system, decision(case.code()))
    corrected, report = await correction.result(), await case.result()

    steps = {step.id: step.state for step in corrected.steps}
    assert corrected.case_was_open is True
    assert steps["relying.register_residence"] is StepState.GIVEN_BACK
    assert steps["relying.issue_card"] is StepState.ACKNOWLEDGED
    assert state_of(report, "register_residence") is DossierState.STOPPED
    assert len(system.agencies["residence"].withdrawals) == 1


async def test_an_agency_that_decided_while_it_was_asked_back_is_told_as_the_others(
    system: SystemUnderTest,
) -> None:
    case = await open_case(system)
    system.agencies["civil_status"].unreachable = True
    system.agencies["residence"].unreachable = True
    correction = await correct(system, decision(case.code()))
    await case.until(lambda status: status.attention is Attention.CORRECTION)

    await case.decide("register_residence")

    system.agencies["residence"].answers["register_residence"] = []
    system.agencies["residence"].unreachable = False
    system.agencies["civil_status"].unreachable = False
    corrected = await correction.result()
    await case.result()
    told = system.agencies["residence"].book.told
    assert [key for key, _ in told] == [f"{case.code()}-register_residence-1"]
    assert corrected.state is CorrectionState.COMPLETED


async def test_nothing_goes_back_to_the_citizen_while_an_act_is_being_corrected(
    system: SystemUnderTest,
) -> None:
    case = await open_case(system)
    system.agencies["civil_status"].unreachable = True
    correction = await correct(system, decision(case.code()))
    await case.until_dossier("register_residence", "stopped")

    await system.pass_time(hours=3)

    assert not any("results" in key for key in system.notices.sent)
    system.agencies["civil_status"].unreachable = False
    await correction.result()
    await case.result()
    assert any("results" in key for key in system.notices.sent)


async def test_an_act_that_was_never_granted_cannot_be_corrected(system: SystemUnderTest) -> None:
    case = await open_case(system)

    report = await (await correct(system, decision(case.code(), act="register_residence"))).ended()

    assert report.state is CorrectionState.REFUSED
    assert [finding.rule for finding in report.errors] == ["not_granted"]
    assert (await case.status()).attention is Attention.NONE
    await case.decide("register_residence")
    await case.result()


async def test_a_corrected_act_leaves_open_dossiers_where_they_are(system: SystemUnderTest) -> None:
    case = await open_case(system)
    facts = {"full_name": "Lê Hoàng Đúng"}

    said = decision(case.code(), kind="corrected", facts=facts)
    corrected = await (await correct(system, said)).result()

    assert corrected.state is CorrectionState.COMPLETED
    assert (await case.dossier("register_residence")).state is DossierState.ACCEPTED
    await case.decide("register_residence")
    assert (await case.result()).state == "completed"


async def test_only_a_correction_may_speak_of_one_to_a_case(system: SystemUnderTest) -> None:
    case = await open_case(system)
    said = {
        "request_id": "x",
        "correction_id": "x",
        "kind": "revoked",
        "act": "register_birth",
    }

    rejected = await rules_of(case.say("correct", said, by=system.client_of("insurance")))

    assert rejected == ["not_yours"]
    await case.decide("register_residence")
    await case.result()


async def test_a_case_that_closes_meanwhile_is_corrected_from_the_book(
    system: SystemUnderTest,
) -> None:
    case = await open_case(system)
    correction: CorrectionHandle = await correct(system, decision(case.code(), approved_by=None))
    await correction.until(lambda one: one.state is CorrectionState.AWAITING_APPROVAL)
    await case.decide("register_residence")
    await case.ended()

    await correction.approve()
    report = await correction.result()

    assert report.case_was_open is False
    assert report.state is CorrectionState.COMPLETED
    assert {step.state for step in report.steps} == {StepState.ACKNOWLEDGED}


async def test_a_dossier_still_on_its_way_to_its_agency_is_corrected_once_it_is_there(
    system: SystemUnderTest,
) -> None:
    insurance = system.agencies["insurance"]
    away = BackendUnavailableError("insurance: no answer")
    with patch.object(insurance, "submit", AsyncMock(side_effect=away)):
        case = await system.declare("register_birth", "issue_card")
        await case.until_dossier("issue_card", "submitted")
        said = decision(case.code(), kind="corrected", facts={"full_name": "Lê Hoàng Đúng"})
        correction = await correct(system, said)
        await correction.until_step("relying.issue_card", "telling")
        await system.pass_time(minutes=5)
    report = await case.result()
    await correction.result()

    (filed,) = insurance.requests
    told = {key: receipt.effect for (key, _), (_, receipt) in insurance.book.told.items()}
    assert report.state == "completed"
    assert "Lê Hoàng Đúng" not in filed.model_dump_json()
    assert told == {filed.key: "renewed"}
