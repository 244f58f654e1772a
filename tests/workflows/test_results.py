"""What reaches the citizen: the receipt first, the results at the end, however the offices are."""

from datetime import timedelta

from models.kernel.vocabulary import Outcome

from fakes.agencies import ScriptedAnswer
from harness.desk import Desk
from harness.families import Raw, changed

ACCEPTED = ScriptedAnswer(outcome=Outcome.ACCEPTED)


def by_post(raw: Raw) -> Raw:
    delivery = {"method": "post", "address": "Số 12 ngõ Mẫu", "commune": "00004"}
    return changed(raw, "delivery", delivery)


async def test_a_receipt_office_that_is_away_delays_the_receipt_and_not_the_case(
    desk: Desk,
) -> None:
    desk.notices.outages = 3
    case = await desk.declare()

    report = await case.result()

    events = case.events()
    assert report.state == "completed"
    assert events[1] == "receipt.delayed"
    assert events.index("receipt.sent") > 1
    assert f"{report.case_code}-receipt" in desk.notices.sent
    assert [len(agency.requests) for agency in desk.agencies.values() if agency.requests] == [
        1,
        1,
        1,
    ]


async def test_agencies_are_served_while_the_receipt_still_waits(desk: Desk) -> None:
    desk.notices.unreachable = True
    case = await desk.declare()

    card = await case.until_dossier("issue_card", "granted")
    desk.notices.unreachable = False
    await case.result()

    assert card.settled_at is not None
    assert "receipt.sent" in case.events()


async def test_paper_results_are_handed_in_at_the_post_as_one_parcel(desk: Desk) -> None:
    case = await desk.declare(change=by_post)

    report = await case.result()

    (parcel,) = desk.post.parcels.values()
    assert parcel.key == f"{report.case_code}-results"
    assert parcel.address == "Số 12 ngõ Mẫu"
    assert len(parcel.contents) == 3
    assert (await case.history()).activities.count("results.return") == 2


async def test_results_wait_patiently_for_a_notice_office_that_is_away(desk: Desk) -> None:
    case = await desk.declare()
    desk.notices.unreachable = True
    await desk.pass_time(hours=1)

    waiting = await case.status()
    back_at = await desk.now()
    desk.notices.unreachable = False
    report = await case.result()

    assert waiting.closed_at is None
    assert report.state == "completed"
    assert report.closed_at is not None
    assert report.closed_at - back_at < timedelta(seconds=60)
    assert len(desk.notices.sent) == 2


async def test_an_office_that_is_away_for_days_is_shown_and_on_record_while_it_is(
    desk: Desk,
) -> None:
    desk.agencies["insurance"].answers["issue_card"] = [ACCEPTED]
    case = await desk.declare()
    await case.until_dossier("issue_card", "accepted")
    desk.notices.unreachable, desk.notices.retry_after = True, timedelta(hours=1)
    await case.decide("issue_card")
    await desk.pass_time(days=6)

    shown, events, steps = await case.attributes(), case.events(), case.steps(None)
    desk.notices.unreachable = False
    await case.result()

    assert shown["WaitingFor"] == ["notice", "outage"]
    assert shown["SlaStatus"] == "overdue"
    assert events[-1] != "case.closed"
    assert "agency.unreachable" in events
    assert "late-1" in steps
    assert case.events().count("agency.reached") == 1


async def test_a_receipt_that_waits_for_days_is_on_record_while_it_does(desk: Desk) -> None:
    desk.notices.unreachable, desk.notices.retry_after = True, timedelta(hours=1)
    case = await desk.declare("register_birth")
    await desk.pass_time(hours=3)

    shown, events = await case.attributes(), case.events()
    clocks = await case.clocks()
    desk.notices.unreachable = False
    await case.result()

    assert shown["WaitingFor"] == ["notice", "outage"]
    assert {"dossier.granted", "agency.unreachable"} <= set(events)
    assert clocks.holdings[-1].holder == "outage"
    assert "receipt.sent" in case.events()
