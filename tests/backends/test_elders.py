"""The invented country's older households are always the same, and fit in beside its couples."""

from collections import Counter
from datetime import date

from backends.country.elders import MOST_ELDERS, ElderHousehold, elder, elders
from backends.country.people import MOST, SEED, Family, couples
from backends.shared.places import communes

TODAY = date(2026, 11, 20)
MAJORITY = 18


def test_a_household_is_the_same_however_it_is_asked_for() -> None:
    assert elders(SEED, 5, start=40)[2] == elder(SEED, 42)


def test_nobody_shares_a_number_with_anybody_in_the_country() -> None:
    households: list[ElderHousehold | Family] = [
        *elders(SEED, 1_000),
        *elders(SEED, 100, start=MOST_ELDERS - 100),
        *couples(SEED, 1_000),
        *couples(SEED, 100, start=MOST - 100),
    ]
    people = [person for each in households for person in each.people()]

    assert len({person.personal_number for person in people}) == len(people)
    assert len({person.insurance_number for person in people}) == len(people)
    assert {len(person.personal_number) for person in people} == {12}
    assert {len(person.insurance_number) for person in people} == {10}


def test_the_older_country_ends_without_an_error() -> None:
    assert len(elders(SEED, 10, start=MOST_ELDERS - 3)) == 3


def test_who_is_left_behind_is_of_age_and_younger_than_a_parent() -> None:
    for each in elders(SEED, 500):
        for child in each.children:
            assert child.date_of_birth.year - each.deceased.date_of_birth.year >= MAJORITY
            assert TODAY.year - child.date_of_birth.year >= MAJORITY


def test_households_lie_in_communes_that_exist_under_one_of_their_own() -> None:
    households = elders(SEED, 300)

    assert all(communes()[each.commune].province == each.province for each in households)
    assert all(each.householder in each.people() for each in households)


def test_the_account_is_the_eldest_childs_as_banks_spell_names() -> None:
    for each in elders(SEED, 50):
        assert each.account.account_name.isascii()
        assert each.account.account_name.isupper()
        assert len(each.account.account_name.split()) == len(each.children[0].full_name.split())


def test_most_lived_so_that_one_fund_pays_and_some_so_that_none_does() -> None:
    lives = [each.life for each in elders(SEED, 2_000)]

    paid = Counter(
        "insurance" if life.pensioner else "social" if life.is_supported else "other"
        for life in lives
    )

    assert paid["insurance"] > paid["social"] > 200
    assert any(life.lump_sum_on for life in lives)
    assert any(0 < life.compulsory_months < 12 for life in lives)
    assert all(not (life.is_insured and life.is_supported) for life in lives)
