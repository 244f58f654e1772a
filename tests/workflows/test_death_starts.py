"""`DeathGroup` is a workflow type of its own, and takes nothing but the declaration of a death."""

from datetime import timedelta
from typing import Any

from models.cases.status import CaseStatus
from workers.client.cases import CASES_QUEUE

from harness.case_in_hand import CaseInHand
from harness.desk import Desk
from harness.families import birth

AT_MOST = timedelta(minutes=5)


async def _ended(desk: Desk, raw: Any) -> CaseStatus:  # Any: whatever is said to be a declaration
    case_id = "death/01929.2026.02.153"
    handle = await desk.client.start_workflow(
        "DeathGroup", raw, id=case_id, task_queue=CASES_QUEUE, execution_timeout=AT_MOST
    )
    return await CaseInHand(desk, handle).ended()


async def test_every_wrong_field_of_a_death_is_named_when_its_case_closes(desk: Desk) -> None:
    report = await _ended(desk, {"schema": "death/1", "cause": "Suy hô hấp"})

    assert report.state == "refused_at_intake"
    assert report.group == "death"
    named = {(error.field, error.rule) for error in report.errors}
    assert {
        ("deceased", "required"),
        ("procedures", "required"),
        ("cause", "unknown_field"),
    } <= named
    assert "Suy hô hấp" not in report.model_dump_json()


async def test_a_birth_is_no_death(desk: Desk) -> None:
    report = await _ended(desk, birth(1, await desk.now()))

    assert report.state == "refused_at_intake"
    assert ("schema", "not_allowed") in {(error.field, error.rule) for error in report.errors}
    assert not any(agency.requests for agency in desk.agencies.values())
