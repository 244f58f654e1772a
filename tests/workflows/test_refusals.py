"""A refusal is an outcome: what it ends, and what goes on."""

import pytest

from models.kernel.vocabulary import Outcome

from fakes.agencies import ScriptedAnswer
from harness.case_handle import dossier_of, states_of
from harness.system import SystemUnderTest

REFUSED = ScriptedAnswer(outcome=Outcome.REFUSED, reason_code="LECH_DINH_DANH")


async def test_without_a_registration_nothing_that_relies_on_it_is_filed(
    system: SystemUnderTest,
) -> None:
    system.agencies["civil_status"].answers["register_birth"] = [REFUSED]

    report = await (await system.declare()).result()

    assert report.state == "refused"
    assert states_of(report) == {
        "register_birth": "refused",
        "register_residence": "not_filed",
        "issue_card": "not_filed",
    }
    assert not system.agencies["residence"].requests
    assert not system.agencies["insurance"].requests


async def test_a_birth_refused_may_be_declared_again_and_then_opens(
    system: SystemUnderTest,
) -> None:
    raw = await system.new_family()
    id = f"birth/{raw['notice']['number']}"
    system.agencies["civil_status"].answers["register_birth"] = [REFUSED]
    first = await (await system.start(raw, case_id=id)).result()

    again = await (await system.start(raw, case_id=id)).result()

    assert (first.state, again.state) == ("refused", "completed")
    assert again.case_code not in {None, first.case_code}


@pytest.mark.parametrize(
    ("agency", "procedure", "other"),
    [
        ("residence", "register_residence", "issue_card"),
        ("insurance", "issue_card", "register_residence"),
    ],
)
async def test_a_refused_branch_is_closed_alone(
    system: SystemUnderTest, agency: str, procedure: str, other: str
) -> None:
    system.agencies[agency].answers[procedure] = [REFUSED]

    report = await (await system.declare()).result()

    refused = dossier_of(report, procedure)
    assert report.state == "partly_completed"
    assert (refused.outcome, refused.reason_code) == ("refused", "LECH_DINH_DANH")
    assert dossier_of(report, other).outcome == "granted"


async def test_the_citizen_is_told_the_coded_reason_of_a_refusal(system: SystemUnderTest) -> None:
    system.agencies["insurance"].answers["issue_card"] = [REFUSED]

    report = await (await system.declare()).result()

    bundle = system.notices.sent[f"{report.case_code}-results"]
    assert "LECH_DINH_DANH" in bundle.body
    assert "issue_card" not in bundle.attachments
