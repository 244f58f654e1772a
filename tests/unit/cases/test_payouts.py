"""The money of a grant, as a pure fold over what the agency that pays says."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.cases.payouts import Payment, Payout, PayTo, amount_in, payee_of
from models.contracts.payments import PaymentMethod, PaymentState
from models.kernel.base import AgencyId

DECLARED = {
    "funeral": {
        "organiser": {"personal_number": "001175003456", "full_name": "Trần Thị Thử"},
        "payment": {
            "method": "account",
            "bank": "Ngân hàng Mẫu",
            "account_number": "0011223344556",
            "account_name": "TRAN THI THU",
        },
    }
}


def payout() -> Payout:
    return Payout(AgencyId("treasury"))


def order(money: Payout) -> str:
    """Order as a case does: under the next key, unless that payment is known already."""
    key = money.next_key("H-1-insurance_funeral-1")
    if all(known.key != key for known in money.payments):
        money.put(Payment(key=key, by=money.by, amount=1_000))
    return key


def answer(money: Payout, state: PaymentState) -> None:
    if money.last is not None:
        money.put(money.last.model_copy(update={"state": state}))


def test_the_same_payment_is_ordered_until_it_is_known_what_became_of_it() -> None:
    money = payout()

    assert [order(money), order(money), order(money)] == ["H-1-insurance_funeral-1-pay-1"] * 3


def test_only_money_that_came_back_is_sent_again_and_then_under_a_new_key() -> None:
    money = payout()
    order(money)
    answer(money, PaymentState.RETURNED)

    assert order(money) == "H-1-insurance_funeral-1-pay-2"


@given(st.lists(st.sampled_from([None, *PaymentState]), max_size=12))
def test_no_second_payment_is_ever_ordered_while_one_may_arrive(
    story: list[PaymentState | None],
) -> None:
    money = payout()

    for state in story:
        if money.is_over:
            break
        order(money)
        if state is not None:
            answer(money, state)

    may_arrive = {PaymentState.ACCEPTED, PaymentState.PAID}
    assert len([one for one in money.payments if one.state in may_arrive]) <= 1
    assert len({one.key for one in money.payments}) == len(money.payments)


def test_the_payee_is_paid_as_was_declared() -> None:
    payee = payee_of("funeral", DECLARED, None)

    assert payee is not None
    assert (payee.full_name, payee.account_name) == ("Trần Thị Thử", "TRAN THI THU")


def test_what_a_person_has_said_since_takes_the_place_of_the_declared_way() -> None:
    cash = PayTo(method=PaymentMethod.CASH, place="UBND phường Mẫu")

    payee = payee_of("funeral", DECLARED, cash)

    assert payee is not None
    assert (payee.full_name, payee.place) == ("Trần Thị Thử", "UBND phường Mẫu")
    assert payee.account_number is None


@pytest.mark.parametrize("declared", [{}, {"funeral": None}, {"funeral": {"organiser": {}}}])
def test_where_nobody_is_named_nobody_is_paid(declared: dict[str, object]) -> None:
    assert payee_of("funeral", declared, None) is None


@pytest.mark.parametrize("amount", [None, 0, -1, True, 25.3, "25300000", [25_300_000]])
def test_an_amount_is_a_whole_number_of_dong_or_none(amount: object) -> None:
    assert amount_in({"amount": amount}) is None  # type: ignore[dict-item]  # what an agency may say


def test_a_whole_amount_is_taken_as_it_is() -> None:
    assert amount_in({"amount": 25_300_000}) == 25_300_000
