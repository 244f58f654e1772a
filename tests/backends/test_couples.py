"""The invented country is always the same, and its numbers have the structure of the law."""

from backends.country.people import MOST, SEED, Family, couples, family
from backends.shared.places import communes


def test_a_family_is_the_same_however_it_is_asked_for() -> None:
    assert couples(SEED, 5, start=40)[2] == family(SEED, 42)


def test_nobody_in_the_country_shares_a_number() -> None:
    numbers = [p.personal_number for each in couples(SEED, 2_000) for p in each.people()]

    assert len(set(numbers)) == len(numbers)


def test_the_country_ends_without_an_error() -> None:
    assert len(couples(SEED, 10, start=MOST - 3)) == 3


def test_every_number_tells_place_sex_century_and_year() -> None:
    for each in couples(SEED, 300):
        for person in each.people():
            born = person.date_of_birth.year
            digit = (0 if born < 2000 else 2) + (person.sex == "female")

            assert person.personal_number[:6] == f"0{each.province}{digit}{born % 100:02}"


def test_families_live_in_communes_that_exist_and_are_heads_of_their_own_household() -> None:
    families = couples(SEED, 300)

    assert all(communes()[each.commune].province == each.province for each in families)
    assert all(each.householder in each.people() for each in families)
    assert {_parents(each) for each in families} == {1, 2}


def _parents(each: Family) -> int:
    return 2 if each.father else 1
