"""What each agency decides on its own data, and what it never does twice."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import asyncpg
import pytest

from harness.agency_country import (
    Country,
    birth,
    card,
    child,
    fresh_database,
    next_family,
    residence,
    running,
)


@pytest.fixture(scope="module")
async def country(database_url: str) -> AsyncIterator[Country]:
    async with fresh_database(database_url) as url, running(url) as country:
        yield country


async def test_a_registered_birth_has_a_number_a_page_and_a_certificate(country: Country) -> None:
    family = next_family()

    answer = (await country.file(birth(family))).json()

    issued = answer["issued"]
    assert (answer["outcome"], answer["version"]) == ("granted", 1)
    assert issued["personal_number"].startswith(f"0{family.province}326")
    assert issued["certificate_number"].startswith(f"KS.{family.commune}.")
    assert set(issued) == {
        "personal_number",
        "full_name",
        "registration_number",
        "book",
        "registered_on",
        "certificate_number",
    }


async def test_the_register_knows_the_child_it_numbered(country: Country) -> None:
    issued = await country.born()

    url = f"{country.url('population')}/v1/persons/{issued['personal_number']}"
    person = (await country.client.get(url)).json()

    assert (person["full_name"], person["date_of_birth"]) == ("Nguyễn Gia An", "2026-11-17")


async def test_births_at_the_same_moment_in_one_place_never_share_a_number(
    country: Country,
) -> None:
    family = next_family()

    answers = await asyncio.gather(*(country.file(birth(family)) for _ in range(20)))

    issued = [answer.json()["issued"] for answer in answers]
    assert len({each["personal_number"] for each in issued}) == 20
    pages = sorted(int(each["registration_number"].split("/")[0]) for each in issued)
    assert pages == list(range(pages[0], pages[0] + 20))


async def test_one_filing_sent_many_times_at_once_registers_once(country: Country) -> None:
    request = birth(next_family())
    before = await country.count("agency_civil_status.birth_registration")

    answers = await asyncio.gather(*(country.file(request) for _ in range(8)))

    assert len({answer.text for answer in answers}) == 1
    assert await country.count("agency_civil_status.birth_registration") == before + 1


async def test_two_dossiers_for_one_notice_at_once_register_one(country: Country) -> None:
    family = next_family()
    rivals = [birth(family, notice="77777.GCS.01234.26") for _ in range(6)]

    answers = await asyncio.gather(*(country.file(rival) for rival in rivals))

    outcomes = sorted((a.json()["outcome"], a.json()["reason_code"]) for a in answers)
    assert outcomes == [("granted", None)] + [("refused", "TRUNG_HO_SO")] * 5


async def test_twins_are_two_notices_and_two_registrations(country: Country) -> None:
    family = next_family()

    first, second = await country.born(family), await country.born(family)

    assert first["personal_number"] != second["personal_number"]


async def test_twins_without_a_notice_are_told_apart_by_their_order(country: Country) -> None:
    family, proof = next_family(), {"kind": "witness", "description": "Nhân chứng"}
    twins = [
        birth(family, notice="-", child=child() | {"birth_order": order}) for order in (1, 2, 2)
    ]
    plain = [
        twin.model_copy(
            update={"evidence": twin.evidence | {"notice": None, "substitute_evidence": proof}}
        )
        for twin in twins
    ]

    answers = [(await country.file(twin)).json() for twin in plain]

    assert [answer["outcome"] for answer in answers] == ["granted", "granted", "refused"]


@pytest.mark.parametrize(
    "wrong",
    [{"full_name": "Lê Thị Khác"}, {"date_of_birth": "1970-01-01"}, {"personal_number": "0" * 12}],
    ids=["name", "birthday", "number"],
)
async def test_a_parent_the_register_knows_otherwise_is_refused(
    country: Country, wrong: dict[str, str]
) -> None:
    family = next_family()
    mother = family.mother.model_dump(mode="json") | wrong

    answer = (await country.file(birth(family, mother=mother))).json()

    assert (answer["outcome"], answer["reason_code"]) == ("refused", "LECH_DINH_DANH")
    assert answer["issued"] == {}


async def test_a_corrected_filing_of_a_refused_birth_is_registered(country: Country) -> None:
    family, notice = next_family(), "77778.GCS.01234.26"
    mother = family.mother.model_dump(mode="json") | {"full_name": "Lê Thị Khác"}
    await country.file(birth(family, notice=notice, mother=mother))

    answer = (await country.file(birth(family, notice=notice))).json()

    assert answer["outcome"] == "granted"


async def test_a_mother_without_a_declared_father_is_enough(country: Country) -> None:
    answer = (await country.file(birth(next_family(), father=None))).json()

    assert answer["outcome"] == "granted"


async def test_a_commune_that_does_not_exist_is_refused(country: Country) -> None:
    request = birth(next_family()).model_copy(update={"unit": "99999"})

    assert (await country.file(request)).json()["reason_code"] == "SAI_DIA_BAN"


async def test_the_child_joins_the_household_of_whom_they_follow(country: Country) -> None:
    family = next_family()

    answer = (await country.file(residence(family, await country.born(family)))).json()

    assert answer["issued"]["household_code"] == family.household_code
    assert answer["issued"]["commune"] == family.commune


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"householder_personal_number": "001099999999"}, "KHONG_CO_HO"),
        ({"consent": False}, "THIEU_DONG_Y"),
        ({"commune": "00004"}, "SAI_DIA_BAN"),
    ],
)
async def test_a_residence_that_cannot_be_is_refused_with_its_reason(
    country: Country, changes: dict[str, Any], reason: str
) -> None:
    family = next_family()
    request = residence(family, await country.born(family), **changes)

    assert (await country.file(request)).json()["reason_code"] == reason


async def test_a_child_cannot_join_a_household_the_mother_does_not_live_in(
    country: Country,
) -> None:
    family, other = next_family(), next_family()
    request = residence(other, await country.born(family))
    evidence = request.evidence | {"mother": {"personal_number": family.mother.personal_number}}

    answer = await country.file(request.model_copy(update={"evidence": evidence}))

    assert answer.json()["reason_code"] == "KHONG_CUNG_HO"


@pytest.mark.parametrize("build", [residence, card], ids=["residence", "card"])
async def test_a_second_key_for_the_same_child_gets_nothing(country: Country, build: Any) -> None:
    family = next_family()
    issued = await country.born(family)

    rivals = await asyncio.gather(*(country.file(build(family, issued)) for _ in range(6)))

    outcomes = sorted((a.json()["outcome"], a.json()["reason_code"]) for a in rivals)
    assert outcomes == [("granted", None)] + [("refused", "TRUNG_HO_SO")] * 5


async def test_a_card_says_what_the_registration_says(country: Country) -> None:
    family = next_family()

    issued = (await country.file(card(family, await country.born(family)))).json()["issued"]

    assert issued["card_number"] == f"TE1{family.province}{issued['insurance_number']}"
    assert len(issued["insurance_number"]) == 10
    assert (issued["valid_from"], issued["valid_to"]) == ("2026-11-17", "2032-11-17")
    assert issued["card_image"].startswith("data:image/svg+xml;base64,")


async def test_the_child_joins_the_mothers_insured_household(country: Country) -> None:
    family = next_family()
    issued = await country.born(family)

    await country.file(card(family, issued))

    rows = await country.pool.fetch(
        "SELECT DISTINCT household FROM agency_insurance.member "
        "WHERE personal_number = ANY($1::text[])",
        [issued["personal_number"], family.mother.personal_number],
    )
    assert len(rows) == 1


async def test_a_child_past_six_gets_no_card(country: Country) -> None:
    family = next_family()
    request = card(family, await country.born(family), born_at="2018-05-01T10:00:00+07:00")

    assert (await country.file(request)).json()["reason_code"] == "QUA_TUOI_CAP_THE"


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM agency_insurance.card",
        "UPDATE agency_insurance.dossier SET outcome = 'refused' WHERE outcome = 'granted'",
        "UPDATE agency_population.number_series SET last = 400000",
    ],
)
async def test_the_database_itself_forbids_what_must_never_happen(
    country: Country, statement: str
) -> None:
    family = next_family()
    await country.file(card(family, await country.born(family)))

    with pytest.raises(asyncpg.PostgresError):
        await country.pool.execute(statement)


async def test_no_registration_without_the_population_database(country: Country) -> None:
    request = birth(next_family())
    await country.turn("population", reachable="down")

    answer = await country.file(request)
    await country.turn("population")

    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "5")
    assert (await country.file(request)).json()["outcome"] == "granted"


async def test_couples_never_run_out_and_every_agency_knows_them(country: Country) -> None:
    url = f"http://127.0.0.1:{country.site.switchboard_port}/v1/demo/couples"

    families = (await country.client.get(url, params={"offset": 3_999, "limit": 2})).json()

    assert [each["index"] for each in families["couples"]] == [3999, 4000]
    for table in ("agency_population.person", "agency_residence.resident"):
        known = await country.pool.fetchval(
            f"SELECT count(*) FROM {table} WHERE personal_number = $1",  # noqa: S608
            families["couples"][1]["mother"]["personal_number"],
        )
        assert known == 1


async def test_what_the_database_quotes_is_neither_told_nor_logged(
    country: Country, capfd: pytest.CaptureFixture[str]
) -> None:
    family = next_family()
    prefix = f"0{family.province}326"
    await country.born(family)
    await country.born(family)
    back = "UPDATE agency_population.number_series SET last = last - 1 WHERE prefix = $1"
    taken = await country.pool.fetchval(f"{back} RETURNING last + 1", prefix)

    answer = await country.file(birth(family))
    await country.pool.execute(
        "UPDATE agency_population.number_series SET last = last + 1 WHERE prefix = $1", prefix
    )

    said = "".join(capfd.readouterr()) + answer.text
    assert answer.status_code == 503
    assert "database.refused" in said
    assert f"{prefix}{taken:06}" not in said
