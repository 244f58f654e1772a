"""What people say at the command line has ids that tell nothing and swallow nothing."""

from datetime import datetime, timedelta

import pytest

from models.kernel.base import VIETNAM
from models.kernel.findings import Finding
from workers.client.updates import CaseRejectsError, request_id, request_id_of_instant

NINE = datetime(2026, 11, 17, 9, 0, 5, 250, tzinfo=VIETNAM)


def test_a_change_of_mind_within_a_minute_is_no_repeat() -> None:
    ids = {
        request_id_of_instant(NINE + timedelta(microseconds=later), "confirm", "C-1")
        for later in (0, 1, 30_000_000)
    }

    assert len(ids) == 3


def test_the_same_words_within_a_minute_are_one_request() -> None:
    first = request_id(NINE, "withdraw", "C-1")

    assert first == request_id(NINE + timedelta(seconds=20), "withdraw", "C-1")


@pytest.mark.parametrize("rule", ["nothing_held", "nothing_to_confirm", "under_way"])
def test_what_comes_at_the_wrong_time_is_no_wrong_input(rule: str) -> None:
    error = CaseRejectsError(Finding(field="procedure", rule=rule, message="Không đúng lúc."))

    assert error.is_about_the_case
