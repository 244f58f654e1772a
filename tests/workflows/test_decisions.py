"""What an agency calls in with: a `decide` that fits is taken once, any other is told why."""

from datetime import timedelta
from typing import Any

import pytest
from temporalio.client import WorkflowUpdateFailedError
from temporalio.exceptions import ApplicationError

from models.kernel.vocabulary import Outcome

from fakes.agencies import ScriptedAnswer
from harness.case_handle import ANSWER, CaseHandle, dossier_of
from harness.system import SystemUnderTest

RESIDENCE = "register_residence"
ACCEPTED = ScriptedAnswer(outcome=Outcome.ACCEPTED)

Wrong = list[tuple[str, str]]


async def waiting(system: SystemUnderTest) -> CaseHandle:
    """A case whose residence police owes a decision."""
    system.agencies["residence"].answers[RESIDENCE] = [ACCEPTED]
    case = await system.declare()
    await case.until_dossier(RESIDENCE, "accepted")
    return case


async def rejection(case: CaseHandle, update: str, argument: object) -> Wrong:
    """Which fields are wrong, and by which rules."""
    with pytest.raises(WorkflowUpdateFailedError) as rejected:
        await case.say(update, argument)
    return wrong_fields(rejected.value)


def wrong_fields(error: WorkflowUpdateFailedError) -> Wrong:
    assert isinstance(error.cause, ApplicationError)
    return [(finding["field"], finding["rule"]) for finding in error.cause.details]


async def finish(case: CaseHandle) -> None:
    await case.decide(RESIDENCE)
    await case.result()


@pytest.mark.parametrize(
    ("answer", "state"), [("granted", "completed"), ("refused", "partly_completed")]
)
async def test_a_decision_called_in_settles_its_dossier_at_once(
    system: SystemUnderTest, answer: str, state: str
) -> None:
    case = await waiting(system)

    said = await case.decide(RESIDENCE, answer)
    residence = await case.dossier(RESIDENCE)
    report = await case.result()

    assert said == {"accepted": True, "case_code": report.case_code, "state": state}
    assert residence.state == answer
    assert report.state == state


async def test_what_a_decision_issues_reaches_the_citizen(system: SystemUnderTest) -> None:
    case = await waiting(system)

    await case.decide(RESIDENCE, issued={"record_number": "TT.00004.9"})
    report = await case.result()

    bundle = system.notices.sent[f"{report.case_code}-results"]
    assert dossier_of(report, RESIDENCE).issued == {"record_number": "TT.00004.9"}
    assert bundle.attachments[RESIDENCE] == {"record_number": "TT.00004.9"}


async def test_a_decision_called_in_before_the_filing_is_answered_is_not_lost(
    system: SystemUnderTest,
) -> None:
    system.agencies["residence"].unreachable = True
    case = await system.declare()
    await case.until_dossier(RESIDENCE, "submitted")

    await case.decide(RESIDENCE)
    report = await case.result()

    assert report.state == "completed"


async def test_the_same_decision_by_poll_and_by_call_is_one(system: SystemUnderTest) -> None:
    case = await waiting(system)
    found = ScriptedAnswer(outcome=Outcome.VERIFY)
    system.agencies["residence"].answers[RESIDENCE] = [found]
    await system.pass_time(minutes=16)
    (key, (_, answer)) = next(iter(system.agencies["residence"]._known.items()))

    await case.decide(RESIDENCE, "verify", decision_id=answer.decision_id)
    await finish(case)

    assert key.endswith("register_residence-1")
    assert case.events(RESIDENCE).count("dossier.verifying") == 1


async def test_a_decision_told_twice_is_taken_once(system: SystemUnderTest) -> None:
    case = await waiting(system)

    first = await case.decide(RESIDENCE, "verify", decision_id="qd-7")
    again = await case.decide(RESIDENCE, "verify", decision_id="qd-7")
    await finish(case)

    assert first == again
    assert case.events(RESIDENCE).count("dossier.verifying") == 1


async def test_an_older_decision_told_after_a_newer_one_leads_nowhere_back(
    system: SystemUnderTest,
) -> None:
    case = await waiting(system)
    now = await system.now()
    before = (now - timedelta(minutes=5)).isoformat()
    older = {**ANSWER["verify"], "request_id": "yc-1", "procedure": RESIDENCE, "round": 1}
    older |= {"decision_id": "qd-1", "decided_by": "can-bo-01", "decided_at": before}
    await case.decide(RESIDENCE, "supplement", decision_id="qd-2")

    wrong = await rejection(case, "decide", older)
    still = await case.dossier(RESIDENCE)
    await finish(case)

    assert wrong == [("decided_at", "outdated")]
    assert still.state == "supplement_wanted"


async def test_a_request_sent_twice_is_answered_the_same(system: SystemUnderTest) -> None:
    case = await waiting(system)

    first = await case.decide(RESIDENCE, "verify", request_id="yc-a", decision_id="qd-1")
    again = await case.decide(RESIDENCE, "granted", request_id="yc-a", decision_id="qd-2")
    still = await case.dossier(RESIDENCE)
    await finish(case)

    assert first == again
    assert still.state == "verifying"


async def test_another_decision_on_a_settled_dossier_is_refused(system: SystemUnderTest) -> None:
    system.agencies["insurance"].answers["issue_card"] = [ACCEPTED]
    case = await waiting(system)
    await case.decide(RESIDENCE)

    with pytest.raises(WorkflowUpdateFailedError) as rejected:
        await case.decide(RESIDENCE, "refused")
    await case.decide("issue_card")
    report = await case.result()

    assert wrong_fields(rejected.value) == [("procedure", "already_decided")]
    assert dossier_of(report, RESIDENCE).outcome == "granted"


@pytest.mark.parametrize(
    ("otherwise", "wrong"),
    [
        ({"procedure": "issue_passport"}, ("procedure", "unknown")),
        ({"round": 2}, ("round", "wrong_round")),
        ({"outcome": "accepted"}, ("outcome", "not_a_decision")),
        ({"outcome": "refused"}, ("reason_code", "missing")),
        ({"outcome": "supplement"}, ("items", "missing")),
        ({"outcome": "refused", "reason_code": ""}, ("reason_code", "missing")),
    ],
    ids=["procedure", "round", "accepted", "reason", "items", "empty-reason"],
)
async def test_a_decision_that_does_not_fit_is_rejected_and_leaves_no_trace(
    system: SystemUnderTest, otherwise: dict[str, Any], wrong: tuple[str, str]
) -> None:
    case = await waiting(system)

    with pytest.raises(WorkflowUpdateFailedError) as rejected:
        await case.decide(RESIDENCE, **otherwise)
    after = await case.dossier(RESIDENCE)
    unchanged = (await case.history()).count("EVENT_TYPE_WORKFLOW_EXECUTION_UPDATE_ACCEPTED")
    await finish(case)

    assert wrong_fields(rejected.value) == [wrong]
    assert after.state == "accepted"
    assert unchanged == 0


async def test_a_branch_cannot_be_decided_before_it_is_filed(system: SystemUnderTest) -> None:
    system.agencies["civil_status"].unreachable = True
    case = await system.declare()
    await case.until_dossier(RESIDENCE, "waiting")

    with pytest.raises(WorkflowUpdateFailedError) as rejected:
        await case.decide(RESIDENCE)
    system.agencies["civil_status"].unreachable = False
    await case.result()

    assert wrong_fields(rejected.value) == [("procedure", "not_filed_yet")]


async def test_every_wrong_field_of_a_decision_is_named_at_once(system: SystemUnderTest) -> None:
    case = await waiting(system)

    wrong = await rejection(
        case,
        "decide",
        {"procedure": RESIDENCE, "round": 0, "outcome": "perhaps", "decided_at": "hôm qua", "x": 1},
    )
    await finish(case)

    assert {field for field, _ in wrong} == {
        "request_id",
        "round",
        "decision_id",
        "outcome",
        "decided_by",
        "decided_at",
        "x",
    }


@pytest.mark.parametrize("update", ["decide", "supplement", "resume"])
async def test_an_update_of_another_shape_is_answered_and_breaks_nothing(
    system: SystemUnderTest, update: str
) -> None:
    case = await waiting(system)

    shapes: tuple[object, ...] = ("text", 7, ["list"], None, {})
    answers = [await rejection(case, update, shape) for shape in shapes]
    await finish(case)

    assert all(answers)


async def test_why_an_update_is_rejected_is_said_in_vietnamese(system: SystemUnderTest) -> None:
    case = await waiting(system)

    with pytest.raises(WorkflowUpdateFailedError) as rejected:
        await case.say("decide", {"round": 0, "outcome": "perhaps", "decided_at": "hôm qua"})
    await finish(case)

    assert isinstance(rejected.value.cause, ApplicationError)
    for finding in rejected.value.cause.details:
        assert not finding["message"].isascii()


async def test_why_a_decision_is_rejected_repeats_nothing_that_was_said(
    system: SystemUnderTest,
) -> None:
    case = await waiting(system)

    with pytest.raises(WorkflowUpdateFailedError) as rejected:
        await case.decide(RESIDENCE, outcome="Nguyễn Văn Bí Mật", round="001195004321")
    await finish(case)

    assert isinstance(rejected.value.cause, ApplicationError)
    told = f"{rejected.value.cause.message}{rejected.value.cause.details}"
    assert "Bí Mật" not in told
    assert "001195004321" not in told


async def test_an_agency_decides_with_a_key_of_its_own(system: SystemUnderTest) -> None:
    case = await waiting(system)

    said = await case.decide(RESIDENCE, by=system.client_of("residence"))
    report = await case.result()

    assert said["accepted"] is True
    assert report.state == "completed"


async def test_an_agency_cannot_decide_for_another(system: SystemUnderTest) -> None:
    case = await waiting(system)

    with pytest.raises(WorkflowUpdateFailedError) as rejected:
        await case.decide(RESIDENCE, by=system.client_of("insurance"))
    await finish(case)

    assert wrong_fields(rejected.value) == [("procedure", "not_yours")]


async def test_a_decision_under_an_unknown_key_is_rejected(system: SystemUnderTest) -> None:
    case = await waiting(system)

    with pytest.raises(WorkflowUpdateFailedError) as rejected:
        await case.decide(RESIDENCE, by=system.unknown_client())
    await finish(case)

    assert wrong_fields(rejected.value) == [("", "sealed")]
