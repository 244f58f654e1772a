"""One representative: confirmed by every relative, or in writing, or this dossier alone ends."""

from datetime import timedelta

import pytest
from temporalio.client import WorkflowUpdateFailedError

from models.kernel.vocabulary import Outcome

from fakes.agencies import ScriptedAnswer
from harness.case_handle import CaseHandle, dossier_of
from harness.correction_handle import rules_of
from harness.families import DAUGHTER, WIDOW, Raw
from harness.system import SystemUnderTest

LUMP_SUM = "survivor_lump_sum"
FORM = "VAN_BAN_CU_DAI_DIEN"


def named(raw: Raw) -> Raw:
    return raw | {"representative": DAUGHTER}


async def declare(system: SystemUnderTest) -> CaseHandle:
    return await system.declare_death("register_death", "remove_residence", LUMP_SUM, change=named)


async def confirm(
    case: CaseHandle, relative: str = WIDOW, whom: str = DAUGHTER, *, agrees: bool = True
) -> None:
    said = {"request_id": f"c-{relative}-{whom}-{agrees}", "agrees": agrees}
    await case.say("confirm_representative", said | {"relative": relative, "representative": whom})


async def test_the_declarants_word_counts_and_the_last_relatives_completes_it(
    system: SystemUnderTest,
) -> None:
    case = await declare(system)
    await case.until_dossier(LUMP_SUM, "supplement_wanted")

    await confirm(case)
    report = await case.result()

    (filed,) = [r for r in system.agencies["insurance"].requests if r.procedure == LUMP_SUM]
    assert report.state == "completed"
    assert filed.evidence["representation"] == {
        "representative": DAUGHTER,
        "by": "relatives",
        "reference": None,
    }


async def test_the_family_holds_the_case_meanwhile_and_nobody_else_waits(
    system: SystemUnderTest,
) -> None:
    case = await declare(system)
    waiting = await case.until_dossier(LUMP_SUM, "supplement_wanted")
    struck_off = await case.until_dossier("remove_residence", "granted")

    shown = await case.attributes()
    status = await case.status()
    await confirm(case)
    await case.result()

    assert waiting.holder == "citizen"
    assert [item.code for item in waiting.items] == ["XAC_NHAN_DAI_DIEN"]
    assert struck_off.state == "granted"
    assert shown["WaitingFor"] == ["citizen"]
    assert (status.state, status.sla) == ("supplement_wanted", "paused")


async def test_a_family_is_asked_and_reminded_once_each(system: SystemUnderTest) -> None:
    case = await declare(system)
    await case.until_dossier(LUMP_SUM, "supplement_wanted")
    code = (await case.dossier(LUMP_SUM)).code

    await system.pass_time(days=6)
    await confirm(case)
    await case.result()

    told = [key for key in system.notices.sent if key.startswith(f"{code}-confirmation")]
    assert told == [f"{code}-confirmation-asked", f"{code}-confirmation-reminder"]


async def test_after_five_working_days_the_written_form_takes_its_place(
    system: SystemUnderTest,
) -> None:
    case = await declare(system)
    await case.until_dossier(LUMP_SUM, "supplement_wanted")
    await system.pass_time(days=9)
    wanted = (await case.dossier(LUMP_SUM)).items

    items = [{"code": FORM, "reference": "tep-cu-dai-dien"}]
    await case.supplement(LUMP_SUM, items=items)
    report = await case.result()

    (filed,) = [r for r in system.agencies["insurance"].requests if r.procedure == LUMP_SUM]
    (closed,) = [entry for entry in case.entries() if entry.event == "case.closed"]
    assert [item.code for item in wanted] == [FORM]
    assert report.state == "completed"
    assert closed.facts["clock_is_whole"] is True
    assert filed.evidence["representation"] == {
        "representative": DAUGHTER,
        "by": "written_form",
        "reference": "tep-cu-dai-dien",
    }


async def test_a_family_that_never_agrees_loses_this_dossier_alone(system: SystemUnderTest) -> None:
    system.longest_run = timedelta(days=60)
    case = await declare(system)

    report = await case.result()

    lost = dossier_of(report, LUMP_SUM)
    assert report.state == "partly_completed"
    assert (lost.state, lost.reason_code) == ("stopped", "THIEU_DAI_DIEN")
    assert lost.filed_at is None
    assert "confirmation.missed" in case.events(LUMP_SUM)


async def test_relatives_who_want_different_people_have_not_agreed(system: SystemUnderTest) -> None:
    case = await declare(system)
    await case.until_dossier(LUMP_SUM, "supplement_wanted")

    await confirm(case, whom=WIDOW)
    disputed = await case.dossier(LUMP_SUM)
    await confirm(case)
    report = await case.result()

    assert disputed.state == "supplement_wanted"
    assert report.state == "completed"


@pytest.mark.parametrize(
    ("relative", "whom", "field"),
    [("001099000001", DAUGHTER, "relative"), (WIDOW, "001099000001", "representative")],
)
async def test_only_relatives_confirm_and_are_confirmed(
    system: SystemUnderTest, relative: str, whom: str, field: str
) -> None:
    case = await declare(system)
    await case.until_dossier(LUMP_SUM, "supplement_wanted")

    with pytest.raises(WorkflowUpdateFailedError) as refused:
        await confirm(case, relative, whom)
    await confirm(case)
    await case.result()

    assert field in str(refused.value.cause)
    assert relative not in str(refused.value.cause)


async def test_a_dossier_that_waits_for_the_family_can_be_withdrawn_at_once(
    system: SystemUnderTest,
) -> None:
    case = await declare(system)
    await case.until_dossier(LUMP_SUM, "supplement_wanted")

    await case.withdraw(LUMP_SUM)
    report = await case.result()

    assert dossier_of(report, LUMP_SUM).state == "withdrawn"
    assert all(r.procedure != LUMP_SUM for r in system.agencies["insurance"].requests)


async def test_the_agency_has_its_whole_time_however_late_the_family_agrees(
    system: SystemUnderTest,
) -> None:
    system.agencies["insurance"].answers[LUMP_SUM] = []
    case = await declare(system)
    await case.until_dossier(LUMP_SUM, "supplement_wanted")
    await system.pass_time(days=9)
    promised = (await case.status()).promised_at

    items = [{"code": FORM, "reference": "tep"}]
    await case.supplement(LUMP_SUM, items=items)
    report = await case.result()

    filed = dossier_of(report, LUMP_SUM)
    assert filed.filed_at is not None
    assert filed.due_at is not None
    assert promised is not None
    assert filed.due_at - filed.filed_at > timedelta(days=14)
    assert report.due_at is not None
    assert report.due_at >= filed.due_at > promised
    assert report.promised_at == promised


async def test_a_family_that_has_agreed_does_not_fall_apart_before_it_is_filed(
    system: SystemUnderTest,
) -> None:
    accepted = [ScriptedAnswer(outcome=Outcome.ACCEPTED)] * 9
    system.agencies["civil_status"].answers["register_death"] = accepted
    case = await declare(system)
    await case.until_dossier("register_death", "accepted")
    await confirm(case)

    too_late = await rules_of(confirm(case, agrees=False))
    await case.decide("register_death")
    report = await case.result()

    assert too_late == ["nothing_to_confirm"]
    assert dossier_of(report, LUMP_SUM).state == "granted"


async def test_no_agency_decides_a_dossier_that_still_waits_for_the_family(
    system: SystemUnderTest,
) -> None:
    case = await declare(system)
    await case.until_dossier(LUMP_SUM, "supplement_wanted")

    rejected = await rules_of(case.decide(LUMP_SUM))
    await confirm(case)
    await case.result()

    assert rejected == ["not_filed_yet"]
