"""One suite of promises for every office that pays: over HTTP, and in memory."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from itertools import count

import httpx
import pytest

from activities.ports.agencies import PaymentGateway
from adapters.agencies_http.payments import HttpPaymentGateway
from models.contracts.payments import Payee, PaymentMethod, PaymentOrder, PaymentState, StopPayment
from models.kernel.base import AgencyId, CaseCode, ProcedureId
from models.kernel.errors import (
    BackendContractError,
    BackendRefusedRequestError,
    BackendUnavailableError,
)

from fakes.payments import MemoryPaymentGateway
from harness.agency_country import Country, fresh_database, running

TREASURY = AgencyId("treasury")
STOP = StopPayment(request_id="Dừng 1/a", reason="Khai tử bị thu hồi")
_numbers = count(1)


@dataclass
class Setup:
    """A treasury behind its adapter, and the ways a test can bring it into a state."""

    office: PaymentGateway
    country: Country

    async def be_away(self) -> None:
        if isinstance(self.office, MemoryPaymentGateway):
            self.office.unreachable = True
        else:
            await self.country.turn(TREASURY, reachable="down")

    async def let_orders_wait(self) -> None:
        if isinstance(self.office, MemoryPaymentGateway):
            self.office.next_states = [PaymentState.ACCEPTED] * 3
        else:
            await self.country.turn(TREASURY, answers={"when": "people"})

    async def send_back(self, order: PaymentOrder) -> None:
        if isinstance(self.office, MemoryPaymentGateway):
            self.office.turn(order.key, PaymentState.RETURNED)
            return
        url = f"{self.country.url(TREASURY)}/v1/desk/payments/{order.key}/decision"
        said = {
            "outcome": "returned",
            "reason_code": "SAI_TEN_TAI_KHOAN",
            "decided_by": "cb-07",
        }
        answer = await self.country.client.post(url, json=said, headers={"Idempotency-Key": "d1"})
        answer.raise_for_status()


@pytest.fixture(scope="module")
async def country(database_url: str) -> AsyncIterator[Country]:
    async with fresh_database(database_url) as url, running(url) as country:
        yield country


@pytest.fixture(params=["http", "memory"])
async def setup(request: pytest.FixtureRequest, country: Country) -> AsyncIterator[Setup]:
    if request.param == "memory":
        yield Setup(MemoryPaymentGateway(), country)
        return
    async with httpx.AsyncClient(base_url=country.url(TREASURY), timeout=5) as client:
        yield Setup(HttpPaymentGateway(TREASURY, client), country)
    await country.calm()


async def test_an_order_is_paid_once_however_often_it_is_sent(setup: Setup) -> None:
    order = payment()
    await setup.let_orders_wait()

    first, again = await setup.office.pay(order), await setup.office.pay(order)

    assert (first.key, first.state) == (order.key, PaymentState.ACCEPTED)
    assert first == again == await setup.office.state(order.key)


async def test_a_key_with_another_amount_is_our_mistake(setup: Setup) -> None:
    order = payment()
    await setup.office.pay(order)

    with pytest.raises(BackendRefusedRequestError, match="409"):
        await setup.office.pay(order.model_copy(update={"amount": 1}))


async def test_a_decision_is_paid_under_one_key(setup: Setup) -> None:
    order = payment()
    await setup.let_orders_wait()
    await setup.office.pay(order)

    with pytest.raises(BackendRefusedRequestError, match="409"):
        await setup.office.pay(order.model_copy(update={"key": f"{order.key}-again"}))


async def test_what_came_back_may_be_paid_under_another_key(setup: Setup) -> None:
    order = payment()
    await setup.let_orders_wait()
    await setup.office.pay(order)
    await setup.send_back(order)
    second = order.model_copy(update={"key": f"{order.key}-again"})

    returned, again = await setup.office.state(order.key), await setup.office.pay(second)

    assert returned is not None
    assert (returned.state, returned.reason_code) == (PaymentState.RETURNED, "SAI_TEN_TAI_KHOAN")
    assert again.state is PaymentState.ACCEPTED


async def test_a_payment_never_ordered_has_no_state(setup: Setup) -> None:
    assert await setup.office.state("never") is None


async def test_what_waits_is_stopped_for_ever(setup: Setup) -> None:
    order = payment()
    await setup.let_orders_wait()
    await setup.office.pay(order)

    first, again = [await setup.office.stop(order.key, STOP) for _ in range(2)]

    assert first.state is PaymentState.STOPPED
    assert first == again
    assert (await setup.office.pay(order)).state is PaymentState.STOPPED


async def test_what_was_never_ordered_is_stopped_beforehand(setup: Setup) -> None:
    order = payment()

    stopped = await setup.office.stop(order.key, STOP)

    assert stopped.state is PaymentState.STOPPED
    assert (await setup.office.pay(order)).state is PaymentState.STOPPED


async def test_a_treasury_that_is_away_is_worth_another_try(setup: Setup) -> None:
    await setup.be_away()

    with pytest.raises(BackendUnavailableError):
        await setup.office.pay(payment())


async def test_an_answer_about_another_payment_is_for_a_person() -> None:
    answer = {"key": "x", "state": "paid", "at": "2026-11-20T08:00:00+07:00"}
    transport = httpx.MockTransport(lambda _: httpx.Response(200, json=answer))
    client = httpx.AsyncClient(base_url="http://treasury", transport=transport)

    with pytest.raises(BackendContractError):
        await HttpPaymentGateway(TREASURY, client).pay(payment())


def payment() -> PaymentOrder:
    """An order nobody has sent, in cash."""
    case = f"H26.05.13-261120-{next(_numbers):04}"
    payee = Payee(
        personal_number="001190012345",
        full_name="Trần Thị B",
        method=PaymentMethod.CASH,
        place="Bưu điện xã",
    )
    return PaymentOrder(
        key=f"{case}-insurance_funeral-1-pay-1",
        case_code=CaseCode(case),
        procedure=ProcedureId("insurance_funeral"),
        decision_number=f"BHXH.MT.00004.2026.{next(_numbers):06}",
        ordered_by=AgencyId("insurance"),
        amount=25_300_000,
        payee=payee,
        purpose="Chi trợ cấp mai táng",
    )
