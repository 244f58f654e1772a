"""A start that is no sound decision closes at once with every wrong field, and touches nothing."""

import json
from typing import Any

import pytest

from models.corrections.states import CorrectionState

from harness.correction_handle import correct, decision
from harness.system import SystemUnderTest

UNKNOWN_CASE = "H26.05.13-991231-9999"


@pytest.mark.parametrize(
    ("wrong", "fields"),
    [
        ({"case_code": UNKNOWN_CASE}, ["case_code"]),
        ({"approved_by": "CANBO-01"}, ["approved_by"]),
        ({"decided_by": "Nguyễn Văn A"}, ["decided_by"]),
        ({"kind": "deleted", "legal_basis": ""}, ["kind", "legal_basis"]),
        ({"kind": "corrected"}, ["facts"]),
        ({"facts": {"full_name": "Mẫu"}}, ["facts"]),
        ({"aproved_by": "pheduyet-02"}, ["aproved_by"]),
    ],
)
async def test_every_wrong_field_is_named(
    system: SystemUnderTest, wrong: dict[str, Any], fields: list[str]
) -> None:
    case = await system.declare()
    report = await case.ended()

    told = await (await correct(system, decision(report.case_code or "") | wrong)).ended()

    assert told.state is CorrectionState.REFUSED
    assert [finding.field for finding in told.errors] == fields
    assert not system.agencies["civil_status"].book.told


async def test_a_start_under_another_id_is_refused(system: SystemUnderTest) -> None:
    report = await (await system.declare()).ended()

    said = decision(report.case_code or "")
    told = await (await correct(system, said, id="correction/other")).ended()

    assert [finding.rule for finding in told.errors] == ["other_workflow"]


async def test_what_is_no_object_at_all_is_refused_too(system: SystemUnderTest) -> None:
    told = await (await correct(system, ["x"], id="correction/x")).ended()  # type: ignore[arg-type]  # on purpose

    assert told.state is CorrectionState.REFUSED


async def test_a_plain_start_is_refused_unless_a_setting_permits_it(
    system: SystemUnderTest,
) -> None:
    report = await (await system.declare()).ended()
    said = decision(report.case_code or "")

    refused = await (await correct(system, said, by=system.stranger())).ended()
    system.permit(allow_plain_starts=True)
    taken = await (await correct(system, said, by=system.stranger())).ended()

    assert [finding.rule for finding in refused.errors] == ["plain_start"]
    assert taken.state is CorrectionState.COMPLETED


async def test_facts_stand_nowhere_in_the_open(system: SystemUnderTest) -> None:
    report = await (await system.declare()).ended()
    said = decision(report.case_code or "", kind="corrected", facts={"full_name": "Tên Bí Mật"})

    correction = await correct(system, said)
    told = await correction.ended()

    ledger = json.dumps([e.model_dump(mode="json") for e in correction.entries()])
    history = await correction.handle.fetch_history()
    assert "Bí Mật" not in told.model_dump_json() + ledger
    assert "Bí Mật".encode() not in b"".join(e.SerializeToString() for e in history.events)
    assert json.dumps("Bí Mật") not in ledger
