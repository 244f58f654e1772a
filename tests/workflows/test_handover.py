"""Regulation 1123 whole: registration and card, by post to the officer, who confirms; closed."""

from itertools import count

from models.contracts.dossiers import ParcelState
from models.kernel.base import ProcedureId
from models.kernel.errors import BackendRefusedRequestError
from models.kernel.legal_basis import LegalBasis
from models.kernel.vocabulary import Outcome
from models.law.terms import HandoverRule

from fakes.agencies import ScriptedAnswer
from harness.case_handle import CaseHandle, states_of
from harness.regulation_1123 import COMMUNE, DISTRICT, MARCH, WANTED, birth_of_2021
from harness.system import SystemUnderTest

OF_TODAY = HandoverRule(
    to="Công chức đầu mối của xã",
    procedures=(ProcedureId("issue_card"),),
    basis=LegalBasis(document="TB thử"),
)
_families = count(500)


async def declared(system: SystemUnderTest, **changes: object) -> CaseHandle:
    """A birth received in Tuyên Quang in 2021."""
    system.permit(allow_backdating=True)
    raw = birth_of_2021(next(_families)) | changes
    return await system.start(raw, case_id=f"birth/{raw['notice']['number']}")


async def test_a_birth_of_2021_in_tuyen_quang_runs_by_regulation_1123_to_its_end(
    system: SystemUnderTest,
) -> None:
    case = await declared(system)

    report = await case.result()

    assert report.law_version == "birth-qcph1123-08"
    assert (report.state, report.backdated) == ("completed", True)
    assert states_of(report) == dict.fromkeys(WANTED, "granted")
    assert {dossier.portal_state for dossier in report.dossiers} == {10}


async def test_the_card_goes_by_post_to_the_contact_officer_and_nothing_else_does(
    system: SystemUnderTest,
) -> None:
    case = await declared(system)
    report = await case.result()

    (parcel,) = system.post.parcels.values()

    assert parcel.key == f"{report.case_code}-handover"
    assert parcel.via == "Công chức đầu mối của xã"
    assert parcel.contents == ("Cấp thẻ bảo hiểm y tế cho trẻ em dưới 6 tuổi",)
    assert parcel.commune == COMMUNE


async def test_the_case_stays_open_and_waits_for_the_post_until_the_officer_confirms(
    system: SystemUnderTest,
) -> None:
    system.post.carries = ParcelState.DELIVERED
    case = await declared(system)
    await case.until(lambda status: states_of(status) == dict.fromkeys(WANTED, "granted"))
    await system.pass_time(hours=2)

    waiting = await case.status()
    shown, card = await case.attributes(), await case.card()
    system.post.carries = None
    report = await case.result()

    assert waiting.closed_at is None
    assert shown["WaitingFor"] == ["post"]
    assert "Công chức đầu mối của xã xác nhận đã trao" in card
    assert report.closed_at is not None
    assert case.happened_at("parcel.handed_over") <= case.happened_at("results.returned")


async def test_asking_the_post_for_days_costs_no_event(system: SystemUnderTest) -> None:
    system.post.carries = ParcelState.POSTED
    case = await declared(system)
    await system.pass_time(hours=1)
    before = len((await case.history()).events)

    await system.pass_time(days=2)
    after = len((await case.history()).events)
    posted = len(system.post.parcels)
    system.post.carries = None
    await case.result()

    assert (posted, after) == (1, before)


async def test_a_parcel_that_lies_about_is_shown_late_at_the_post(system: SystemUnderTest) -> None:
    system.post.carries = ParcelState.POSTED
    case = await declared(system)
    await system.pass_time(hours=1)

    shown = await case.attributes()
    told = case.steps(None)
    system.post.carries = None
    await case.result()

    assert shown["OverdueAt"] == ["post"]
    assert told[-1].startswith("escalation")


async def test_while_the_officer_says_nothing_the_case_warns_and_escalates(
    system: SystemUnderTest,
) -> None:
    system.change_rules(handover=OF_TODAY)
    system.post.carries = ParcelState.DELIVERED
    case = await system.declare(*WANTED)
    await system.pass_time(days=7)

    told, open_still = case.steps(None), await case.status()
    system.post.carries = None
    await case.result()

    assert told == ["early_warning-1", "one_day_before-1", "due-1", "late-1", "escalation-1"]
    assert (open_still.closed_at, open_still.sla) == (None, "overdue")


async def test_without_a_card_nothing_is_handed_over(system: SystemUnderTest) -> None:
    refused = ScriptedAnswer(outcome=Outcome.REFUSED, reason_code="LECH_DINH_DANH")
    system.agencies["insurance"].answers["issue_card"] = [refused]
    case = await declared(system)

    report = await case.result()

    assert report.state == "partly_completed"
    assert system.post.parcels == {}


async def test_what_the_citizen_wants_by_post_comes_without_what_the_officer_hands_over(
    system: SystemUnderTest,
) -> None:
    delivery = {"method": "post", "address": "Số 12 ngõ Mẫu", "commune": COMMUNE}
    case = await declared(system, delivery=delivery)
    report = await case.result()

    contents = {parcel.key: parcel.contents for parcel in system.post.parcels.values()}

    assert contents == {
        f"{report.case_code}-results": ("Đăng ký khai sinh",),
        f"{report.case_code}-handover": ("Cấp thẻ bảo hiểm y tế cho trẻ em dưới 6 tuổi",),
    }


async def test_a_post_that_is_away_delays_the_hand_over_and_loses_nothing(
    system: SystemUnderTest,
) -> None:
    system.post.outages = 4
    case = await declared(system)

    report = await case.result()

    assert (report.state, len(system.post.parcels)) == ("completed", 1)


async def test_a_parcel_the_post_refuses_waits_for_a_person(system: SystemUnderTest) -> None:
    system.post.fault = BackendRefusedRequestError("post: hand in a parcel: status 422")
    case = await declared(system)
    parked = await case.until(lambda status: status.attention == "parked")
    system.post.fault = None

    await case.resume(None)
    report = await case.result()

    assert parked.closed_at is None
    assert (report.state, report.attention) == ("completed", "none")


async def test_the_card_is_listed_for_the_district_and_month_of_its_reception(
    system: SystemUnderTest,
) -> None:
    case = await declared(system)
    report = await case.result()

    (listed,) = system.ledger.listed.values()

    assert (listed.place.code, listed.place.name) == (DISTRICT, "Thành phố Tuyên Quang")
    assert (listed.place.commune, listed.place.province) == (COMMUNE, "08")
    assert (listed.kind, listed.case_code) == ("cards", report.case_code)
    assert listed.occurred_on.replace(day=31) == MARCH
    assert listed.facts["issued"] == {
        "register_birth": {"personal_number": "001326000001"},
        "insurance_number": "0100000001",
        "card_number": "TE1010100000001",
    }


async def test_a_birth_of_today_has_nothing_handed_over(system: SystemUnderTest) -> None:
    case = await system.declare()

    await case.result()

    assert system.post.parcels == {}
