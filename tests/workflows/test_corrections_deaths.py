"""Somebody wrongly registered dead lives again everywhere, or the correction stays open."""

import json
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from models.contracts.lists import ListKind, ListLine, PersonList
from models.corrections.states import CorrectionState
from models.kernel.base import CaseCode
from workers.client.cases import CASES_QUEUE

from fakes.agencies import ScriptedAnswer
from harness.case_handle import CaseHandle
from harness.correction_handle import correct, decision
from harness.system import AT_MOST, SystemUnderTest

SAMPLE = Path(__file__).parents[1] / "data" / "death.json"
PERFORMED_BY = {"register_death": "civil_status", "remove_residence": "residence"}
ISSUED = {
    "register_death": {
        "registration_number": "1/2026",
        "certificate_number": "KT.00004.2026.000001",
        "registered_on": "2026-11-20",
    },
    "remove_residence": {"record_number": "XT.00004.2026.000001"},
}


async def registered_dead(system: SystemUnderTest) -> str:
    """A closed case of two procedures: the death is registered, the residence removed."""
    for agency, procedure in (
        ("civil_status", "register_death"),
        ("residence", "remove_residence"),
    ):
        system.agencies[agency].answers[procedure] = [ScriptedAnswer(issued=ISSUED[procedure])]
    raw: dict[str, Any] = json.loads(SAMPLE.read_text("utf-8"))
    died_at = await system.now() - timedelta(days=2)
    raw["deceased"]["died_at"] = died_at.replace(microsecond=0).isoformat()
    raw["notice"] |= {"issued_on": f"{died_at:%Y-%m-%d}", "year": died_at.year}
    raw |= {"procedures": list(ISSUED), "funeral": None, "relatives": [], "representative": None}
    notice = raw["notice"]
    parts = (notice["facility"], str(notice["year"]), notice["book"], notice["number"])
    handle = await system.client.start_workflow(
        "DeathGroup",
        raw,
        id="death/" + ".".join(part.upper().replace("/", "-") for part in parts),
        task_queue=CASES_QUEUE,
        run_timeout=AT_MOST,
    )
    report = await CaseHandle(system, handle).ended()
    assert report.state == "completed", report.errors
    return report.case_code or ""


def struck_off(system: SystemUnderTest, case_code: str) -> None:
    """The insurer was given the person on a list, and has ended the card."""
    line = ListLine(
        number=1, case_code=CaseCode(case_code), occurred_on=date(2026, 11, 20), facts={}
    )
    system.lists.lists["so-1"] = PersonList(
        number="so-1",
        kind=ListKind.STRIKE_OFFS,
        place="00004",
        place_name="Xã Mẫu",
        compiled_at=system.lists.at,
        lines=(line,),
        fee_per_line=7000,
        fee_total=7000,
    )


async def test_residence_and_card_of_who_is_alive_are_restored(system: SystemUnderTest) -> None:
    code = await registered_dead(system)
    struck_off(system, code)

    report = await (await correct(system, decision(code, act="register_death"))).result()

    assert report.state is CorrectionState.COMPLETED
    assert {step.id: step.effect for step in report.steps} == {
        "act.register_death": "revoked",
        "relying.remove_residence": "restored",
        "list.register_death": "restored",
    }


async def test_the_insurer_is_told_though_it_had_no_dossier_and_no_list_yet(
    system: SystemUnderTest,
) -> None:
    code = await registered_dead(system)

    report = await (await correct(system, decision(code, act="register_death"))).result()

    (step,) = [step for step in report.steps if step.id == "list.register_death"]
    assert (step.agency, step.key, step.effect) == ("insurance", code, "none")


async def test_a_person_is_not_left_half_dead_while_the_insurer_is_away(
    system: SystemUnderTest,
) -> None:
    code = await registered_dead(system)
    struck_off(system, code)
    system.lists.unreachable = True
    system.lists.retry_after = timedelta(hours=6)
    correction = await correct(system, decision(code, act="register_death"))

    await system.pass_time(days=2)

    status = await correction.until_step("list.register_death", "unreachable")
    assert status.effect is None
    assert (await correction.status()).closed_at is None
    system.lists.unreachable = False
    report = await correction.result()
    assert report.state is CorrectionState.COMPLETED
