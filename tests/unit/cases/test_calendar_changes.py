"""What a dry run says another calendar would move is what the case then does."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from models.cases.calendar_changes import moves_of
from models.cases.case import Case
from models.cases.transitions import clock
from models.cases.views import clocks_of
from models.clock.deadline_query import ClockEvent
from models.clock.dossier_clock import DossierClock
from models.law.context import LegalContext
from models.working_time.calendars import Calendar, SpecialDay

from harness.admissions import CONTEXT, MORNING
from harness.pure_cases import deadline_of, file, opened

TODAY = MORNING.date()


def with_days_off(days: Iterable[date]) -> LegalContext:
    """The same office, with more days off."""
    known = CONTEXT.calendar
    extra = [SpecialDay(day=day, name="Nghỉ bổ sung", source="TB thử") for day in days]
    terms = dict(known) | {"days_off": (*known.days_off, *extra)}
    return replace(CONTEXT, calendar=Calendar(**terms))


def running(*occasions: ClockEvent) -> Case:
    """A case with every dossier filed, to whose residence dossier this has happened."""
    case = opened()
    for dossier in case.dossiers.values():
        file(case, dossier, MORNING)
    residence = next(d for d in case.dossiers.values() if d.procedure == "register_residence")
    for occasion in occasions:
        clock.apply_deadline(
            case, residence, deadline_of(case, residence, occasion, MORNING, 2), MORNING
        )
    return case


def apply(case: Case, context: LegalContext) -> None:
    """As the workflow does it: all are asked, and the case moves with its latest dossier."""
    answers = [
        (one, deadline_of(case, one, ClockEvent.CALENDAR, MORNING, context=context))
        for one in case.dossiers.values()
    ]
    latest = max((answer for _, answer in answers), key=lambda answer: answer.case_due_at)
    for dossier, answer in answers:
        clock.apply_deadline(case, dossier, answer.within(latest), MORNING)


HISTORIES = pytest.mark.parametrize(
    "happened",
    [
        (),
        (ClockEvent.VERIFYING,),
        (ClockEvent.EXTENDED,),
        (ClockEvent.STOPPED,),
        (ClockEvent.VERIFYING, ClockEvent.EXTENDED),
    ],
    ids=lambda happened: "-".join(happened) or "plain",
)


@HISTORIES
@pytest.mark.parametrize("ahead", range(1, 8))
def test_a_case_moves_exactly_as_the_dry_run_said(
    happened: tuple[ClockEvent, ...], ahead: int
) -> None:
    case, context = running(*happened), with_days_off([TODAY + timedelta(days=ahead)])
    clocks = clocks_of(case, MORNING)
    foretold = {(m.procedure, m.due_at) for m in moves_of(clocks, context, MORNING)}
    before = {id: dossier.due_at for id, dossier in case.dossiers.items()}
    case_before = case.due_at

    apply(case, context)

    moved: set[tuple[str | None, datetime | None]] = {
        (id, d.due_at) for id, d in case.dossiers.items() if d.due_at != before[id]
    }
    if case.due_at != case_before:
        moved.add((None, case.due_at))
    assert moved == foretold


@HISTORIES
def test_applied_once_there_is_nothing_left_to_move(happened: tuple[ClockEvent, ...]) -> None:
    case, context = running(*happened), with_days_off([TODAY + timedelta(days=2)])

    apply(case, context)
    entries = len(case.entries)
    apply(case, context)

    assert moves_of(clocks_of(case, MORNING), context, MORNING) == ()
    assert len(case.entries) == entries


@HISTORIES
def test_the_calendar_in_force_moves_nothing(happened: tuple[ClockEvent, ...]) -> None:
    assert moves_of(clocks_of(running(*happened), MORNING), CONTEXT, MORNING) == ()


@HISTORIES
@pytest.mark.parametrize("ahead", range(1, 8))
def test_no_dossier_is_due_after_its_case(happened: tuple[ClockEvent, ...], ahead: int) -> None:
    case = running(*happened)

    apply(case, with_days_off([TODAY + timedelta(days=ahead)]))

    assert case.due_at is not None
    assert all(d.due_at is not None and d.due_at <= case.due_at for d in case.dossiers.values())


def test_what_is_promised_never_moves() -> None:
    case = running()
    promised = clocks_of(case, MORNING).dates

    apply(case, with_days_off([TODAY + timedelta(days=1)]))

    assert clocks_of(case, MORNING).dates == promised


def test_a_case_that_is_not_open_moves_nothing() -> None:
    unopened = Case(opened().case_id, opened().group, MORNING)

    assert moves_of(clocks_of(unopened, MORNING), CONTEXT, MORNING) == ()


def test_another_calendar_gives_a_dossier_none_of_the_time_another_ones_supplement_gave() -> None:
    case = running(ClockEvent.EXTENDED)
    card = next(d for d in case.dossiers.values() if d.procedure == "issue_card")
    assert card.clock is not None
    assert case.clock is not None
    assert case.opening is not None
    total = case.opening.deadlines.due_at
    long = card.clock.count.model_copy(update={"limit_days": 30, "cap": total})
    hours = CONTEXT.law.agency(card.plan.agency).office_hours
    card.clock = DossierClock.started(long, CONTEXT.calendar, hours)

    answer = deadline_of(case, card, ClockEvent.CALENDAR, MORNING, context=CONTEXT)

    assert case.clock.due_at > total
    assert answer.clock is not None
    assert answer.clock.due_at == card.clock.due_at == total
