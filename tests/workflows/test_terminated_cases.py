"""A case that was terminated still says how its dossiers stood, to whoever lets go of it."""

from adapters.temporal.open_cases import TemporalCases
from models.kernel.base import CaseId
from models.kernel.refs import CaseRef
from models.kernel.vocabulary import Outcome
from models.operations.troubles import dossiers_of

from fakes.agencies import ScriptedAnswer
from harness.system import SystemUnderTest

ACCEPTED = ScriptedAnswer(outcome=Outcome.ACCEPTED)


async def test_a_dead_run_tells_what_was_granted_and_what_lies_with_an_agency(
    system: SystemUnderTest,
) -> None:
    system.agencies["residence"].answers["register_residence"] = [ACCEPTED]
    case = await system.declare()
    await case.until_dossier("register_residence", "accepted")
    await case.until_dossier("issue_card", "granted")
    run_id = (await case.handle.describe()).run_id
    await case.handle.terminate()

    ref = CaseRef(case_id=CaseId(case.handle.id), run_id=run_id)
    booked = await TemporalCases(system.client).dossiers(ref)

    assert booked is not None
    binding = {one.procedure: one.state for one in dossiers_of(booked) if one.binds}
    assert binding == {
        "register_birth": "granted",
        "register_residence": "accepted",
        "issue_card": "granted",
    }


async def test_a_dead_run_tells_what_was_never_filed(system: SystemUnderTest) -> None:
    system.agencies["civil_status"].answers["register_birth"] = [ACCEPTED]
    case = await system.declare()
    await case.until_dossier("register_birth", "accepted")
    run_id = (await case.handle.describe()).run_id
    await case.handle.terminate()

    ref = CaseRef(case_id=CaseId(case.handle.id), run_id=run_id)
    booked = await TemporalCases(system.client).dossiers(ref)

    binding = [one.procedure for one in dossiers_of(booked or ()) if one.binds]
    assert binding == ["register_birth"]
