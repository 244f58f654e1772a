"""`DeathGroup` is a workflow type of its own, and takes nothing but the declaration of a death."""

from datetime import timedelta
from typing import Any

from models.cases.status import CaseStatus
from workers.client.cases import CASES_QUEUE

from harness.case_handle import CaseHandle
from harness.families import birth
from harness.system import SystemUnderTest

AT_MOST = timedelta(minutes=5)


async def _ended(
    system: SystemUnderTest, raw: Any
) -> CaseStatus:  # Any: whatever is said to be a declaration
    case_id = "death/01929.2026.02.153"
    handle = await system.client.start_workflow(
        "DeathGroup", raw, id=case_id, task_queue=CASES_QUEUE, execution_timeout=AT_MOST
    )
    return await CaseHandle(system, handle).ended()


async def test_every_wrong_field_of_a_death_is_named_when_its_case_closes(
    system: SystemUnderTest,
) -> None:
    report = await _ended(system, {"schema": "death/1", "cause": "Suy hô hấp"})

    assert report.state == "refused_at_intake"
    assert report.group == "death"
    named = {(error.field, error.rule) for error in report.errors}
    assert {
        ("deceased", "required"),
        ("procedures", "required"),
        ("cause", "unknown_field"),
    } <= named
    assert "Suy hô hấp" not in report.model_dump_json()


async def test_a_birth_is_no_death(system: SystemUnderTest) -> None:
    report = await _ended(system, birth(1, await system.now()))

    assert report.state == "refused_at_intake"
    assert ("schema", "not_allowed") in {(error.field, error.rule) for error in report.errors}
    assert not any(agency.requests for agency in system.agencies.values())
