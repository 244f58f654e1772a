"""A word of the vocabulary cannot be defined without its row: what it is called, what follows."""

from enum import Enum

import pytest

from models.cases.events import Event, EventSpec
from models.contracts.payments import PaymentState
from models.corrections.states import CorrectionState, StepState, TaskOutcome
from models.kernel.vocabulary import (
    CaseState,
    DossierState,
    Fund,
    Holder,
    HolderKind,
    Labelled,
    Outcome,
    SlaStatus,
)

LABELLED: list[type[Labelled]] = [
    CaseState,
    CorrectionState,
    Fund,
    Holder,
    PaymentState,
    SlaStatus,
    StepState,
    TaskOutcome,
]


def test_a_label_cannot_be_forgotten() -> None:
    with pytest.raises(TypeError, match="no label"):

        class Another(Labelled):
            FORGOTTEN = "forgotten"


@pytest.mark.parametrize(
    ("kind", "row"),
    [(DossierState, ("forgotten", "quên")), (Event, ("case.forgotten",))],
    ids=["state", "event"],
)
def test_a_state_or_an_event_without_its_row_gets_no_further_than_the_import(
    kind: type[Enum], row: tuple[str, ...]
) -> None:
    with pytest.raises(TypeError, match="no row"):
        kind._new_member_(kind, *row)  # type: ignore[attr-defined]  # as defining a member calls it


@pytest.mark.parametrize("kind", LABELLED, ids=lambda kind: kind.__name__)
def test_every_member_is_called_something_and_parsed_by_its_value(kind: type[Labelled]) -> None:
    assert all(kind(str(member.value)) is member and member.label for member in kind)


def test_every_state_of_a_dossier_has_words_of_its_own() -> None:
    assert len({state.label for state in DossierState}) == len(DossierState)


def test_every_event_has_words_of_its_own() -> None:
    assert len({event.label for event in Event}) == len(Event)


def test_every_answer_of_an_agency_and_end_of_a_payment_is_recorded_by_one_event() -> None:
    outcomes = [event.spec.outcome for event in Event if event.spec.outcome]
    payments = [event.spec.payment for event in Event if event.spec.payment]

    assert sorted(outcomes) == sorted(Outcome)
    assert sorted([*payments, PaymentState.ACCEPTED]) == sorted(PaymentState)


def test_every_state_but_the_first_and_parked_is_reached_by_an_event() -> None:
    reached = {event.spec.state for event in Event}

    assert reached >= set(DossierState) - {DossierState.WAITING, DossierState.PARKED}


def test_an_event_that_settles_a_dossier_leaves_it_with_nobody() -> None:
    for event in Event:
        state = event.spec.state
        if state is not None and state.is_settled:
            assert event.spec.holder is HolderKind.NOBODY
            assert event.spec.ends is not None


def test_a_row_of_its_own_overrules_what_follows_from_the_state() -> None:
    spec = EventSpec("thử", state=DossierState.GRANTED, holds=HolderKind.US)

    assert spec.holder is HolderKind.US
