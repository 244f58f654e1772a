"""The answers of the legal clock follow from its question alone, and say what else they move."""

from datetime import timedelta

import pytest

from models.cases.case import Case
from models.cases.dossier import Dossier
from models.clock.deadline_query import ClockEvent
from models.clock.steps import JUST_AFTER

from harness.admissions import MORNING
from harness.pure_cases import deadline_of, file, opened


def filed(procedure: str = "register_residence") -> tuple[Case, Dossier]:
    case = opened()
    dossier = next(d for d in case.dossiers.values() if d.procedure == procedure)
    file(case, dossier, MORNING)
    return case, dossier


@pytest.mark.parametrize("occasion", ClockEvent)
def test_the_same_question_has_the_same_answer(occasion: ClockEvent) -> None:
    case, dossier = filed()

    first, second = [deadline_of(case, dossier, occasion, MORNING, 1) for _ in range(2)]

    assert first == second


@pytest.mark.parametrize(
    "occasion", [ClockEvent.VERIFYING, ClockEvent.EXTENDED, ClockEvent.RESUMED]
)
def test_no_occasion_takes_time_away(occasion: ClockEvent) -> None:
    case, dossier = filed()

    answer = deadline_of(case, dossier, occasion, MORNING + timedelta(hours=5), 1)

    assert answer.clock is not None
    assert dossier.due_at is not None
    assert answer.clock.due_at >= dossier.due_at
    assert answer.clock.original_due_at == dossier.due_at
    assert answer.case_due_at >= answer.clock.due_at


def test_a_stop_asks_only_for_the_citizens_limit() -> None:
    case, dossier = filed()

    answer = deadline_of(case, dossier, ClockEvent.STOPPED, MORNING)

    assert answer.clock is None
    assert answer.pauses
    assert answer.citizen_due_at is not None
    assert answer.citizen_due_at >= MORNING + timedelta(days=30)
    assert answer.steps == answer.case_steps == ()


def test_an_answer_that_moves_the_case_brings_the_steps_of_the_new_instant() -> None:
    case, dossier = filed()

    answer = deadline_of(case, dossier, ClockEvent.EXTENDED, MORNING, 5)

    assert answer.case_due_at != case.due_at
    assert {step.due_at for step in answer.case_steps} == {answer.case_due_at}
    assert answer.case_due_soon_at < answer.case_due_at


def test_an_answer_that_leaves_the_case_alone_brings_no_steps_for_it() -> None:
    case, dossier = filed()

    answer = deadline_of(case, dossier, ClockEvent.EXTENDED, MORNING, 1)

    assert answer.case_due_at == case.due_at
    assert answer.case_steps == ()


def test_late_is_the_first_instant_after_the_due_one() -> None:
    case, dossier = filed()

    steps = deadline_of(case, dossier, ClockEvent.VERIFYING, MORNING).steps

    by_kind = {step.kind: step for step in steps}
    assert by_kind["late"].at - by_kind["due"].at == JUST_AFTER  # type: ignore[index]  # kinds are strings


def test_a_clock_counted_anew_with_the_same_calendar_stays_as_it_is() -> None:
    case, dossier = filed()

    answer = deadline_of(case, dossier, ClockEvent.CALENDAR, MORNING + timedelta(days=3))

    assert answer.clock == dossier.clock
    assert answer.case_due_at == case.due_at
