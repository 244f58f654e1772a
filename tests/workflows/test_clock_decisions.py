"""Calls that come early, crosswise or incomplete: each is taken once or told why not."""

import asyncio

import pytest
from temporalio.client import WorkflowUpdateFailedError
from temporalio.exceptions import ApplicationError

from harness.case_handle import CaseHandle, states_of
from harness.clock_scenes import (
    ACCEPTED,
    BIRTH,
    CARD,
    RESIDENCE,
    ask_for_supplement,
    days_from_now,
    finish,
    hand_in,
    held_by_residence,
)
from harness.system import SystemUnderTest


async def wrong(case: CaseHandle, procedure: str, **otherwise: object) -> list[tuple[str, str]]:
    """Which fields of a decision do not fit, and by which rules."""
    said = {
        "request_id": "yc-x",
        "procedure": procedure,
        "round": 1,
        "decision_id": "qd-x",
        "decided_by": "can-bo-01",
        "decided_at": (await case.system.now()).isoformat(),
    }
    with pytest.raises(WorkflowUpdateFailedError) as rejected:
        await case.say("decide", said | otherwise)
    assert isinstance(rejected.value.cause, ApplicationError)
    return [(finding["field"], finding["rule"]) for finding in rejected.value.cause.details]


async def unanswered(system: SystemUnderTest) -> CaseHandle:
    """A case whose filing at the residence police is tried and tried again."""
    system.agencies["residence"].unreachable = True
    case = await system.declare()
    await case.until_dossier(RESIDENCE, "submitted")
    await case.until_dossier(CARD, "granted")
    return case


async def test_a_reason_nobody_knows_is_refused(system: SystemUnderTest) -> None:
    case = await held_by_residence(system)

    found = await wrong(case, RESIDENCE, outcome="refused", reason_code="KHONG_THICH")
    await finish(case)

    assert found == [("reason_code", "unknown")]


async def test_a_grant_names_every_fact_it_lacks(system: SystemUnderTest) -> None:
    system.agencies["insurance"].answers[CARD] = [ACCEPTED]
    case = await system.declare()
    await case.until_dossier(CARD, "accepted")

    found = await wrong(case, CARD, outcome="granted", issued={"book": "1"})
    await finish(case, CARD)

    assert found == [("issued.insurance_number", "missing"), ("issued.card_number", "missing")]


async def test_a_decision_wrong_in_time_and_in_content_is_told_both(
    system: SystemUnderTest,
) -> None:
    case = await held_by_residence(system)

    found = await wrong(case, RESIDENCE, round=3, outcome="refused", reason_code="KHONG_THICH")
    await finish(case)

    assert found == [("round", "wrong_round"), ("reason_code", "unknown")]


@pytest.mark.parametrize("answer", ["granted", "refused"])
async def test_a_decision_may_come_before_the_receipt_of_the_submission(
    system: SystemUnderTest, answer: str
) -> None:
    case = await unanswered(system)

    await case.decide(RESIDENCE, answer)
    await system.pass_time(minutes=5)
    system.agencies["residence"].unreachable = False
    report = await case.result()

    assert states_of(report)[RESIDENCE] == answer
    assert case.events(RESIDENCE).count(f"dossier.{answer}") == 1


async def test_a_request_for_supplement_may_come_before_the_receipt_too(
    system: SystemUnderTest,
) -> None:
    case = await unanswered(system)

    await case.decide(RESIDENCE, "supplement")
    await system.pass_time(minutes=5)
    system.agencies["residence"].unreachable = False
    await hand_in(case)
    await system.pass_time(minutes=5)
    await finish(case)

    assert len(system.agencies["residence"].requests) == 1
    assert len(system.agencies["residence"].supplements) == 1


async def test_what_is_decided_while_the_agency_was_away_leaves_no_outage_open(
    system: SystemUnderTest,
) -> None:
    case = await unanswered(system)
    await system.pass_time(minutes=10)

    await case.decide(RESIDENCE)
    await case.result()

    held = (await case.clock(RESIDENCE)).holdings
    (closing,) = [entry for entry in case.entries() if entry.event == "case.closed"]
    assert all(one.until for one in held)
    assert closing.facts["clock_is_whole"] is True


async def test_a_verification_and_an_extension_at_once_both_count(system: SystemUnderTest) -> None:
    case = await held_by_residence(system)

    await asyncio.gather(case.extend(RESIDENCE), case.decide(RESIDENCE, "verify"))
    await system.pass_time(minutes=1)
    clock = (await case.clock(RESIDENCE)).clock
    await finish(case)

    assert clock is not None
    assert {change.move for change in clock.changes} == {"extension", "verification"}


async def test_of_two_extensions_at_once_one_is_refused(system: SystemUnderTest) -> None:
    case = await held_by_residence(system)

    answers = await asyncio.gather(
        case.extend(RESIDENCE), case.extend(RESIDENCE), return_exceptions=True
    )
    await finish(case)

    refused = [one for one in answers if isinstance(one, WorkflowUpdateFailedError)]
    assert len(refused) == 1
    assert len(case.moves(RESIDENCE)) == 1


async def test_a_calendar_and_an_extension_at_once_both_count(system: SystemUnderTest) -> None:
    friday, tuesday = await days_from_now(system, 3), await days_from_now(system, 7)
    case = await held_by_residence(system)

    system.decree_day_off(friday.date())
    await asyncio.gather(case.recalculate(), case.extend(RESIDENCE))
    due_at = await case.due_at(RESIDENCE)
    await finish(case)

    assert due_at == tuesday


async def test_a_decision_that_crosses_an_extension_ends_the_dossier_for_good(
    system: SystemUnderTest,
) -> None:
    case = await held_by_residence(system)

    await asyncio.gather(case.decide(RESIDENCE), case.extend(RESIDENCE), return_exceptions=True)
    report = await case.result()

    (closing,) = [entry for entry in case.entries() if entry.event == "case.closed"]
    assert states_of(report)[RESIDENCE] == "granted"
    assert closing.facts["clock_is_whole"] is True


async def test_a_first_step_refused_after_a_supplement_files_nothing_else(
    system: SystemUnderTest,
) -> None:
    system.agencies["civil_status"].answers[BIRTH] = [ACCEPTED]
    case = await system.declare()
    await case.until_dossier(BIRTH, "accepted")

    await case.decide(BIRTH, "supplement")
    await case.until(lambda status: status.state == "supplement_wanted")
    await case.decide(BIRTH, "refused")
    report = await case.result()

    assert report.state == "refused"
    assert system.agencies["residence"].requests == []


async def test_what_the_citizen_is_asked_for_twice_without_answering_stays_one_request(
    system: SystemUnderTest,
) -> None:
    case = await held_by_residence(system)
    await ask_for_supplement(case)
    first = await case.clock(RESIDENCE)

    await system.pass_time(hours=3)
    await case.decide(RESIDENCE, "supplement")
    second = await case.clock(RESIDENCE)
    await hand_in(case)
    await finish(case)

    assert first.paused_at == second.paused_at
