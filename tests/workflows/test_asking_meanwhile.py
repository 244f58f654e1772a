"""While the citizen looks for papers the agency is asked too: its calls may be lost."""

from datetime import timedelta
from typing import Any  # Any: fields of a message

from models.contracts.dossiers import WantedItem
from models.kernel.vocabulary import Outcome

from fakes.agencies import ScriptedAnswer
from harness.clock_scenes import RESIDENCE, WANTED, finish, waiting_for_the_citizen
from harness.system import SystemUnderTest

MORE = ScriptedAnswer(outcome=Outcome.SUPPLEMENT, items=(WantedItem(code="CT01"),))


def says(system: SystemUnderTest, answer: ScriptedAnswer) -> None:
    """The residence police decides anew, and its call is lost."""
    agency = system.agencies["residence"]
    agency.answers[RESIDENCE] = [answer]
    ((_, (request, last)),) = agency._known.items()
    agency._say(request, version=last.version + 1)


async def test_a_decision_whose_call_is_lost_is_found_within_a_working_day(
    system: SystemUnderTest,
) -> None:
    case = await waiting_for_the_citizen(system)
    await system.pass_time(hours=30)

    says(system, ScriptedAnswer())
    decided_at = await system.now()
    report = await case.result()

    assert report.state == "completed"
    assert case.happened_at("dossier.granted", RESIDENCE) - decided_at <= timedelta(days=1)


async def test_an_agency_that_waits_for_the_citizen_is_asked_once_a_day_at_no_cost(
    system: SystemUnderTest,
) -> None:
    case = await waiting_for_the_citizen(system)
    await system.pass_time(hours=1)
    before, calls = (await case.history()).length, system.agencies["residence"].calls

    await system.pass_time(days=3)
    after, asked = (await case.history()).length, system.agencies["residence"].calls - calls
    await finish(case)

    assert after == before
    assert asked == 3


async def test_a_second_request_called_in_has_its_own_items_and_a_new_limit(
    system: SystemUnderTest,
) -> None:
    case = await waiting_for_the_citizen(system)
    first = await case.clock(RESIDENCE)
    await system.pass_time(days=2)

    await case.decide(RESIDENCE, "supplement", items=[{"code": "CT01"}])
    await system.pass_time(seconds=1)
    dossier, second = await case.dossier(RESIDENCE), await case.clock(RESIDENCE)
    limits = [form.answer_by for form in await case.papers("02")]
    await finish(case)

    assert [item.code for item in dossier.items] == ["CT01"]
    assert second.paused_at == first.paused_at
    assert len(limits) == 2
    assert limits[1] - limits[0] >= timedelta(days=2)


async def test_a_second_request_whose_call_is_lost_is_found_and_counts_the_same(
    system: SystemUnderTest,
) -> None:
    case = await waiting_for_the_citizen(system)
    await system.pass_time(hours=1)

    says(system, MORE)
    await system.pass_time(days=2)
    dossier = await case.dossier(RESIDENCE)
    limits = [form.answer_by for form in await case.papers("02")]
    await finish(case)

    assert [item.code for item in dossier.items] == ["CT01"]
    assert len(limits) == 2
    assert limits[1] > limits[0]


async def test_the_same_request_told_again_gives_no_new_limit(system: SystemUnderTest) -> None:
    case = await waiting_for_the_citizen(system)
    said: dict[str, Any] = {
        "decision_id": "qd-bs-2",
        "items": [item.model_dump() for item in WANTED.items],
    }
    await case.decide(RESIDENCE, "supplement", **said)
    before = [form.answer_by for form in await case.papers("02")]

    await system.pass_time(days=1)
    await case.decide(RESIDENCE, "supplement", **said)
    after = [form.answer_by for form in await case.papers("02")]
    await finish(case)

    assert before == after
