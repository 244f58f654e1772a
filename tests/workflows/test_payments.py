"""The money of a grant: paid once however often it is tried, and handed to a person if it fails."""

import pytest
from temporalio.client import WorkflowUpdateFailedError

from models.cases.status import CaseStatus
from models.contracts.payments import PaymentState
from models.kernel.errors import BackendContractError, BackendRefusedRequestError

from harness.case_handle import CaseHandle, dossier_of
from harness.correction_handle import rules_of
from harness.system import SystemUnderTest

FUNERAL = "insurance_funeral"
CASH = {"method": "cash", "place": "UBND phường Mẫu"}


async def declare(system: SystemUnderTest) -> CaseHandle:
    return await system.declare_death("register_death", "funeral_money")


def is_returned(status: CaseStatus) -> bool:
    return any(d.payment and d.payment.state == "returned" for d in status.dossiers)


async def returned(system: SystemUnderTest) -> CaseHandle:
    system.treasury.next_states = [PaymentState.RETURNED]
    case = await declare(system)
    await case.until(is_returned)
    return case


async def test_a_grant_is_paid_to_whom_the_family_named(system: SystemUnderTest) -> None:
    case = await declare(system)

    report = await case.result()

    (order,) = system.treasury.orders.values()
    payment = dossier_of(report, FUNERAL).payment
    assert order.key == f"{report.case_code}-{FUNERAL}-1-pay-1"
    assert (order.amount, order.ordered_by) == (25_300_000, "insurance")
    assert order.payee.account_name == "TRAN THI THU"
    assert payment is not None
    assert (payment.state, payment.reference) == ("paid", f"KB-{order.key}")


async def test_a_treasury_that_is_away_is_shown_and_pays_once_when_it_is_back(
    system: SystemUnderTest,
) -> None:
    system.treasury.unreachable = True
    case = await declare(system)
    await case.until_dossier(FUNERAL, "granted")
    await system.pass_time(hours=3)

    shown = await case.attributes()
    state = (await case.status()).state
    system.treasury.unreachable = False
    report = await case.result()

    assert shown["WaitingFor"] == ["outage", "treasury"]
    assert state == "in_progress"
    assert report.state == "completed"
    assert system.treasury.paid == 25_300_000


async def test_a_payment_that_takes_days_is_asked_after_without_costing_events(
    system: SystemUnderTest,
) -> None:
    system.treasury.next_states = [PaymentState.ACCEPTED]
    case = await declare(system)
    await case.until(lambda _: bool(system.treasury.answers))
    await system.pass_time(days=3)

    key = next(iter(system.treasury.orders))
    system.treasury.turn(key, PaymentState.PAID)
    report = await case.result()

    assert report.state == "completed"
    assert (await case.history()).activities.count("payment.ask") == 1


async def test_a_returned_payment_waits_openly_for_a_person(system: SystemUnderTest) -> None:
    case = await returned(system)

    shown = await case.attributes()
    payment = (await case.dossier(FUNERAL)).payment
    await case.resume(FUNERAL)
    report = await case.result()

    assert shown["Attention"] == "parked"
    assert payment is not None
    assert payment.reason_code == "SAI_TEN_TAI_KHOAN"
    assert report.state == "completed"
    assert list(system.treasury.orders) == [
        f"{report.case_code}-{FUNERAL}-1-pay-1",
        f"{report.case_code}-{FUNERAL}-1-pay-2",
    ]


async def test_while_returned_money_waits_the_ledger_says_so(system: SystemUnderTest) -> None:
    case = await returned(system)
    await system.pass_time(minutes=1)

    noted = case.events(FUNERAL)
    await case.resume(FUNERAL)
    await case.result()

    assert noted[-1] == "payment.returned"


async def test_a_person_can_send_returned_money_elsewhere(system: SystemUnderTest) -> None:
    case = await returned(system)

    await case.say(
        "redirect_payment",
        {"request_id": "r-1", "procedure": "funeral_money", "pay_to": CASH, "by": "can-bo-01"},
    )
    report = await case.result()

    _, again = system.treasury.orders.values()
    assert (again.payee.method, again.payee.place) == ("cash", "UBND phường Mẫu")
    assert report.state == "completed"
    assert system.treasury.paid == 25_300_000


@pytest.mark.parametrize(
    ("pay_to", "field"),
    [
        ({"method": "cash"}, "pay_to.place"),
        ({"method": "account", "bank": "Ngân hàng Mẫu"}, "pay_to.account_number"),
    ],
)
async def test_where_money_goes_must_be_said_whole(
    system: SystemUnderTest, pay_to: dict[str, str], field: str
) -> None:
    case = await returned(system)

    with pytest.raises(WorkflowUpdateFailedError) as refused:
        await case.say(
            "redirect_payment",
            {"request_id": "r-1", "procedure": FUNERAL, "pay_to": pay_to, "by": "can-bo-01"},
        )
    await case.resume(FUNERAL)
    await case.result()

    assert field in str(refused.value.cause)


async def test_money_on_its_way_cannot_be_sent_elsewhere(system: SystemUnderTest) -> None:
    system.treasury.next_states = [PaymentState.ACCEPTED]
    case = await declare(system)
    await case.until(lambda _: bool(system.treasury.answers))

    with pytest.raises(WorkflowUpdateFailedError) as refused:
        await case.say(
            "redirect_payment",
            {"request_id": "r-1", "procedure": FUNERAL, "pay_to": CASH, "by": "can-bo-01"},
        )
    system.treasury.turn(next(iter(system.treasury.orders)), PaymentState.PAID)
    await case.result()

    assert "nothing" not in str(refused.value.cause)
    assert "Không có khoản chi nào" in str(refused.value.cause)


async def test_a_stopped_payment_ends_the_matter(system: SystemUnderTest) -> None:
    system.treasury.next_states = [PaymentState.STOPPED]
    case = await declare(system)

    report = await case.result()

    payment = dossier_of(report, FUNERAL).payment
    assert payment is not None
    assert payment.state == "stopped"
    assert system.treasury.paid == 0


async def test_every_minute_of_a_payment_is_somebodys(system: SystemUnderTest) -> None:
    system.treasury.next_states = [PaymentState.ACCEPTED]
    case = await declare(system)
    await case.until(lambda _: bool(system.treasury.answers))
    await system.pass_time(days=1)

    held = (await case.clocks()).holdings
    system.treasury.turn(next(iter(system.treasury.orders)), PaymentState.PAID)
    await case.result()

    assert held[-1].holder == "treasury"


async def test_money_that_may_be_gone_is_asked_after_before_it_is_sent_elsewhere(
    system: SystemUnderTest,
) -> None:
    system.treasury.fault = BackendContractError("treasury: nonsense")
    case = await declare(system)
    await case.until(lambda status: status.attention == "parked")
    elsewhere = {"request_id": "r-1", "procedure": FUNERAL, "pay_to": CASH, "by": "can-bo-01"}

    rejected = await rules_of(case.say("redirect_payment", elsewhere))
    system.treasury.fault = None
    await case.resume(FUNERAL)
    report = await case.result()

    (order,) = system.treasury.orders.values()
    assert rejected == ["under_way"]
    assert order.payee.method == "account"
    assert report.state == "completed"


async def test_an_order_the_treasury_does_not_take_can_be_sent_elsewhere(
    system: SystemUnderTest,
) -> None:
    system.treasury.fault = BackendRefusedRequestError("treasury: status 422")
    case = await declare(system)
    await case.until(lambda status: status.attention == "parked")

    system.treasury.fault = None
    elsewhere = {"request_id": "r-1", "procedure": FUNERAL, "pay_to": CASH, "by": "can-bo-01"}
    await case.say("redirect_payment", elsewhere)
    report = await case.result()

    (order,) = system.treasury.orders.values()
    assert order.payee.method == "cash"
    assert report.state == "completed"
