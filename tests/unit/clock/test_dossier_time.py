"""The working time a dossier has used and has left is told from what its case has kept."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.cases.card import case_card
from models.cases.case import Case
from models.cases.clock import working_time_of
from models.cases.dossier import Dossier
from models.cases.requests import Supply
from models.cases.transitions import agencies, citizens, clock
from models.cases.views import clocks_of, status_of
from models.clock.deadline_query import ClockEvent
from models.contracts.dossiers import DossierAnswer, SuppliedItem, key_for
from models.kernel.vocabulary import Outcome
from models.law.context import LegalContext
from models.working_time.hours import office_time_between
from models.working_time.kept import OfficeDays
from models.working_time.terms import ClockPolicy, OfficeHours
from models.working_time.used import WorkingTime

from harness.admissions import CONTEXT, MORNING
from harness.pure_cases import CODE, deadline_of, file, opened

HOURS = CONTEXT.law.agencies[0].office_hours
HOUR = timedelta(hours=1)
WANTED_AT = MORNING + 2 * HOUR
BACK_AT = MORNING + timedelta(days=3)


def context_with(policy: ClockPolicy) -> LegalContext:
    groups = tuple(
        rule.model_copy(update={"after_supplement": policy}) for rule in CONTEXT.law.groups
    )
    return replace(CONTEXT, law=CONTEXT.law.model_copy(update={"groups": groups}))


def filed(policy: ClockPolicy = ClockPolicy.RESTART) -> tuple[Case, Dossier]:
    """The first dossier of a case, filed this morning."""
    case = opened(context_with(policy))
    dossier = next(iter(case.dossiers.values()))
    file(case, dossier, MORNING)
    return case, dossier


def answer(case: Case, dossier: Dossier, outcome: Outcome, at: datetime) -> None:
    key = key_for(CODE, dossier.procedure, 1)
    said = DossierAnswer(key=key, version=dossier.version + 1, outcome=outcome)
    agencies.take_answer(case, dossier, said, at)


def reckon(case: Case, dossier: Dossier, occasion: ClockEvent, at: datetime) -> None:
    clock.apply_deadline(case, dossier, deadline_of(case, dossier, occasion, at), at)


def stopped(policy: ClockPolicy) -> tuple[Case, Dossier]:
    """Two hours after it was filed something is wanted of the citizen."""
    case, dossier = filed(policy)
    answer(case, dossier, Outcome.SUPPLEMENT, WANTED_AT)
    reckon(case, dossier, ClockEvent.STOPPED, WANTED_AT)
    return case, dossier


def supplemented(policy: ClockPolicy) -> tuple[Case, Dossier]:
    """Three days after it was filed the citizen has handed it in."""
    case, dossier = stopped(policy)
    item = SuppliedItem(code="CT07", reference="tep-1")
    said = Supply(request_id="bs", procedure=dossier.procedure, items=(item,), sent_at=BACK_AT)
    citizens.supplement(case, said, BACK_AT)
    reckon(case, dossier, ClockEvent.RESUMED, BACK_AT)
    return case, dossier


def time_of(dossier: Dossier, now: datetime) -> WorkingTime:
    found = working_time_of(dossier, now)
    assert found is not None
    return found


def office_time(start: datetime, end: datetime | None) -> timedelta:
    assert end is not None
    return office_time_between(start, end, calendar=CONTEXT.calendar, hours=HOURS)


@pytest.mark.parametrize("later", [timedelta(), HOUR, 5 * HOUR])
def test_what_a_running_clock_has_used_and_has_left_makes_up_the_whole(later: timedelta) -> None:
    _, dossier = filed()
    now = MORNING + later

    time = time_of(dossier, now)

    assert time.used == office_time(MORNING, now)
    assert time.left == office_time(now, dossier.due_at)
    assert time.used + time.left == office_time(MORNING, dossier.due_at)
    assert (time.at, time.is_late) == (now, False)


@pytest.mark.parametrize("policy", [ClockPolicy.PAUSE, ClockPolicy.RESTART])
def test_while_the_citizen_is_waited_for_both_stand_still(policy: ClockPolicy) -> None:
    _, dossier = stopped(policy)

    times = [time_of(dossier, WANTED_AT + wait) for wait in (timedelta(), HOUR, 50 * HOUR)]

    assert len({time.model_dump_json() for time in times}) == 1
    assert (times[0].used, times[0].at) == (office_time(MORNING, WANTED_AT), WANTED_AT)


@pytest.mark.parametrize(
    ("policy", "used"),
    [
        (ClockPolicy.PAUSE, office_time(MORNING, WANTED_AT) + HOUR),
        (ClockPolicy.RESTART, HOUR),
        (ClockPolicy.CONTINUE, office_time(MORNING, BACK_AT + HOUR)),
    ],
)
def test_what_a_supplement_does_to_the_time_used_follows_the_policy(
    policy: ClockPolicy, used: timedelta
) -> None:
    _, dossier = supplemented(policy)
    now = BACK_AT + HOUR

    time = time_of(dossier, now)

    assert dossier.due_at is not None
    expected = min(used, office_time(MORNING, dossier.due_at))
    assert time.used == expected
    assert time.left == office_time(now, dossier.due_at)


def test_past_the_due_instant_nothing_is_left_and_it_says_so() -> None:
    _, dossier = filed()
    assert dossier.due_at is not None

    on_time, late = (time_of(dossier, dossier.due_at + after) for after in (timedelta(), HOUR))

    assert (on_time.left, on_time.is_late) == (timedelta(), False)
    assert (late.left, late.is_late) == (timedelta(), True)
    assert late.used == office_time(MORNING, dossier.due_at)
    assert late.said() == "đã dùng hết 7 giờ 30 phút làm việc, quá hạn"


def test_it_ends_with_the_dossier() -> None:
    case, dossier = filed()
    answer(case, dossier, Outcome.REFUSED, MORNING + HOUR)

    time = time_of(dossier, MORNING + 9 * HOUR)

    assert time == time_of(dossier, MORNING + HOUR)
    assert time.said() == "đã dùng 1 giờ làm việc"


def test_card_status_and_clocks_tell_the_same() -> None:
    case, dossier = filed()
    now = MORNING + HOUR
    time = time_of(dossier, now)

    first, *others = status_of(case, now).dossiers

    (line,) = [line for line in case_card(case, now).splitlines() if "khai sinh**" in line]
    assert f"{time.said()} ·" in f"{line} ·"
    assert first.working_time == clocks_of(case, now).dossiers[0].working_time == time
    assert {one.working_time for one in others} == {None}


def test_a_clock_kept_by_an_older_release_tells_no_working_time() -> None:
    case, dossier = filed()
    assert dossier.clock is not None

    dossier.clock = dossier.clock.model_copy(update={"days": None})

    assert working_time_of(dossier, MORNING) is None
    assert "đã dùng" not in case_card(case, MORNING)


@given(
    after=st.timedeltas(timedelta(), timedelta(days=20)),
    length=st.timedeltas(timedelta(), timedelta(days=40)),
    cut=st.floats(0, 1),
    saturday=st.booleans(),
)
def test_kept_days_measure_what_the_calendar_measures(
    after: timedelta, length: timedelta, cut: float, *, saturday: bool
) -> None:
    begin = MORNING + after
    end, between = begin + length, begin + length * cut
    hours = OfficeHours(saturday_morning=saturday)
    kept = OfficeDays.until(end, begin.date(), CONTEXT.calendar, hours)

    measured = kept.worked(begin, between), kept.worked(between, end)

    assert measured == (
        office_time_between(begin, between, calendar=CONTEXT.calendar, hours=hours),
        office_time_between(between, end, calendar=CONTEXT.calendar, hours=hours),
    )


def test_the_days_of_a_month_take_thirty_bytes() -> None:
    month = OfficeDays.until(
        datetime(2026, 11, 30, 17, tzinfo=MORNING.tzinfo),
        datetime(2026, 11, 1, tzinfo=MORNING.tzinfo).date(),
        CONTEXT.calendar,
        HOURS,
    )

    assert len(month.sessions) == 30
    assert len(month.model_dump_json()) < 160
