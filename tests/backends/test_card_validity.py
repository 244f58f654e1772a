"""How long a child's card is valid, on the days where mistakes are made."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backends.insurance.validity import valid_to


@pytest.mark.parametrize(
    ("born", "until"),
    [
        ("2026-01-01", "2032-09-30"),
        ("2026-09-29", "2032-09-30"),
        ("2026-09-30", "2032-09-30"),
        ("2026-10-01", "2032-10-01"),
        ("2026-12-31", "2032-12-31"),
        ("2024-02-29", "2030-09-30"),
        ("2026-02-28", "2032-09-30"),
    ],
)
def test_a_card_is_valid_to_72_months_or_to_the_end_of_september(born: str, until: str) -> None:
    assert valid_to(date.fromisoformat(born)) == date.fromisoformat(until)


@given(st.dates(min_value=date(1990, 1, 1), max_value=date(2100, 12, 31)))
def test_a_card_never_ends_before_the_child_is_six(born: date) -> None:
    until = valid_to(born)

    assert (until.year - born.year, (until.month, until.day) >= (born.month, 1)) == (6, True)
    assert (until.month, until.day) >= (9, 30)
