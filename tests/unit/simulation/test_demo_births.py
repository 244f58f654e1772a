"""What the demonstration hands in: sound where it should be, wrong only where it is meant."""

from collections import Counter
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.clock.deadlines import deadlines
from models.clock.sla import sla_while_open
from models.kernel.findings import errors_of
from models.kernel.vocabulary import SlaStatus
from simulation.demo.appointments import STANDS
from simulation.demo.birth_kinds import BirthKind, how_many
from simulation.demo.birth_mix import plan_births
from simulation.demo.planned import BIRTH
from simulation.demo.raw import Raw

from harness.demo_samples import CALENDAR, LAW, NOON, PLACES, appointments, births, families, judged

START = datetime(2026, 1, 1, tzinfo=UTC)
MAY_WARN = {"nothing_linked"}
SOUND = set(BirthKind) - {BirthKind.INVALID}

instants = st.timedeltas(timedelta(), timedelta(days=1_400)).map(lambda age: START + age)
seeds = st.integers(0, 50_000)
counts = st.integers(1, 60)


@settings(max_examples=40, deadline=None)
@given(seed=seeds, now=instants, count=counts, start=st.integers(0, 5_000))
def test_what_is_meant_to_be_sound_has_no_error_and_raises_no_eyebrow(
    seed: int, now: datetime, count: int, start: int
) -> None:
    for planned in births(count=count, seed=seed, now=now, start=start):
        if planned.kind in SOUND:
            parsed = judged(planned, now)

            assert not errors_of(parsed.findings), planned.kind
            assert {finding.rule for finding in parsed.warnings} <= MAY_WARN, planned.kind


@settings(max_examples=20, deadline=None)
@given(seed=seeds, now=instants)
def test_a_bad_form_is_wrong_in_each_of_the_fields_it_is_meant_to_be(
    seed: int, now: datetime
) -> None:
    bad = [each for each in births(seed=seed, now=now) if each.kind is BirthKind.INVALID]

    assert len({each.wrong_fields for each in bad}) == 3
    for planned in bad:
        assert planned.wrong_fields == {each.field for each in judged(planned, now).errors}


def test_the_same_seed_says_the_same_and_another_seed_something_else() -> None:
    first, again, other = (births(seed=seed, now=NOON) for seed in (7, 7, 8))

    assert first == again
    assert not {each.case_id for each in first} & {each.case_id for each in other}


@given(count=st.integers(1, 2_000))
def test_there_are_exactly_as_many_declarations_as_were_asked_for(count: int) -> None:
    numbers = how_many(count)

    assert sum(numbers.values()) == count
    assert numbers[BirthKind.ALL_THREE] >= 1
    assert numbers[BirthKind.TWINS] % 2 == 0


def test_a_hundred_births_hold_every_kind() -> None:
    told = Counter(planned.kind for planned in births(now=NOON))

    assert told == how_many(100)
    assert set(told) == set(BirthKind)
    assert (
        told[BirthKind.ALL_THREE] > told[BirthKind.WITH_CARD] > told[BirthKind.WITH_RESIDENCE] > 4
    )


def test_no_two_births_share_a_notice_but_those_meant_to() -> None:
    planned = births(count=1_000, now=NOON)
    numbers = Counter(
        each.declaration["notice"]["number"]
        for each in planned
        if each.kind is not BirthKind.INVALID
    )

    assert sorted(numbers.values())[-2:] == [1, 3]


def test_runs_with_other_families_or_another_seed_never_meet_a_notice_again() -> None:
    runs = [
        births(count=200, now=NOON, seed=seed, start=start)
        for seed, start in ((20_000, 0), (20_000, 200), (20_001, 0), (3, 0))
    ]
    ids = [{each.case_id for each in run} for run in runs]

    assert sum(map(len, ids)) == len(set.union(*ids))


def test_twins_are_two_notices_of_one_birth() -> None:
    pairs: dict[str, list[Raw]] = {}
    for each in births(now=NOON):
        if each.kind is BirthKind.TWINS:
            mother = each.declaration["mother"]["personal_number"]
            pairs.setdefault(mother, []).append(each.declaration["child"])

    assert len(pairs) == 2
    for twins in pairs.values():
        assert sorted(each["birth_order"] for each in twins) == [1, 2]
        assert len({each["born_at"] for each in twins}) == 1
        assert {each["births"] for each in twins} == {2}


def test_the_births_come_from_many_places_in_many_ways() -> None:
    told = [each.declaration for each in births(count=400, now=NOON)]
    sound = [each for each in told if each["reception"]["commune"] != "00000"]

    assert len({each["registration"]["commune"][:2] for each in sound}) > 5
    assert any(each["father"] is None for each in sound)
    assert any(each["reception"]["commune"] != each["registration"]["commune"] for each in sound)
    assert {each["delivery"]["method"] for each in sound} == {"electronic", "post", "counter"}
    assert {"mother", "father", "grandparent"} == {each["declarant"]["relation"] for each in sound}


def test_some_are_received_now_some_days_ago_and_none_is_received_before_its_notice() -> None:
    ages: list[timedelta] = []
    for planned in births(count=300, now=NOON):
        received = planned.declaration["reception"]["received_at"]
        at = datetime.fromisoformat(received) if received else NOON
        ages.append(NOON - at)

        assert at.date() >= date.fromisoformat(planned.declaration["notice"]["issued_on"])

    assert timedelta() in ages
    assert max(ages) > timedelta(days=3)
    assert min(ages) >= timedelta()


@settings(max_examples=40, deadline=None)
@given(now=instants, start=st.integers(0, 5_000))
def test_at_any_moment_what_is_meant_to_be_late_or_due_soon_was_received_so_long_ago(
    now: datetime, start: int
) -> None:
    """On a Sunday, at night, before Tết: the law itself says when it had to be received."""
    stand = {
        planned.kind: _stands(planned.declaration, now)
        for planned in births(count=20, now=now, start=start)
        if planned.kind in STANDS
    }

    assert stand == STANDS


def _stands(declaration: Raw, now: datetime) -> SlaStatus:
    """As the intake will find it."""
    received_at = datetime.fromisoformat(declaration["reception"]["received_at"])
    commune = declaration["registration"]["commune"]
    province = PLACES.province_of(commune, received_at.date()) or ""
    rule = LAW.group_on(BIRTH, received_at.date(), province)
    assert rule is not None
    dates = deadlines(rule, declaration["procedures"], received_at, CALENDAR, LAW.agencies)
    return sla_while_open(now, due_soon_at=dates.due_soon_at, due_at=dates.due_at)


def test_too_few_families_are_refused() -> None:
    with pytest.raises(ValueError, match="family"):
        plan_births(families(3), count=20, seed=1, appointments=appointments(NOON))
