"""What reaches the citizen: the receipt first, the results at the end, however the offices are."""

from datetime import timedelta

from models.kernel.vocabulary import Outcome

from fakes.agencies import ScriptedAnswer
from harness.families import Raw, changed
from harness.system import SystemUnderTest

ACCEPTED = ScriptedAnswer(outcome=Outcome.ACCEPTED)


def by_post(raw: Raw) -> Raw:
    delivery = {"method": "post", "address": "Số 12 ngõ Mẫu", "commune": "00004"}
    return changed(raw, "delivery", delivery)


async def test_a_receipt_office_that_is_away_delays_the_receipt_and_not_the_case(
    system: SystemUnderTest,
) -> None:
    system.notices.outages = 3
    case = await system.declare()

    report = await case.result()

    events = case.events()
    assert report.state == "completed"
    assert events[1] == "receipt.delayed"
    assert events.index("receipt.sent") > 1
    assert f"{report.case_code}-receipt" in system.notices.sent
    assert [len(agency.requests) for agency in system.agencies.values() if agency.requests] == [
        1,
        1,
        1,
    ]


async def test_agencies_are_served_while_the_receipt_still_waits(system: SystemUnderTest) -> None:
    system.notices.unreachable = True
    case = await system.declare()

    card = await case.until_dossier("issue_card", "granted")
    system.notices.unreachable = False
    await case.result()

    assert card.settled_at is not None
    assert "receipt.sent" in case.events()


async def test_paper_results_are_handed_in_at_the_post_as_one_parcel(
    system: SystemUnderTest,
) -> None:
    case = await system.declare(change=by_post)

    report = await case.result()

    (parcel,) = system.post.parcels.values()
    assert parcel.key == f"{report.case_code}-results"
    assert parcel.address == "Số 12 ngõ Mẫu"
    assert len(parcel.contents) == 3
    assert (await case.history()).activities.count("results.return") == 2


async def test_results_wait_patiently_for_a_notice_office_that_is_away(
    system: SystemUnderTest,
) -> None:
    case = await system.declare()
    system.notices.unreachable = True
    await system.pass_time(hours=1)

    waiting = await case.status()
    back_at = await system.now()
    system.notices.unreachable = False
    report = await case.result()

    assert waiting.closed_at is None
    assert report.state == "completed"
    assert report.closed_at is not None
    assert report.closed_at - back_at < timedelta(seconds=60)
    assert len(system.notices.sent) == 2


async def test_an_office_that_is_away_for_days_is_shown_and_on_record_while_it_is(
    system: SystemUnderTest,
) -> None:
    system.agencies["insurance"].answers["issue_card"] = [ACCEPTED]
    case = await system.declare()
    await case.until_dossier("issue_card", "accepted")
    system.notices.unreachable, system.notices.retry_after = True, timedelta(hours=1)
    await case.decide("issue_card")
    await system.pass_time(days=6)

    shown, events, steps = await case.attributes(), case.events(), case.steps(None)
    system.notices.unreachable = False
    await case.result()

    assert shown["WaitingFor"] == ["notice", "outage"]
    assert shown["SlaStatus"] == "overdue"
    assert events[-1] != "case.closed"
    assert "agency.unreachable" in events
    assert "late-1" in steps
    assert case.events().count("agency.reached") == 1


async def test_a_receipt_that_waits_for_days_is_on_record_while_it_does(
    system: SystemUnderTest,
) -> None:
    system.notices.unreachable, system.notices.retry_after = True, timedelta(hours=1)
    case = await system.declare("register_birth")
    await system.pass_time(hours=3)

    shown, events = await case.attributes(), case.events()
    clocks = await case.clocks()
    system.notices.unreachable = False
    await case.result()

    assert shown["WaitingFor"] == ["notice", "outage"]
    assert {"dossier.granted", "agency.unreachable"} <= set(events)
    assert clocks.holdings[-1].holder == "outage"
    assert "receipt.sent" in case.events()
