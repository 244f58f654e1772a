"""One life event has one case, whatever its starters chose, and after its history is gone."""

from typing import Any

import pytest
from temporalio.common import WorkflowIDConflictPolicy

from models.cases.status import CaseStatus
from models.kernel.vocabulary import Outcome

from fakes.agencies import ScriptedAnswer
from harness.case_handle import CaseHandle
from harness.families import Raw, changed, without_notice
from harness.system import SystemUnderTest, own_system

Policies = dict[str, Any] | None  # Any: Temporal's own options
DEFAULTS: Policies = {}
USUAL: Policies = None


def id_of(raw: Raw) -> str:
    return f"birth/{raw['notice']['number']}"


def assert_is_told(second: CaseStatus, first: CaseStatus) -> None:
    assert second.state == "duplicate"
    assert second.duplicate_of == first.case_code
    assert second.case_code is None
    assert not second.dossiers


async def finished(system: SystemUnderTest, raw: Raw) -> CaseStatus:
    return await (await system.start(raw, case_id=id_of(raw))).result()


@pytest.mark.parametrize("policies", [USUAL, DEFAULTS], ids=["usual", "defaults"])
async def test_a_birth_declared_again_after_its_case_ended_is_told_its_code(
    system: SystemUnderTest, policies: Policies
) -> None:
    raw = await system.new_family()
    first = await finished(system, raw)

    again = await system.start(raw, case_id=id_of(raw), policies=policies)

    assert_is_told(await again.result(), first)


async def test_a_birth_declared_twice_at_once_is_one_case(system: SystemUnderTest) -> None:
    system.agencies["residence"].answers["register_residence"] = [
        ScriptedAnswer(outcome=Outcome.ACCEPTED),
        ScriptedAnswer(),
    ]
    raw = await system.new_family()

    first = await system.start(raw, case_id=id_of(raw))
    again = await system.start(raw, case_id=id_of(raw))

    assert first.handle.run_id == again.handle.run_id
    assert (await first.result()).state == "completed"


async def test_the_same_birth_under_another_id_is_told_the_first_code_while_it_still_runs(
    system: SystemUnderTest,
) -> None:
    system.agencies["residence"].unreachable = True
    raw = await system.new_family()
    running = await system.start(raw, case_id=id_of(raw))
    await running.until_dossier("issue_card", "granted")

    second = await (await system.start(raw, case_id="birth/x-other")).ended()
    system.agencies["residence"].unreachable = False

    assert_is_told(second, await running.result())


async def test_two_different_declarations_of_one_notice_are_one_case(
    system: SystemUnderTest,
) -> None:
    raw = await system.new_family()
    first = await finished(system, raw)

    otherwise = changed(raw, "child.full_name", "Lê Hoàng Khác")
    second = await (await system.start(otherwise, case_id="birth/x-other")).result()

    assert_is_told(second, first)


async def test_a_birth_is_remembered_after_its_history_is_gone(system: SystemUnderTest) -> None:
    raw = await system.new_family()
    first = await finished(system, raw)

    async with own_system(system.ring, system.register) as later:
        second = await finished(later, raw)

    assert_is_told(second, first)


async def test_one_birth_without_a_notice_told_twice_is_one_case(system: SystemUnderTest) -> None:
    raw = without_notice(await system.new_family())
    first = await (await system.start(raw, case_id="birth/x-1")).result()

    retold = changed(raw, "child.full_name", "Lê Hoàng Khác")
    second = await (await system.start(retold, case_id="birth/x-2")).result()

    assert first.state == "completed"
    assert_is_told(second, first)


async def test_a_birth_told_again_without_its_notice_is_one_case(system: SystemUnderTest) -> None:
    raw = await system.new_family()
    first = await finished(system, raw)

    second = await (await system.start(without_notice(raw), case_id="birth/x-1")).result()

    assert_is_told(second, first)


async def test_twins_without_a_notice_are_two_cases(system: SystemUnderTest) -> None:
    elder = changed(without_notice(await system.new_family()), "child.births", 2)
    younger = changed(elder, "child.birth_order", 2)

    first = await (await system.start(elder, case_id="birth/x-1")).result()
    second = await (await system.start(younger, case_id="birth/x-2")).result()

    assert (first.state, second.state) == ("completed", "completed")
    assert first.case_code != second.case_code


async def test_a_duplicate_files_nothing_and_shows_the_first_code(system: SystemUnderTest) -> None:
    raw = await system.new_family()
    first = await finished(system, raw)
    filed = [len(agency.requests) for agency in system.agencies.values()]

    case: CaseHandle = await system.start(raw, case_id="birth/x-other")
    await case.result()

    assert [len(agency.requests) for agency in system.agencies.values()] == filed
    assert str(first.case_code) in await case.card()
    assert case.events() == ["case.duplicated", "case.closed"]
    assert len(system.notices.sent) == 2


async def test_many_starts_of_one_birth_at_once_open_one_case(system: SystemUnderTest) -> None:
    raw = await system.new_family()
    cases = [await system.start(raw, case_id=f"birth/x-{number}") for number in range(8)]

    reports = [await case.result() for case in cases]

    (opened,) = [report for report in reports if report.state == "completed"]
    others = [report for report in reports if report is not opened]
    for other in others:
        assert_is_told(other, opened)


async def test_a_starter_may_fail_on_conflict_without_harm(system: SystemUnderTest) -> None:
    raw = await system.new_family()
    first = await system.start(raw, case_id=id_of(raw))

    policies = {"id_conflict_policy": WorkflowIDConflictPolicy.FAIL}
    report = await first.result()
    second = await (await system.start(raw, case_id=id_of(raw), policies=policies)).result()

    assert_is_told(second, report)
