"""A grant that does not hand out what the law says it must is no answer at all."""

import pytest

from models.kernel.vocabulary import Outcome

from fakes.agencies import ScriptedAnswer
from harness.system import SystemUnderTest

EMPTY = ScriptedAnswer(outcome=Outcome.GRANTED, issued={})
ACCEPTED = ScriptedAnswer(outcome=Outcome.ACCEPTED)


@pytest.mark.parametrize("script", [[EMPTY], [ACCEPTED, EMPTY]], ids=["at once", "when asked"])
async def test_a_grant_without_its_number_parks_the_dossier_and_nothing_else(
    system: SystemUnderTest, script: list[ScriptedAnswer]
) -> None:
    system.agencies["insurance"].answers["issue_card"] = list(script)

    case = await system.declare()
    parked = await case.until_dossier("issue_card", "parked")
    residence = await case.until_dossier("register_residence", "granted")
    await case.decide("issue_card")
    report = await case.result()

    assert (parked.issued, residence.state) == ({}, "granted")
    assert report.state == "completed"
