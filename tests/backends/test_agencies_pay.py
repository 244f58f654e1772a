"""The treasury: a decision is paid once, wrong accounts come back, and what is stopped stays so."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import asyncpg
import pytest

from harness.agency_country import Country, fresh_database, running
from harness.agency_deaths import next_elder
from harness.agency_payments import decide, order, put, standing, stop

PEOPLE = {"when": "people"}
BOUNCED = {"reason_code": "SAI_SO_TAI_KHOAN"}


@pytest.fixture(scope="module")
async def module_country(database_url: str) -> AsyncIterator[Country]:
    async with fresh_database(database_url) as url, running(url) as country:
        yield country


@pytest.fixture
async def country(module_country: Country) -> AsyncIterator[Country]:
    yield module_country
    await module_country.calm()


async def test_an_account_of_the_payee_is_paid_at_once_under_a_reference(country: Country) -> None:
    said = order(next_elder())

    answer = (await put(country, said)).json()

    assert (answer["state"], answer["key"]) == ("paid", said["key"])
    assert answer["reference"].startswith("KB")
    assert await standing(country, said) == answer


async def test_one_order_sent_many_times_at_once_is_one_payment(country: Country) -> None:
    said = order(next_elder())

    answers = await asyncio.gather(*(put(country, said) for _ in range(8)))

    assert len({answer.text for answer in answers}) == 1


@pytest.mark.parametrize(
    "changes",
    [{}, {"procedure": "social_funeral", "ordered_by": "social_affairs", "decision_number": "B1"}],
    ids=["the same decision", "the other fund"],
)
async def test_a_second_order_for_the_same_money_is_not_taken(
    country: Country, changes: dict[str, str]
) -> None:
    first = order(next_elder())
    await put(country, first)

    second = await put(country, first | changes | {"key": f"{first['key']}-2"})

    assert (second.status_code, second.json()["reason_code"]) == (409, "TRUNG_HO_SO")


async def test_rival_orders_at_the_same_moment_pay_once(country: Country) -> None:
    said = order(next_elder())
    rivals = [said | {"key": f"{said['key']}-{number}"} for number in range(6)]

    answers = await asyncio.gather(*(put(country, rival) for rival in rivals))

    assert sorted(answer.status_code for answer in answers) == [200] + [409] * 5


async def test_the_same_key_with_another_amount_is_a_conflict(country: Country) -> None:
    said = order(next_elder())
    await put(country, said)

    assert (await put(country, said | {"amount": 1})).status_code == 409


@pytest.mark.parametrize(
    ("payee", "reason"),
    [
        ({"account_number": "9999999999"}, "SAI_SO_TAI_KHOAN"),
        ({"account_name": "NGUYEN VAN KHAC"}, "SAI_TEN_TAI_KHOAN"),
        ({"account_name": "Nguyễn Văn Khác"}, "SAI_TEN_TAI_KHOAN"),
    ],
)
async def test_the_bank_sends_back_what_it_cannot_book(
    country: Country, payee: dict[str, str], reason: str
) -> None:
    answer = (await put(country, order(next_elder(), payee=payee))).json()

    assert (answer["state"], answer["reason_code"]) == ("returned", reason)
    assert answer["note"]


async def test_the_bank_reads_a_name_with_its_diacritics_too(country: Country) -> None:
    household = next_elder()
    payee = {"account_name": household.children[0].full_name}

    assert (await put(country, order(household, payee=payee))).json()["state"] == "paid"


async def test_money_that_came_back_may_be_ordered_under_another_key(country: Country) -> None:
    household = next_elder()
    wrong = order(household, payee={"account_number": "9999999999"})
    await put(country, wrong)
    mended = order(household) | {
        "case_code": wrong["case_code"],
        "decision_number": wrong["decision_number"],
    }

    assert (await put(country, mended)).json()["state"] == "paid"


async def test_cash_is_paid_once_somebody_collects_it(country: Country) -> None:
    said = order(next_elder(), method="cash")
    await country.turn("treasury", answers={"when": "after_delay", "seconds": 0.05})
    accepted = (await put(country, said)).json()

    await asyncio.sleep(0.06)

    assert (accepted["state"], accepted["reference"]) == ("accepted", None)
    assert (await standing(country, said))["state"] == "paid"


async def test_a_cashier_pays_what_waits_and_once(country: Country) -> None:
    said = order(next_elder())
    await country.turn("treasury", answers=PEOPLE)
    await put(country, said)

    first = await decide(country, said, "paid")
    again = await decide(country, said, "paid")
    other = await decide(country, said, "paid", key="d2")

    assert (first.json()["state"], first.text) == ("paid", again.text)
    assert (other.status_code, other.json()["reason_code"]) == (409, "DA_GIAI_QUYET")


async def test_a_transfer_may_bounce_long_after_it_was_paid(country: Country) -> None:
    said = order(next_elder())
    await put(country, said)

    await decide(country, said, "returned", **BOUNCED)

    told = await standing(country, said)
    assert (told["state"], told["reason_code"]) == ("returned", "SAI_SO_TAI_KHOAN")


async def test_money_does_not_come_back_without_a_reason(country: Country) -> None:
    said = order(next_elder())
    await put(country, said)

    assert (await decide(country, said, "returned")).status_code == 409
    assert (await standing(country, said))["state"] == "paid"


async def test_what_waits_can_be_stopped_and_is_never_paid(country: Country) -> None:
    said = order(next_elder())
    await country.turn("treasury", answers=PEOPLE)
    await put(country, said)

    first = await stop(country, said)
    again = await stop(country, said)
    late = await decide(country, said, "paid")

    assert (first.json()["state"], first.text) == ("stopped", again.text)
    assert late.status_code == 409
    assert (await put(country, said)).json()["state"] == "stopped"


async def test_an_order_that_comes_after_its_stop_is_never_paid(country: Country) -> None:
    said = order(next_elder())

    stopped = await stop(country, said)
    answer = await put(country, said)

    assert (stopped.json()["state"], answer.json()["state"]) == ("stopped", "stopped")
    assert (await standing(country, said))["reference"] is None


async def test_a_stop_that_comes_too_late_says_so(country: Country) -> None:
    said = order(next_elder())
    await put(country, said)

    assert (await stop(country, said)).json()["state"] == "paid"


async def test_a_stop_and_a_payment_at_the_same_moment_agree(country: Country) -> None:
    said = order(next_elder())

    stopped, answer = await asyncio.gather(stop(country, said), put(country, said))

    told = (await standing(country, said))["state"]
    assert stopped.json()["state"] == answer.json()["state"] == told
    assert told in {"paid", "stopped"}


async def test_a_lost_answer_was_still_one_payment(country: Country) -> None:
    said = order(next_elder())
    await country.turn("treasury", lost_rate=1)
    lost = await put(country, said)
    await country.turn("treasury")

    again = (await put(country, said)).json()

    assert (lost.status_code, again["state"]) == (504, "paid")
    assert await country.count(f"agency_treasury.payment WHERE key = '{said['key']}'") == 1


async def test_the_desk_lists_what_waits_and_names_nobody(country: Country) -> None:
    household = next_elder()
    said = order(household)
    await country.turn("treasury", answers=PEOPLE)
    await put(country, said)

    listed = await country.client.get(f"{country.url('treasury')}/v1/desk/payments")

    assert said["key"] in [entry["key"] for entry in listed.json()["payments"]]
    assert household.children[0].full_name not in listed.text


async def test_a_clerk_opens_an_account_that_is_then_paid_into(country: Country) -> None:
    household = next_elder()
    at = f"{country.url('treasury')}/v1/desk/accounts/MBBank/0123456789"
    opened = await country.client.put(at, json={"account_name": "Đỗ Thị Hạnh"})

    payee = {"bank": "MBBank", "account_number": "0123456789", "account_name": "DO THI HANH"}
    answer = (await put(country, order(household, payee=payee))).json()

    assert (opened.json()["account_name"], answer["state"]) == ("DO THI HANH", "paid")


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM agency_treasury.payment WHERE key = $1",
        "UPDATE agency_treasury.payment SET state = 'accepted' WHERE key = $1",
        "UPDATE agency_treasury.payment SET state = 'stopped' WHERE key = $1",
    ],
)
async def test_the_database_itself_keeps_what_was_paid(country: Country, statement: str) -> None:
    said: dict[str, Any] = order(next_elder())
    await put(country, said)

    with pytest.raises(asyncpg.PostgresError):
        await country.pool.execute(statement, said["key"])
