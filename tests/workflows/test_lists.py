"""Officials find cases by their attributes in the server's own lists."""

import pytest

from models.kernel.vocabulary import Outcome

from fakes.agencies import ScriptedAnswer
from harness.patience import found_in_time
from harness.system import SystemUnderTest


async def found(system: SystemUnderTest, query: str) -> set[str]:
    return {case.id async for case in system.client.list_workflows(query)}


@pytest.mark.parametrize(
    "query",
    [
        "CaseCode = '{code}'",
        "WaitingFor = 'residence' AND CaseState = 'in_progress'",
        "Province = '01' AND ProcedureGroup = 'birth' AND Attention = 'none'",
        "LawVersion = 'birth-nd63-2024' AND SlaStatus IN ('on_time', 'due_soon')",
    ],
)
async def test_an_open_case_is_found_by_what_it_waits_for(
    real_system: SystemUnderTest, query: str
) -> None:
    real_system.agencies["residence"].answers["register_residence"] = [
        ScriptedAnswer(outcome=Outcome.ACCEPTED)
    ]
    case = await real_system.declare("register_birth", "register_residence")
    await case.until_dossier("register_residence", "accepted")
    code = str((await case.status()).case_code)

    listed = await found_in_time(
        lambda: found(real_system, query.format(code=code)), lambda ids: case.handle.id in ids
    )
    await case.decide("register_residence")
    await case.result()

    assert case.handle.id in listed


async def test_a_finished_case_is_no_longer_among_those_that_wait(
    real_system: SystemUnderTest,
) -> None:
    case = await real_system.declare("register_birth")
    await case.result()

    completed = await found_in_time(
        lambda: found(real_system, "CaseState = 'completed'"), lambda ids: case.handle.id in ids
    )
    waiting = await found(real_system, "WaitingFor = 'civil_status'")

    assert case.handle.id in completed
    assert case.handle.id not in waiting
