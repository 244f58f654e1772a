"""The deaths the demonstration hands in: each in a household whose life comes to what is meant."""

from collections import Counter
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.kernel.findings import errors_of
from models.working_time.citizen import citizen_due
from simulation.demo.birth_kinds import BirthKind
from simulation.demo.claims import KIND
from simulation.demo.death_kinds import PROCEDURES, THREE, UNUSUAL, DeathKind, how_many
from simulation.demo.death_mix import plan_deaths
from simulation.demo.households import Life
from simulation.demo.lives import kind_of_life
from simulation.demo.planned import Planned
from simulation.demo.relatives import confirmations

from harness.demo_samples import CALENDAR, LAW, NOON, appointments, deaths, households, judged

START = datetime(2026, 1, 1, tzinfo=UTC)
instants = st.timedeltas(timedelta(), timedelta(days=1_400)).map(lambda age: START + age)
seeds = st.integers(0, 50_000)


def of_kind(kind: DeathKind, count: int = 40) -> list[Planned]:
    return [each for each in deaths(count=count).planned if each.kind is kind]


@settings(max_examples=25, deadline=None)
@given(seed=seeds, now=instants, count=st.integers(1, 40), start=st.sampled_from((0, 3_000)))
def test_what_is_meant_to_be_sound_has_no_error_and_raises_no_eyebrow(
    seed: int, now: datetime, count: int, start: int
) -> None:
    for planned in deaths(count=count, seed=seed, now=now, start=start).planned:
        if planned.kind is not DeathKind.ILL_FILLED:
            parsed = judged(planned, now)

            assert not errors_of(parsed.findings), planned.kind
            assert not parsed.warnings, planned.kind


@settings(max_examples=15, deadline=None)
@given(seed=seeds, now=instants)
def test_a_bad_form_is_wrong_in_each_of_the_fields_it_is_meant_to_be(
    seed: int, now: datetime
) -> None:
    planned = deaths(count=150, seed=seed, now=now).planned
    bad = [each for each in planned if each.kind is DeathKind.ILL_FILLED]

    assert len({each.wrong_fields for each in bad}) == 2
    for each in bad:
        assert each.wrong_fields == {error.field for error in judged(each, now).errors}


def test_the_same_seed_says_the_same_and_another_seed_something_else() -> None:
    first, again, other = (deaths(seed=seed).planned for seed in (7, 7, 8))

    assert first == again
    assert not {each.case_id for each in first} & {each.case_id for each in other}


@given(count=st.integers(1, 300))
@settings(max_examples=30, deadline=None)
def test_there_are_exactly_as_many_declarations_as_were_asked_for(count: int) -> None:
    assert len(deaths(count=count).planned) == count


def test_forty_deaths_hold_every_kind() -> None:
    told = Counter(planned.kind for planned in deaths().planned)

    assert set(told) == set(DeathKind)
    for kind, number in how_many(40).items():
        assert told[kind] >= number


def test_the_kinds_of_both_groups_have_names_of_their_own() -> None:
    assert not {each.value for each in BirthKind} & {each.value for each in DeathKind}


def test_nobody_dies_twice_but_in_an_employers_words() -> None:
    people = Counter(
        each.declaration["deceased"]["personal_number"]
        for each in deaths(count=300).planned
        if each.kind is not DeathKind.RIVAL
    )

    assert set(people.values()) == {1}


@pytest.mark.parametrize(
    ("life", "kind"),
    [
        (Life(compulsory_months=12), DeathKind.INSURED),
        (Life(compulsory_months=11), DeathKind.TOO_FEW),
        (Life(voluntary_months=60), DeathKind.INSURED),
        (Life(voluntary_months=59), DeathKind.TOO_FEW),
        (Life(compulsory_months=3, work_accident=True), DeathKind.INSURED),
        (Life(compulsory_months=40, lump_sum_on=date(2019, 3, 4)), DeathKind.DREW),
        (Life(pensioner=True, lump_sum_on=date(2019, 3, 4)), DeathKind.INSURED),
        (Life(social_groups=("elderly_poor",)), DeathKind.SUPPORTED),
        (Life(social_pension=True), DeathKind.SUPPORTED),
        (Life(), DeathKind.NOBODYS),
    ],
)
def test_what_a_life_comes_to_follows_from_what_was_paid_and_drawn(
    life: Life, kind: DeathKind
) -> None:
    assert kind_of_life(life) is kind


def test_each_kind_asks_for_what_it_shows() -> None:
    for each in deaths(count=100).planned:
        assert isinstance(each.kind, DeathKind)

        if each.kind is not DeathKind.RIVAL:
            asked = each.declaration["procedures"]
            assert asked == list(PROCEDURES.get(each.kind, THREE)), each.kind


def test_a_death_at_home_has_a_paper_instead_of_a_notice_and_an_id_of_its_own() -> None:
    at_home = of_kind(DeathKind.AT_HOME, count=100)

    assert len({each.case_id for each in at_home}) == len(at_home) > 2
    for each in at_home:
        assert each.case_id.startswith("death/x-")
        assert each.declaration["notice"] is None
        assert each.declaration["substitute_evidence"]["kind"] == "commune_notice"


def test_the_time_of_relatives_who_do_not_agree_is_just_over() -> None:
    (disputed,) = of_kind(DeathKind.DISPUTED)
    received_at = datetime.fromisoformat(disputed.declaration["reception"]["received_at"])
    rule = LAW.group_on(disputed.group, received_at.date(), "01")
    assert rule is not None
    (limit,) = (step.confirmation.limit for step in rule.procedures if step.confirmation)
    confirm_by = citizen_due(received_at, limit, calendar=CALENDAR).due_at

    assert confirm_by < NOON < confirm_by + timedelta(days=5)
    assert len(confirmations(disputed, agrees=False)) >= 1


def test_who_declared_has_said_it_already_and_all_others_are_asked() -> None:
    (confirmed,) = of_kind(DeathKind.CONFIRMED)
    declaration = confirmed.declaration
    said = confirmations(confirmed, agrees=True)

    assert {each.relative for each in said} | {declaration["declarant"]["personal_number"]} == {
        each["personal_number"] for each in declaration["relatives"]
    }
    assert {each.representative for each in said} == {declaration["representative"]}


def test_an_employers_claim_keeps_the_rest_of_the_record() -> None:
    (claimed,) = of_kind(DeathKind.CLAIMED)
    claim = claimed.claim
    assert claim is not None

    (told,) = claim.record["claims"]
    assert claim.person == claimed.declaration["deceased"]["personal_number"]
    assert told == {"kind": KIND, "channel": "employer", "received_on": "2026-11-19"}
    assert {"compulsory_months", "pensioner", "lump_sum_on"} <= set(claim.record)


def test_an_employer_tells_of_the_same_person_with_another_paper_under_another_id() -> None:
    planned = deaths().planned
    (rival,) = [each for each in planned if each.kind is DeathKind.RIVAL]
    (first,) = [each for each in planned if each.case_id == rival.after]

    assert rival.declaration["deceased"] == first.declaration["deceased"]
    assert rival.declaration["declarant"] != first.declaration["declarant"]
    assert rival.declaration["notice"] is None
    assert rival.case_id != first.case_id


def test_a_kind_for_which_there_is_no_household_gives_way_to_what_there_is() -> None:
    pensioners = [home for home in households(300) if kind_of_life(home.life) is DeathKind.INSURED]
    found = plan_deaths(pensioners, count=60, seed=1, appointments=appointments(NOON))

    told = Counter(planned.kind for planned in found.planned)
    assert len(found.planned) == 60
    assert not told[DeathKind.TOO_FEW] + told[DeathKind.SUPPORTED]
    assert told[DeathKind.INSURED] > how_many(60)[DeathKind.TWO]


def test_in_the_households_that_are_spared_nobody_was_declared_dead() -> None:
    found = deaths()
    dead = {each.declaration["deceased"]["personal_number"] for each in found.planned}

    assert {kind_of_life(home.life) for home in found.spared} >= {DeathKind.INSURED}
    assert not dead & {home.deceased.personal_number for home in found.spared}


def test_few_deaths_are_all_ordinary() -> None:
    assert not any(how_many(15).values())
    assert set(UNUSUAL) == set(how_many(15))
