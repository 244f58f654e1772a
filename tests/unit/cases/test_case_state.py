"""The state of a case is a fold over its dossiers, row by row as other systems rely on it."""

from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.cases.case import MAY_BE_FILED_AGAIN, case_state_of
from models.kernel.vocabulary import CaseState, DossierState

WAITING, SUBMITTED, ACCEPTED, VERIFYING, WANTED, PARKED = (
    DossierState.WAITING,
    DossierState.SUBMITTED,
    DossierState.ACCEPTED,
    DossierState.VERIFYING,
    DossierState.SUPPLEMENT_WANTED,
    DossierState.PARKED,
)
GRANTED, REFUSED, WITHDRAWN, STOPPED, NOT_FILED = (
    DossierState.GRANTED,
    DossierState.REFUSED,
    DossierState.WITHDRAWN,
    DossierState.STOPPED,
    DossierState.NOT_FILED,
)
ROWS = [
    ((WAITING,), CaseState.IN_PROGRESS),
    ((SUBMITTED,), CaseState.IN_PROGRESS),
    ((ACCEPTED,), CaseState.IN_PROGRESS),
    ((VERIFYING,), CaseState.IN_PROGRESS),
    ((PARKED,), CaseState.IN_PROGRESS),
    ((WANTED,), CaseState.SUPPLEMENT_WANTED),
    ((WANTED, PARKED, GRANTED), CaseState.SUPPLEMENT_WANTED),
    ((WANTED, REFUSED), CaseState.SUPPLEMENT_WANTED),
    ((GRANTED, SUBMITTED), CaseState.IN_PROGRESS),
    ((REFUSED, WAITING), CaseState.IN_PROGRESS),
    ((GRANTED,), CaseState.COMPLETED),
    ((GRANTED, GRANTED, GRANTED), CaseState.COMPLETED),
    ((GRANTED, REFUSED), CaseState.PARTLY_COMPLETED),
    ((GRANTED, WITHDRAWN), CaseState.PARTLY_COMPLETED),
    ((GRANTED, STOPPED), CaseState.PARTLY_COMPLETED),
    ((GRANTED, NOT_FILED), CaseState.PARTLY_COMPLETED),
    ((WITHDRAWN,), CaseState.WITHDRAWN),
    ((WITHDRAWN, WITHDRAWN), CaseState.WITHDRAWN),
    ((WITHDRAWN, REFUSED), CaseState.REFUSED),
    ((WITHDRAWN, NOT_FILED), CaseState.STOPPED),
    ((REFUSED,), CaseState.REFUSED),
    ((REFUSED, NOT_FILED, NOT_FILED), CaseState.REFUSED),
    ((REFUSED, STOPPED), CaseState.REFUSED),
    ((STOPPED,), CaseState.STOPPED),
    ((STOPPED, NOT_FILED), CaseState.STOPPED),
    ((STOPPED, WITHDRAWN), CaseState.STOPPED),
]
dossiers = st.lists(st.sampled_from(DossierState), min_size=1, max_size=5)


@pytest.mark.parametrize(("states", "expected"), ROWS, ids=str)
def test_a_case_stands_where_its_dossiers_stand_in_whatever_order(
    states: tuple[DossierState, ...], expected: CaseState
) -> None:
    assert {case_state_of(order) for order in permutations(states)} == {expected}


@given(dossiers)
def test_a_case_is_open_as_long_as_a_dossier_is(states: list[DossierState]) -> None:
    is_open = case_state_of(states) in {CaseState.IN_PROGRESS, CaseState.SUPPLEMENT_WANTED}

    assert is_open == any(not state.is_settled for state in states)


@given(dossiers)
def test_a_birth_something_was_granted_for_is_never_filed_again(
    states: list[DossierState],
) -> None:
    if GRANTED in states:
        assert case_state_of(states) not in MAY_BE_FILED_AGAIN
