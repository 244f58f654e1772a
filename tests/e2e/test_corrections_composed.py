"""A revoked birth on the composed stack: real agencies, and the command line."""

import json
from pathlib import Path

import pytest

from models.cases.status import CaseStatus
from models.corrections.states import CorrectionState
from models.corrections.status import CorrectionStatus
from workers.client.corrections import CorrectionClient

from harness.country import Country
from harness.small_commands import lienthong

pytestmark = pytest.mark.timeout(240)


async def born(country: Country) -> CaseStatus:
    births = await country.births(1)
    await country.start(births)
    (report,) = await country.reports(births)
    assert report.case_code is not None
    return report


def said(report: CaseStatus, number: str, **otherwise: object) -> dict[str, object]:
    return {
        "correction_id": number,
        "case_code": report.case_code,
        "kind": "revoked",
        "act": "register_birth",
        "decided_by": "canbo-01",
        "approved_by": "pheduyet-02",
        "legal_basis": "Quyết định thử",
    } | otherwise


async def test_a_revoked_birth_leaves_no_card_and_no_residence_entry(country: Country) -> None:
    report = await born(country)
    desk = CorrectionClient(country.client)

    workflow_id = await desk.start(said(report, "e2e-1"), "e2e-1")
    corrected: CorrectionStatus = await desk.result(workflow_id)

    effects = {step.id: step.effect for step in corrected.steps}
    assert corrected.state is CorrectionState.COMPLETED
    assert effects["act.register_birth"] == "revoked"
    assert effects["relying.issue_card"] == "cancelled"
    assert effects["relying.register_residence"] == "cancelled"


async def test_a_correction_is_started_approved_and_read_at_the_command_line(
    country: Country, tmp_path: Path
) -> None:
    report = await born(country)
    file = tmp_path / "quyet-dinh.json"
    file.write_text(json.dumps(said(report, "e2e-2", approved_by=None)), "utf-8")

    started = await lienthong(country, "correct", str(file), "--json")
    himself = await lienthong(country, "approve", "e2e-2", "--by", "canbo-01", "--json")
    approved = await lienthong(country, "approve", "e2e-2", "--by", "pheduyet-02")
    ended = await lienthong(country, "correct", "e2e-2", "--wait", "--json")
    again = await lienthong(country, "correct", str(file), "--json")

    assert started.exit_code == 0, started.stderr
    assert json.loads(started.stdout)["state"] == CorrectionState.AWAITING_APPROVAL
    assert himself.exit_code == 2
    assert approved.exit_code == 0, approved.stderr
    assert ended.exit_code == 0, ended.stderr
    assert json.loads(ended.stdout)["state"] == CorrectionState.COMPLETED
    assert again.exit_code == 1
    assert json.loads(again.stdout)["is_duplicate"]
