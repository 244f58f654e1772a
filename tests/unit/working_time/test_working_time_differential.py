"""Ten thousand random questions, answered alike by the module and by a slow oracle.

`make soak` asks a million. A question that fails is asked again by its number.
"""

from datetime import date

from harness.working_time_cases import mismatch, worlds

CASES = 10_000
SEED = 2026


def test_working_time_is_what_the_minutes_of_the_oracle_add_up_to() -> None:
    known = worlds()

    wrong = [found for number in range(CASES) if (found := mismatch(known, SEED, number))]

    assert wrong[:3] == []


def test_the_oracle_notices_one_holiday_that_is_missing() -> None:
    known = worlds(forgotten=date(2026, 4, 30))

    assert any(mismatch(known, SEED, number) for number in range(CASES))
