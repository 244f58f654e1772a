"""A decision about a finished act reaches everybody who relied on it, whatever is in the way."""

from datetime import timedelta
from unittest.mock import AsyncMock, patch

import pytest
from temporalio.client import WorkflowFailureError

from models.contracts.corrections import CorrectionNotice
from models.corrections.states import CorrectionState, StepState
from models.kernel.errors import BackendContractError
from models.kernel.vocabulary import Attention

from harness.correction_handle import correct, decision, rules_of
from harness.system import SystemUnderTest


async def closed_case(system: SystemUnderTest) -> str:
    case = await system.declare()
    report = await case.ended()
    assert report.case_code is not None
    return report.case_code


def told_to(system: SystemUnderTest) -> list[CorrectionNotice]:
    """Every notice an agency was given, as it keeps it."""
    agencies = system.agencies.values()
    return [notice for agency in agencies for notice, _ in agency.book.told.values()]


async def test_a_revoked_birth_cancels_the_card_and_the_residence_entry(
    system: SystemUnderTest,
) -> None:
    code = await closed_case(system)

    report = await (await correct(system, decision(code))).ended()

    assert report.state is CorrectionState.COMPLETED
    assert report.case_was_open is False
    assert {step.id: step.effect for step in report.steps} == {
        "act.register_birth": "revoked",
        "relying.register_residence": "cancelled",
        "relying.issue_card": "cancelled",
        "list.issue_card": "none",
    }


async def test_the_agency_of_the_act_acknowledges_before_anybody_else_is_told(
    system: SystemUnderTest,
) -> None:
    code = await closed_case(system)
    system.agencies["civil_status"].unreachable = True
    correction = await correct(system, decision(code))
    await correction.until_step("act.register_birth", StepState.TELLING)

    await system.pass_time(minutes=5)

    status = await correction.until_step("act.register_birth", StepState.UNREACHABLE)
    waiting = await correction.status()
    assert status.acknowledged_at is None
    assert {step.state for step in waiting.steps[1:]} == {StepState.WAITING}
    assert not system.agencies["insurance"].book.told
    system.agencies["civil_status"].unreachable = False
    assert (await correction.result()).state is CorrectionState.COMPLETED


async def test_an_agency_that_is_down_for_days_shows_as_an_outage_and_delays_only_itself(
    system: SystemUnderTest,
) -> None:
    code = await closed_case(system)
    system.agencies["residence"].unreachable = True
    system.agencies["residence"].retry_after = timedelta(hours=6)
    correction = await correct(system, decision(code))

    await system.pass_time(days=3)

    status = await correction.until_step("relying.register_residence", StepState.UNREACHABLE)
    card = await correction.until_step("relying.issue_card", StepState.ACKNOWLEDGED)
    assert status.effect is None
    assert card.effect == "cancelled"
    system.agencies["residence"].unreachable = False
    report = await correction.result()
    assert report.state is CorrectionState.COMPLETED
    assert all(step.state is StepState.ACKNOWLEDGED for step in report.steps)
    assert correction.events().count("agency.unreachable") == 1
    assert correction.events().count("agency.reached") == 1


async def test_an_outage_ends_on_record_also_where_the_agency_comes_back_with_nonsense(
    system: SystemUnderTest,
) -> None:
    code = await closed_case(system)
    system.agencies["residence"].unreachable = True
    correction = await correct(system, decision(code))
    await correction.until_step("relying.register_residence", StepState.UNREACHABLE)

    system.agencies["residence"].fault = BackendContractError("residence: no receipt")
    system.agencies["residence"].unreachable = False
    await system.pass_time(minutes=2)
    await correction.until_step("relying.register_residence", StepState.PARKED)

    system.agencies["residence"].fault = None
    await correction.resume("relying.register_residence")
    assert (await correction.ended()).state is CorrectionState.COMPLETED
    assert correction.events().count("agency.reached") == 1


async def test_a_correction_without_a_second_person_waits_for_one_and_reminds_them(
    system: SystemUnderTest,
) -> None:
    code = await closed_case(system)
    correction = await correct(system, decision(code, approved_by=None))
    await correction.until(lambda one: one.state is CorrectionState.AWAITING_APPROVAL)

    await system.pass_time(days=12)

    assert (await correction.status()).state is CorrectionState.AWAITING_APPROVAL
    assert not system.agencies["civil_status"].book.told
    assert correction.events().count("approval.reminded") == 3
    await correction.approve()
    report = await correction.result()
    assert report.state is CorrectionState.COMPLETED
    assert report.approved_by == "pheduyet-02"


async def test_who_decided_cannot_approve(system: SystemUnderTest) -> None:
    code = await closed_case(system)
    correction = await correct(system, decision(code, approved_by=None))
    await correction.until(lambda one: one.state is CorrectionState.AWAITING_APPROVAL)

    rejected = await rules_of(correction.approve(by="CANBO-01"))

    assert rejected == ["same_person"]
    await correction.approve(agrees=False, reason="Nhầm hồ sơ")
    assert (await correction.ended()).state is CorrectionState.DISAGREED
    assert not system.agencies["civil_status"].book.told


async def test_an_approval_said_twice_is_one(system: SystemUnderTest) -> None:
    code = await closed_case(system)
    system.agencies["insurance"].unreachable = True
    correction = await correct(system, decision(code, approved_by=None))
    await correction.until(lambda one: one.state is CorrectionState.AWAITING_APPROVAL)

    first = await correction.approve(request_id="same")
    again = await correction.approve(request_id="same")

    assert first == again
    system.agencies["insurance"].unreachable = False
    await correction.result()
    assert correction.events().count("correction.approved") == 1


async def test_nonsense_from_one_agency_parks_that_step_until_a_person_resumes_it(
    system: SystemUnderTest,
) -> None:
    code = await closed_case(system)
    system.agencies["residence"].fault = BackendContractError("residence: the answer is no answer")
    correction = await correct(system, decision(code))

    parked = await correction.until_step("relying.register_residence", StepState.PARKED)
    await correction.until_step("relying.issue_card", StepState.ACKNOWLEDGED)

    assert parked.parked_because == "BackendContractError"
    system.agencies["residence"].fault = None
    await correction.resume("relying.register_residence")
    assert (await correction.ended()).state is CorrectionState.COMPLETED


async def test_a_correction_whose_end_cannot_be_put_on_record_calls_for_a_person(
    system: SystemUnderTest,
) -> None:
    code = await closed_case(system)
    system.agencies["insurance"].unreachable = True
    correction = await correct(system, decision(code))
    await correction.until_step("relying.register_residence", StepState.ACKNOWLEDGED)
    fault = BackendContractError("our database: keep a correction: impossible")
    with patch.object(system.book, "keep", AsyncMock(side_effect=fault)):
        system.agencies["insurance"].unreachable = False
        await system.pass_time(minutes=2)
        parked = await correction.until(lambda one: one.attention is Attention.PARKED)

    await correction.resume()
    report = await correction.ended()

    assert parked.closed_at is not None
    assert (report.state, report.attention) == (CorrectionState.COMPLETED, Attention.NONE)


async def test_everything_about_a_correction_stands_in_the_ledger_under_the_code_of_its_case(
    system: SystemUnderTest,
) -> None:
    code = await closed_case(system)
    correction = await correct(system, decision(code))

    await correction.ended()

    entries = {str(entry.event): entry for entry in correction.entries()}
    assert entries["correction.taken"].facts["decided_by"] == "canbo-01"
    assert entries["correction.approved"].facts == {"by": "pheduyet-02"}
    assert correction.events().count("correction.acknowledged") == 4
    assert entries["correction.closed"].facts["state"] == CorrectionState.COMPLETED


async def test_workers_that_die_in_the_middle_lose_nothing_and_double_nothing(
    real_system: SystemUnderTest,
) -> None:
    system = real_system
    code = await closed_case(system)
    system.agencies["insurance"].unreachable = True
    correction = await correct(system, decision(code))
    await correction.until_step("relying.register_residence", StepState.ACKNOWLEDGED)

    await system.restart()

    system.agencies["insurance"].unreachable = False
    report = await correction.result()
    assert report.state is CorrectionState.COMPLETED
    assert len(system.agencies["residence"].book.told) == 1
    assert correction.events().count("correction.acknowledged") == 4


async def test_a_correction_carried_out_before_answers_what_became_of_it(
    system: SystemUnderTest,
) -> None:
    code = await closed_case(system)
    said = decision(code)
    first = await (await correct(system, said)).ended()

    again = await (await correct(system, said)).ended()

    assert again.is_duplicate
    assert again.model_copy(update={"is_duplicate": False}) == first
    assert len(system.agencies["residence"].book.told) == 1


async def test_the_number_of_a_carried_out_decision_cannot_be_used_for_another(
    system: SystemUnderTest,
) -> None:
    code = await closed_case(system)
    said = decision(code)
    await (await correct(system, said)).ended()

    other = await (await correct(system, said | {"legal_basis": "Quyết định khác"})).ended()

    assert [finding.rule for finding in other.errors] == ["other_content"]


async def test_a_revoked_act_cannot_be_revoked_again(system: SystemUnderTest) -> None:
    code = await closed_case(system)
    await (await correct(system, decision(code))).ended()

    again = await (await correct(system, decision(code))).ended()
    downstream = await (await correct(system, decision(code, act="issue_card"))).ended()

    assert again.state is downstream.state is CorrectionState.REFUSED
    assert [finding.rule for finding in again.errors] == ["already_revoked"]
    assert [finding.rule for finding in downstream.errors] == ["already_revoked"]


async def test_two_corrections_of_one_case_run_one_after_the_other(system: SystemUnderTest) -> None:
    code = await closed_case(system)
    system.agencies["residence"].unreachable = True
    facts = {"child.full_name": "Lê Hoàng Đúng"}
    first = await correct(system, decision(code, kind="corrected", facts=facts))
    await first.until_step("relying.issue_card", StepState.ACKNOWLEDGED)
    second = await correct(system, decision(code))

    queued = await second.until(lambda one: one.state is CorrectionState.QUEUED)

    assert queued.steps == ()
    system.agencies["residence"].unreachable = False
    assert (await first.result()).state is CorrectionState.COMPLETED
    assert (await second.result()).state is CorrectionState.COMPLETED


async def test_a_corrected_act_renews_what_relied_on_it(system: SystemUnderTest) -> None:
    code = await closed_case(system)
    facts = {"child.full_name": "Lê Hoàng Đúng"}

    report = await (await correct(system, decision(code, kind="corrected", facts=facts))).ended()

    effects = {step.id: step.effect for step in report.steps}
    assert effects["act.register_birth"] == "corrected"
    assert effects["relying.issue_card"] == effects["relying.register_residence"] == "renewed"


async def test_a_correction_cancelled_half_way_is_finished_when_it_is_started_again(
    system: SystemUnderTest,
) -> None:
    code = await closed_case(system)
    said = decision(code)
    system.agencies["residence"].unreachable = True
    first = await correct(system, said)
    await first.until_step("relying.issue_card", StepState.ACKNOWLEDGED)
    await first.handle.cancel()
    with pytest.raises(WorkflowFailureError):
        await first.ended()
    system.agencies["residence"].unreachable = False

    report = await (await correct(system, said | {"approved_by": "khac-07"})).result()

    notices = {notice.model_dump_json() for notice in told_to(system)}
    assert first.events()[-2:] == ["correction.cancelled", "correction.closed"]
    assert report.state is CorrectionState.COMPLETED
    assert len(notices) == 1


async def test_an_ending_nobody_hears_of_because_the_database_is_away_comes_later(
    system: SystemUnderTest,
) -> None:
    code = await closed_case(system)
    system.agencies["insurance"].unreachable = True
    correction = await correct(system, decision(code))
    await correction.until_step("relying.register_residence", StepState.ACKNOWLEDGED)
    system.book.away = True
    system.agencies["insurance"].unreachable = False

    await system.pass_time(minutes=10)

    assert (await correction.status()).closed_at is not None
    system.book.away = False
    assert (await correction.result()).state is CorrectionState.COMPLETED
    assert system.book.corrections[(await correction.status()).correction_id or ""].is_in_force
