"""A start that is no sound decision closes at once with every wrong field, and touches nothing."""

import json
from typing import Any

import pytest

from models.corrections.words import CorrectionState

from harness.correction_in_hand import correct, decision
from harness.desk import Desk

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
    desk: Desk, wrong: dict[str, Any], fields: list[str]
) -> None:
    case = await desk.declare()
    report = await case.ended()

    told = await (await correct(desk, decision(report.case_code or "") | wrong)).ended()

    assert told.state is CorrectionState.REFUSED
    assert [finding.field for finding in told.errors] == fields
    assert not desk.agencies["civil_status"].book.told


async def test_a_start_under_another_id_is_refused(desk: Desk) -> None:
    report = await (await desk.declare()).ended()

    said = decision(report.case_code or "")
    told = await (await correct(desk, said, id="correction/other")).ended()

    assert [finding.rule for finding in told.errors] == ["other_workflow"]


async def test_what_is_no_object_at_all_is_refused_too(desk: Desk) -> None:
    told = await (await correct(desk, ["x"], id="correction/x")).ended()  # type: ignore[arg-type]  # on purpose

    assert told.state is CorrectionState.REFUSED


async def test_a_plain_start_is_refused_unless_a_setting_permits_it(desk: Desk) -> None:
    report = await (await desk.declare()).ended()
    said = decision(report.case_code or "")

    refused = await (await correct(desk, said, by=desk.stranger())).ended()
    desk.permit(allow_plain_starts=True)
    taken = await (await correct(desk, said, by=desk.stranger())).ended()

    assert [finding.rule for finding in refused.errors] == ["plain_start"]
    assert taken.state is CorrectionState.COMPLETED


async def test_facts_stand_nowhere_in_the_open(desk: Desk) -> None:
    report = await (await desk.declare()).ended()
    said = decision(report.case_code or "", kind="corrected", facts={"full_name": "Tên Bí Mật"})

    correction = await correct(desk, said)
    told = await correction.ended()

    ledger = json.dumps([e.model_dump(mode="json") for e in correction.entries()])
    history = await correction.handle.fetch_history()
    assert "Bí Mật" not in told.model_dump_json() + ledger
    assert "Bí Mật".encode() not in b"".join(e.SerializeToString() for e in history.events)
    assert json.dumps("Bí Mật") not in ledger
