"""The money of a grant: paid once however often it is tried, and handed to a person if it fails."""

import pytest
from temporalio.client import WorkflowUpdateFailedError

from models.cases.status import CaseStatus
from models.contracts.payments import PaymentState
from models.kernel.errors import BackendContractError, BackendRefusedRequestError

from harness.case_in_hand import CaseInHand, dossier_of
from harness.correction_in_hand import rules_of
from harness.desk import Desk

FUNERAL = "insurance_funeral"
CASH = {"method": "cash", "place": "UBND phường Mẫu"}


async def declare(desk: Desk) -> CaseInHand:
    return await desk.declare_death("register_death", "funeral_money")


def is_returned(status: CaseStatus) -> bool:
    return any(d.payment and d.payment.state == "returned" for d in status.dossiers)


async def returned(desk: Desk) -> CaseInHand:
    desk.treasury.next_states = [PaymentState.RETURNED]
    case = await declare(desk)
    await case.until(is_returned)
    return case


async def test_a_grant_is_paid_to_whom_the_family_named(desk: Desk) -> None:
    case = await declare(desk)

    report = await case.result()

    (order,) = desk.treasury.orders.values()
    payment = dossier_of(report, FUNERAL).payment
    assert order.key == f"{report.case_code}-{FUNERAL}-1-pay-1"
    assert (order.amount, order.ordered_by) == (25_300_000, "insurance")
    assert order.payee.account_name == "TRAN THI THU"
    assert payment is not None
    assert (payment.state, payment.reference) == ("paid", f"KB-{order.key}")


async def test_a_treasury_that_is_away_is_shown_and_pays_once_when_it_is_back(desk: Desk) -> None:
    desk.treasury.unreachable = True
    case = await declare(desk)
    await case.until_dossier(FUNERAL, "granted")
    await desk.pass_time(hours=3)

    shown = await case.attributes()
    state = (await case.status()).state
    desk.treasury.unreachable = False
    report = await case.result()

    assert shown["WaitingFor"] == ["outage", "treasury"]
    assert state == "in_progress"
    assert report.state == "completed"
    assert desk.treasury.paid == 25_300_000


async def test_a_payment_that_takes_days_is_asked_after_without_costing_events(desk: Desk) -> None:
    desk.treasury.next_states = [PaymentState.ACCEPTED]
    case = await declare(desk)
    await case.until(lambda _: bool(desk.treasury.answers))
    await desk.pass_time(days=3)

    key = next(iter(desk.treasury.orders))
    desk.treasury.turn(key, PaymentState.PAID)
    report = await case.result()

    assert report.state == "completed"
    assert (await case.history()).activities.count("payment.ask") == 1


async def test_a_returned_payment_waits_openly_for_a_person(desk: Desk) -> None:
    case = await returned(desk)

    shown = await case.attributes()
    payment = (await case.dossier(FUNERAL)).payment
    await case.resume(FUNERAL)
    report = await case.result()

    assert shown["Attention"] == "parked"
    assert payment is not None
    assert payment.reason_code == "SAI_TEN_TAI_KHOAN"
    assert report.state == "completed"
    assert list(desk.treasury.orders) == [
        f"{report.case_code}-{FUNERAL}-1-pay-1",
        f"{report.case_code}-{FUNERAL}-1-pay-2",
    ]


async def test_while_returned_money_waits_the_ledger_says_so(desk: Desk) -> None:
    case = await returned(desk)
    await desk.pass_time(minutes=1)

    noted = case.events(FUNERAL)
    await case.resume(FUNERAL)
    await case.result()

    assert noted[-1] == "payment.returned"


async def test_a_person_can_send_returned_money_elsewhere(desk: Desk) -> None:
    case = await returned(desk)

    await case.say(
        "redirect_payment",
        {"request_id": "r-1", "procedure": "funeral_money", "pay_to": CASH, "by": "can-bo-01"},
    )
    report = await case.result()

    _, again = desk.treasury.orders.values()
    assert (again.payee.method, again.payee.place) == ("cash", "UBND phường Mẫu")
    assert report.state == "completed"
    assert desk.treasury.paid == 25_300_000


@pytest.mark.parametrize(
    ("pay_to", "field"),
    [
        ({"method": "cash"}, "pay_to.place"),
        ({"method": "account", "bank": "Ngân hàng Mẫu"}, "pay_to.account_number"),
    ],
)
async def test_where_money_goes_must_be_said_whole(
    desk: Desk, pay_to: dict[str, str], field: str
) -> None:
    case = await returned(desk)

    with pytest.raises(WorkflowUpdateFailedError) as refused:
        await case.say(
            "redirect_payment",
            {"request_id": "r-1", "procedure": FUNERAL, "pay_to": pay_to, "by": "can-bo-01"},
        )
    await case.resume(FUNERAL)
    await case.result()

    assert field in str(refused.value.cause)


async def test_money_on_its_way_cannot_be_sent_elsewhere(desk: Desk) -> None:
    desk.treasury.next_states = [PaymentState.ACCEPTED]
    case = await declare(desk)
    await case.until(lambda _: bool(desk.treasury.answers))

    with pytest.raises(WorkflowUpdateFailedError) as refused:
        await case.say(
            "redirect_payment",
            {"request_id": "r-1", "procedure": FUNERAL, "pay_to": CASH, "by": "can-bo-01"},
        )
    desk.treasury.turn(next(iter(desk.treasury.orders)), PaymentState.PAID)
    await case.result()

    assert "nothing" not in str(refused.value.cause)
    assert "Không có khoản chi nào" in str(refused.value.cause)


async def test_a_stopped_payment_ends_the_matter(desk: Desk) -> None:
    desk.treasury.next_states = [PaymentState.STOPPED]
    case = await declare(desk)

    report = await case.result()

    payment = dossier_of(report, FUNERAL).payment
    assert payment is not None
    assert payment.state == "stopped"
    assert desk.treasury.paid == 0


async def test_every_minute_of_a_payment_is_somebodys(desk: Desk) -> None:
    desk.treasury.next_states = [PaymentState.ACCEPTED]
    case = await declare(desk)
    await case.until(lambda _: bool(desk.treasury.answers))
    await desk.pass_time(days=1)

    held = (await case.clocks()).holdings
    desk.treasury.turn(next(iter(desk.treasury.orders)), PaymentState.PAID)
    await case.result()

    assert held[-1].holder == "treasury"


async def test_money_that_may_be_gone_is_asked_after_before_it_is_sent_elsewhere(
    desk: Desk,
) -> None:
    desk.treasury.fault = BackendContractError("treasury: nonsense")
    case = await declare(desk)
    await case.until(lambda status: status.attention == "parked")
    elsewhere = {"request_id": "r-1", "procedure": FUNERAL, "pay_to": CASH, "by": "can-bo-01"}

    rejected = await rules_of(case.say("redirect_payment", elsewhere))
    desk.treasury.fault = None
    await case.resume(FUNERAL)
    report = await case.result()

    (order,) = desk.treasury.orders.values()
    assert rejected == ["under_way"]
    assert order.payee.method == "account"
    assert report.state == "completed"


async def test_an_order_the_treasury_does_not_take_can_be_sent_elsewhere(desk: Desk) -> None:
    desk.treasury.fault = BackendRefusedRequestError("treasury: status 422")
    case = await declare(desk)
    await case.until(lambda status: status.attention == "parked")

    desk.treasury.fault = None
    elsewhere = {"request_id": "r-1", "procedure": FUNERAL, "pay_to": CASH, "by": "can-bo-01"}
    await case.say("redirect_payment", elsewhere)
    report = await case.result()

    (order,) = desk.treasury.orders.values()
    assert order.payee.method == "cash"
    assert report.state == "completed"
