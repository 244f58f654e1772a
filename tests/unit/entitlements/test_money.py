"""Funeral money: the numbers of the law, month by month, and never two regimes."""

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.law.files import load_law
from models.entitlements.money import FuneralMoney, funeral_moneys, highest, in_dong
from models.kernel.base import ProcedureId
from models.kernel.legal_basis import LegalBasis
from models.kernel.vocabulary import Fund
from models.law.rates import Benefit, Level, Rates, TopUp

RATES = load_law().rates
HANOI, ELSEWHERE = "01", "79"
DAYS = st.dates(date(2021, 7, 1), date(2035, 12, 31))
PROVINCES = st.sampled_from([HANOI, ELSEWHERE])
DOCS = Path(__file__).parents[3] / "docs"
BASIS = LegalBasis(document="NQ ví dụ của kiểm thử", verified=False)


def paid(fund: Fund, day: date, province: str = ELSEWHERE, rates: Rates = RATES) -> FuneralMoney:
    (money,) = [one for one in funeral_moneys(rates, day, province) if one.fund is fund]
    return money


def topped_up(adds: int) -> Rates:
    """An invented resolution of Hà Nội: the law files hold none that somebody has checked."""
    top_up = TopUp(
        place=HANOI,
        level="social_standard",
        adds=adds,
        valid_from=date(2021, 7, 1),
        basis=BASIS,
    )
    return RATES.model_copy(update={"top_ups": (top_up,)})


def raised(by: int) -> Rates:
    levels = tuple(one.model_copy(update={"amount": one.amount + by}) for one in RATES.levels)
    return RATES.model_copy(update={"levels": levels})


@pytest.mark.parametrize(
    ("fund", "day", "amount", "formula"),
    [
        (Fund.INSURANCE, date(2019, 7, 1), 14_900_000, "10 × 1.490.000"),
        (Fund.INSURANCE, date(2023, 6, 30), 14_900_000, "10 × 1.490.000"),
        (Fund.INSURANCE, date(2023, 7, 1), 18_000_000, "10 × 1.800.000"),
        (Fund.INSURANCE, date(2024, 6, 30), 18_000_000, "10 × 1.800.000"),
        (Fund.INSURANCE, date(2024, 7, 1), 23_400_000, "10 × 2.340.000"),
        (Fund.INSURANCE, date(2025, 7, 1), 23_400_000, "10 × 2.340.000"),
        (Fund.INSURANCE, date(2026, 6, 30), 23_400_000, "10 × 2.340.000"),
        (Fund.INSURANCE, date(2026, 7, 1), 25_300_000, "10 × 2.530.000"),
        (Fund.SOCIAL, date(2021, 7, 1), 7_200_000, "20 × 360.000"),
        (Fund.SOCIAL, date(2024, 6, 30), 7_200_000, "20 × 360.000"),
        (Fund.SOCIAL, date(2024, 7, 1), 10_000_000, "20 × 500.000"),
        (Fund.SOCIAL, date(2026, 6, 30), 10_000_000, "20 × 500.000"),
        (Fund.SOCIAL, date(2026, 7, 1), 10_800_000, "20 × 540.000"),
    ],
)
def test_the_month_of_death_chooses_the_amount(
    fund: Fund, day: date, amount: int, formula: str
) -> None:
    money = paid(fund, day)

    assert (money.amount, money.formula) == (amount, formula)


@pytest.mark.parametrize(
    "day",
    [date(2019, 7, 1), date(2021, 7, 1), date(2023, 7, 1), date(2024, 7, 1), date(2026, 7, 1)],
)
def test_the_table_for_readers_says_what_the_law_files_say(day: date) -> None:
    rows = (DOCS / "money.md").read_text("utf-8").splitlines()
    (row,) = [one for one in rows if f"{day:%m/%Y}" in one[:12]]

    for money in funeral_moneys(RATES, day, ELSEWHERE):
        assert f"{money.formula} = {in_dong(money.amount)}" in row


@pytest.mark.parametrize(
    ("fund", "day", "verified"),
    [
        (Fund.INSURANCE, date(2026, 11, 17), True),
        (Fund.SOCIAL, date(2026, 6, 30), True),
        (Fund.SOCIAL, date(2026, 7, 1), False),
    ],
)
def test_an_amount_is_verified_only_if_all_it_rests_on_is(
    fund: Fund, day: date, *, verified: bool
) -> None:
    assert paid(fund, day).verified is verified


def test_an_amount_cites_the_texts_of_its_multiple_and_its_level() -> None:
    assert (
        paid(Fund.INSURANCE, date(2024, 8, 1)).basis == "Luật BHXH 58/2014/QH13; NĐ 73/2024/NĐ-CP"
    )


def test_a_text_that_is_the_basis_of_both_is_cited_once() -> None:
    assert paid(Fund.SOCIAL, date(2023, 1, 1)).basis == "NĐ 20/2021/NĐ-CP"


def test_a_province_that_adds_to_the_standard_pays_more_and_says_so() -> None:
    money = paid(Fund.SOCIAL, date(2026, 11, 17), HANOI, topped_up(60_000))

    assert (money.amount, money.formula) == (12_000_000, "20 × (540.000 + 60.000)")
    assert money.basis.endswith("NQ ví dụ của kiểm thử")
    assert not money.verified


def test_what_one_province_adds_no_other_pays() -> None:
    rates, day = topped_up(60_000), date(2026, 11, 17)

    assert paid(Fund.SOCIAL, day, ELSEWHERE, rates) == paid(Fund.SOCIAL, day)
    assert paid(Fund.INSURANCE, day, HANOI, rates) == paid(Fund.INSURANCE, day)


def test_a_month_without_a_rate_has_no_amount() -> None:
    assert funeral_moneys(RATES, date(2019, 6, 30), HANOI) == ()
    assert [one.fund for one in funeral_moneys(RATES, date(2021, 6, 30), HANOI)] == [Fund.INSURANCE]


def test_a_benefit_without_its_level_has_no_amount() -> None:
    assert funeral_moneys(RATES.model_copy(update={"levels": ()}), date(2026, 1, 1), HANOI) == ()


def test_nobody_is_paid_where_nothing_is_due() -> None:
    assert highest(()) is None


@given(DAYS, PROVINCES)
def test_of_several_regimes_one_is_paid_and_none_is_higher(day: date, province: str) -> None:
    moneys = funeral_moneys(RATES, day, province)

    money = highest(moneys)

    assert money in moneys
    assert all(money.amount >= other.amount for other in moneys)


@given(DAYS, PROVINCES, st.integers(1, 10_000_000))
def test_a_higher_rate_pays_more(day: date, province: str, by: int) -> None:
    before, after = (funeral_moneys(rates, day, province) for rates in (RATES, raised(by)))

    assert [one.fund for one in before] == [one.fund for one in after]
    assert all(old.amount < new.amount for old, new in zip(before, after, strict=True))


@given(DAYS, st.integers(1, 1_000_000))
def test_what_a_province_adds_never_pays_less(day: date, adds: int) -> None:
    rates = topped_up(adds)

    assert paid(Fund.SOCIAL, day, HANOI, rates).amount > paid(Fund.SOCIAL, day, HANOI).amount


@given(DAYS, PROVINCES)
def test_an_amount_is_what_its_formula_says(day: date, province: str) -> None:
    for money in funeral_moneys(topped_up(60_000), day, province):
        times, level = money.formula.replace(".", "").strip("()").split(" × ")
        added = sum(int(part) for part in level.strip("()").split(" + "))

        assert money.amount == int(times) * added


@given(DAYS)
def test_every_day_of_a_month_is_worth_the_same(day: date) -> None:
    first = day.replace(day=1)

    assert funeral_moneys(RATES, day, HANOI) == funeral_moneys(RATES, first, HANOI)


@given(st.integers(0, 10**12))
def test_an_amount_is_written_in_groups_of_three_and_reads_back(amount: int) -> None:
    written = in_dong(amount)

    assert int(written.replace(".", "")) == amount
    assert all(len(group) == 3 for group in written.split(".")[1:])


@pytest.mark.parametrize(
    "changes",
    [
        {"valid_from": date(2026, 7, 2)},
        {"valid_to": date(2026, 7, 30)},
        {"valid_to": date(2026, 7, 31) + timedelta(days=1)},
        {"amount": 0},
    ],
)
def test_a_rate_that_is_not_of_whole_months_is_refused(changes: dict[str, Any]) -> None:
    stated: dict[str, Any] = {
        "id": "reference_level",
        "title": "mức tham chiếu",
        "amount": 1,
        "valid_from": date(2026, 7, 1),
        "basis": BASIS,
    }

    with pytest.raises(ValueError, match=r"theo tháng chết|greater than 0"):
        Level(**stated | changes)


def test_no_benefit_is_paid_by_no_fund() -> None:
    with pytest.raises(ValueError, match="insurance hoặc social"):
        Benefit(
            procedure=ProcedureId("x"),
            fund=Fund.NONE,
            title="",
            level="x",
            times=1,
            valid_from=date(2026, 7, 1),
            basis=BASIS,
        )
