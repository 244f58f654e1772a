"""What each agency decides about a death on its own data, and what it never does twice."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import asyncpg
import pytest

from backends.country.elders import ElderHousehold
from models.contracts.dossiers import DossierRequest

from harness.agency_country import Country, fresh_database, running
from harness.agency_deaths import (
    DIED,
    death,
    deceased,
    enter_record,
    entitlement,
    funeral,
    next_elder,
    pensioner,
    removal,
    supported,
    survivors,
)

EMPLOYER = {
    "kind": "insurance_funeral",
    "channel": "employer",
    "received_on": "2026-11-18",
    "paid": False,
}

REVOKED: dict[str, Any] = {
    "correction_id": "cc-3",
    "kind": "revoked",
    "act": "register_death",
    "decided_by": "cb-07",
    "approved_by": "cb-08",
    "legal_basis": "NĐ 301/2026",
}


@pytest.fixture(scope="module")
async def country(database_url: str) -> AsyncIterator[Country]:
    async with fresh_database(database_url) as url, running(url) as country:
        yield country


async def _asked(country: Country, request: DossierRequest) -> tuple[str, str | None]:
    answer = (await country.file(request)).json()
    return answer["outcome"], answer["reason_code"]


async def _person(country: Country, of: ElderHousehold) -> Any:
    url = f"{country.url('population')}/v1/persons/{of.deceased.personal_number}"
    return (await country.client.get(url)).json()


async def test_a_registered_death_has_a_page_and_an_extract(country: Country) -> None:
    household = next_elder()

    answer = (await country.file(death(household))).json()

    issued = answer["issued"]
    assert answer["outcome"] == "granted"
    assert issued["certificate_number"].startswith(f"KT.{household.commune}.")
    assert {"registration_number", "certificate_number", "registered_on"} <= set(issued)


async def test_the_population_database_knows_who_died_and_when(country: Country) -> None:
    household = next_elder()
    before = await _person(country, household)

    await country.file(death(household))

    assert before["died_on"] is None
    assert (await _person(country, household))["died_on"] == "2026-11-17"


async def test_the_family_the_hospital_and_the_commune_register_one_death(
    country: Country,
) -> None:
    household = next_elder()

    rivals = await asyncio.gather(*(country.file(death(household)) for _ in range(5)))

    outcomes = sorted((a.json()["outcome"], a.json()["reason_code"]) for a in rivals)
    assert outcomes == [("granted", None)] + [("refused", "TRUNG_HO_SO")] * 4


async def test_one_notice_proves_one_death(country: Country) -> None:
    first, second = death(next_elder()), death(next_elder())
    notice = first.evidence["notice"]
    assert isinstance(notice, dict)
    spelled = notice | {"facility": " 01234 "}
    rival = second.model_copy(update={"evidence": second.evidence | {"notice": spelled}})
    await country.file(first)

    assert await _asked(country, rival) == ("refused", "TRUNG_HO_SO")


async def test_a_death_without_any_proof_is_refused(country: Country) -> None:
    request = death(next_elder(), notice=None)

    assert await _asked(country, request) == ("refused", "THIEU_GIAY_BAO_TU")


async def test_a_death_at_home_is_registered_on_substitute_evidence(country: Country) -> None:
    proof = {"kind": "witness", "description": "Nhân chứng tại nhà"}

    request = death(next_elder(), notice=None, substitute_evidence=proof)

    assert await _asked(country, request) == ("granted", None)


async def test_a_cause_of_death_may_be_as_long_as_a_declaration_allows(country: Country) -> None:
    request = death(next_elder(), cause_of_death="ô" * 1000)

    assert await _asked(country, request) == ("granted", None)


async def test_who_died_is_found_by_name_and_birthday_where_the_number_is_unknown(
    country: Country,
) -> None:
    household = next_elder()
    request = death(household, deceased=deceased(household) | {"personal_number": None})

    assert await _asked(country, request) == ("granted", None)
    assert (await _person(country, household))["died_on"] == "2026-11-17"


@pytest.mark.parametrize(
    "wrong",
    [
        {"full_name": "Lê Thị Khác"},
        {"date_of_birth": "1901-01-01"},
        {"personal_number": "0" * 12},
        {"died_at": "1900-11-17T04:10:00+07:00"},
    ],
    ids=["name", "birthday", "number", "before birth"],
)
async def test_somebody_the_register_knows_otherwise_is_not_registered_dead(
    country: Country, wrong: dict[str, str]
) -> None:
    household = next_elder()

    refused = await _asked(country, death(household, deceased=deceased(household) | wrong))

    assert refused == ("refused", "LECH_DINH_DANH")
    assert (await _person(country, household))["died_on"] is None


async def test_the_cause_of_death_stands_in_its_own_table_alone(country: Country) -> None:
    registered, refused = death(next_elder()), death(next_elder(), notice=None)
    withdrawn = death(next_elder())
    for request in (registered, refused):
        await country.file(request)
    await country.turn("civil_status", answers={"when": "people"})
    await country.file(withdrawn)
    await country.post(withdrawn, "withdrawal", {"request_id": "w1"}, "w1")
    await country.calm()

    filed = await country.pool.fetch(
        "SELECT filed::text FROM agency_civil_status.dossier WHERE key = ANY($1::text[])",
        [registered.key, refused.key, withdrawn.key],
    )

    assert len(filed) == 3
    assert all("Suy tim" not in row["filed"] for row in filed)
    kept = f"""
        agency_civil_status.death_cause JOIN agency_civil_status.death_registration
        ON id = registration WHERE dossier_key = '{registered.key}'
        AND cause_of_death = 'Suy tim cấp'
    """
    assert await country.count(kept) == 1


async def test_a_death_sent_again_is_answered_the_same(country: Country) -> None:
    request = death(next_elder())

    answers = [(await country.file(request)).text for _ in range(2)]

    assert answers[0] == answers[1]
    assert '"granted"' in answers[0]


async def test_a_revoked_entry_makes_the_person_alive_and_may_be_entered_again(
    country: Country,
) -> None:
    household = next_elder()
    request = death(household)
    await country.file(request)
    url = f"{country.url('population')}/v1/deaths/{request.key}/revocation"
    said: dict[str, Any] = {
        "json": {"correction_id": "cc-1"},
        "headers": {"Idempotency-Key": "cc-1"},
    }

    first = await country.client.post(url, **said)
    again = await country.client.post(url, **said)

    assert (first.status_code, first.text) == (200, again.text)
    assert (await _person(country, household))["died_on"] is None


async def test_a_death_is_entered_on_one_day_only(country: Country) -> None:
    household = next_elder()
    url = f"{country.url('population')}/v1/deaths/"
    facts = {
        "personal_number": household.deceased.personal_number,
        "full_name": household.deceased.full_name,
        "date_of_birth": None,
    }
    answers = [
        await country.client.put(
            f"{url}{key}",
            json=facts | {"key": key, "died_on": day},
            headers={"Idempotency-Key": key},
        )
        for key, day in (
            (f"{household.index}-a", "2026-11-17"),
            (f"{household.index}-b", "2026-11-17"),
            (f"{household.index}-c", "2026-11-16"),
        )
    ]

    said = [(answer.json()["outcome"], answer.json()["reason_code"]) for answer in answers]

    assert said == [("granted", None), ("granted", None), ("refused", "TRUNG_HO_SO")]


async def test_the_deceased_is_struck_off_once_and_stays_known(country: Country) -> None:
    household = next_elder()

    rivals = await asyncio.gather(*(country.file(removal(household)) for _ in range(4)))

    outcomes = sorted((a.json()["outcome"], a.json()["reason_code"]) for a in rivals)
    assert outcomes == [("granted", None)] + [("refused", "TRUNG_HO_SO")] * 3
    number = household.deceased.personal_number
    struck = f"agency_residence.resident WHERE personal_number = '{number}'"
    assert await country.count(f"{struck} AND struck_off_on IS NOT NULL") == 1


async def test_a_household_that_loses_its_head_is_told_to_name_another(country: Country) -> None:
    headed = next(h for h in iter(next_elder, None) if h.householder == h.deceased)

    answer = (await country.file(removal(headed))).json()

    assert answer["issued"]["record_number"].startswith(f"XT.{headed.commune}.")
    assert "chủ hộ mới" in answer["note"]


async def test_nobody_is_struck_off_elsewhere_or_without_an_extract(country: Country) -> None:
    household, other = next_elder(), next_elder()
    elsewhere = removal(household).model_copy(
        update={"unit": "00004" if household.commune != "00004" else "00008"}
    )
    unproven = removal(other, {"register_death": {}})

    assert await _asked(country, elsewhere) == ("refused", "SAI_DIA_BAN")
    assert await _asked(country, unproven) == ("refused", "THIEU_GIAY_BAO_TU")


async def test_the_insurer_pays_ten_levels_of_the_month_of_death(country: Country) -> None:
    household = pensioner()

    issued = (await country.file(funeral(household))).json()["issued"]

    assert (issued["amount"], issued["formula"]) == (25_300_000, "10 × 2.530.000")
    assert issued["decision_number"].startswith(f"BHXH.MT.{household.commune}.")


@pytest.mark.parametrize(
    ("died_at", "amount"),
    [
        ("2026-06-30T23:59:59+07:00", 23_400_000),
        ("2026-07-01T00:00:00+07:00", 25_300_000),
        ("2024-06-30T23:00:00+07:00", 18_000_000),
        ("2019-07-01T00:00:00+07:00", 14_900_000),
    ],
)
async def test_the_level_is_that_of_the_month_of_death_in_vietnam(
    country: Country, died_at: str, amount: int
) -> None:
    household = pensioner()
    request = funeral(household, deceased=deceased(household) | {"died_at": died_at})

    assert (await country.file(request)).json()["issued"]["amount"] == amount


@pytest.mark.parametrize(
    ("record", "reason"),
    [
        ({"compulsory_months": 11}, "CHUA_DU_12_THANG"),
        ({"compulsory_months": 12}, None),
        ({"voluntary_months": 59}, "CHUA_DU_12_THANG"),
        ({"voluntary_months": 60}, None),
        ({"work_accident": True}, None),
        ({"pensioner": True, "lump_sum_on": "2020-01-02"}, None),
        ({"compulsory_months": 200, "lump_sum_on": "2020-01-02"}, "DA_HUONG_BHXH_1_LAN"),
        ({}, "SAI_DOI_TUONG"),
        ({"pensioner": True, "missing": True}, "SAI_DOI_TUONG"),
        ({"pensioner": True, "full_name": "Lê Thị Khác"}, "LECH_DINH_DANH"),
        ({"pensioner": True, "date_of_birth": "1950-01-01"}, "LECH_DINH_DANH"),
        ({"pensioner": True, "insurance_number": "0199999999"}, "LECH_DINH_DANH"),
        ({"pensioner": True, "claims": [EMPLOYER]}, "TRUNG_HO_SO"),
    ],
)
async def test_the_insurer_decides_on_the_record_its_clerk_entered(
    country: Country, record: dict[str, Any], reason: str | None
) -> None:
    household = next_elder()
    (await enter_record(country, household, **record)).raise_for_status()

    answer = await _asked(country, funeral(household))

    assert answer == (("refused", reason) if reason else ("granted", None))


@pytest.mark.parametrize("build", [funeral, survivors], ids=["funeral", "survivors"])
async def test_each_benefit_is_granted_once_whoever_claims(country: Country, build: Any) -> None:
    household = pensioner()

    rivals = await asyncio.gather(*(country.file(build(household)) for _ in range(5)))

    outcomes = sorted((a.json()["outcome"], a.json()["reason_code"]) for a in rivals)
    assert outcomes == [("granted", None)] + [("refused", "TRUNG_HO_SO")] * 4


async def test_an_employers_claim_cannot_be_entered_after_the_familys(country: Country) -> None:
    household = pensioner()
    await country.file(funeral(household))

    late = await enter_record(country, household, pensioner=True, claims=[EMPLOYER])

    assert (late.status_code, late.json()["reason_code"]) == (409, "TRUNG_HO_SO")


@pytest.mark.parametrize(
    "representation",
    [
        None,
        {"representative": "001090000001", "by": "relatives", "reference": None},
    ],
    ids=["nobody", "a stranger"],
)
async def test_survivors_without_a_representative_of_theirs_get_nothing(
    country: Country, representation: Any
) -> None:
    request = survivors(pensioner(), representation=representation)

    assert await _asked(country, request) == ("refused", "THIEU_DAI_DIEN")


async def test_a_written_form_needs_its_reference(country: Country) -> None:
    household = pensioner()
    written = {
        "representative": household.children[0].personal_number,
        "by": "written_form",
        "reference": None,
    }
    without = survivors(household, representation=written)
    with_it = survivors(household, representation=written | {"reference": "tep-9"})

    assert await _asked(country, without) == ("refused", "THIEU_DAI_DIEN")
    assert await _asked(country, with_it) == ("granted", None)


async def test_survivors_get_two_levels_for_each_year_paid(country: Country) -> None:
    household = next_elder()
    await enter_record(country, household, compulsory_months=120)

    issued = (await country.file(survivors(household))).json()["issued"]

    assert issued["amount"] == 20 * 2_530_000


async def test_social_affairs_pay_twenty_standards(country: Country) -> None:
    issued = (await country.file(funeral(supported(), fund="social_funeral"))).json()["issued"]

    assert (issued["amount"], issued["formula"]) == (10_800_000, "20 × 540.000")


@pytest.mark.parametrize(
    ("record", "at_the_insurer", "reason"),
    [
        ({"social_groups": ["elderly_poor"]}, {}, None),
        ({"social_pension": True}, {"compulsory_months": 11}, None),
        ({"social_groups": ["elderly_poor"]}, {"pensioner": True}, "SAI_DOI_TUONG"),
        ({"social_groups": ["elderly_poor"]}, {"claims": [EMPLOYER]}, "TRUNG_HO_SO"),
        ({"social_groups": ["no_such_group"]}, {}, "SAI_DOI_TUONG"),
        ({"social_pension": True, "missing": True}, {}, "SAI_DOI_TUONG"),
        ({"social_pension": True, "full_name": "Lê Thị Khác"}, {}, "LECH_DINH_DANH"),
    ],
)
async def test_social_affairs_decide_on_their_record_and_ask_the_insurer(
    country: Country, record: dict[str, Any], at_the_insurer: dict[str, Any], reason: str | None
) -> None:
    household = next_elder()
    await enter_record(country, household, **at_the_insurer)
    await enter_record(country, household, fund="social_affairs", **record)

    answer = await _asked(country, funeral(household, fund="social_funeral"))

    assert answer == (("refused", reason) if reason else ("granted", None))


async def test_social_affairs_decide_nothing_while_the_insurer_is_away(country: Country) -> None:
    request = funeral(supported(), fund="social_funeral")
    await country.turn("insurance", reachable="down")

    answer = await country.file(request)
    await country.turn("insurance")

    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "5")
    assert await _asked(country, request) == ("granted", None)


async def test_what_a_fund_knows_is_what_the_deceased_lived(country: Country) -> None:
    household = pensioner()

    known = await entitlement(country, household, fund="insurance")

    assert (known["known"], known["identity_matches"], known["pensioner"]) == (True, True, True)
    assert known["compulsory_months"] == household.life.compulsory_months


@pytest.mark.parametrize("fund", ["insurance", "social_affairs"])
async def test_a_fund_tells_that_it_has_no_record_or_another_persons(
    country: Country, fund: str
) -> None:
    household = next_elder(
        lambda life: life.pensioner if fund == "insurance" else life.is_supported
    )

    mistaken = await entitlement(country, household, fund=fund, full_name="Lê Thị Khác")
    unknown = await entitlement(country, household, fund=fund, personal_number="001045999999")

    assert (mistaken["known"], mistaken["identity_matches"]) == (True, False)
    assert unknown["known"] is False


async def test_claims_are_told_with_their_channel_and_no_claimant(country: Country) -> None:
    household = pensioner()
    await enter_record(country, household, pensioner=True, claims=[EMPLOYER])

    told = (await entitlement(country, household, fund="insurance"))["claims"]

    assert told == [EMPLOYER]


async def test_each_asking_can_be_accounted_for(country: Country) -> None:
    asked = "agency_insurance.question WHERE purpose = 'precheck'"
    before = await country.count(asked)

    await entitlement(country, pensioner(), fund="insurance")

    assert await country.count(asked) == before + 1


async def test_a_clerk_sees_what_was_entered(country: Country) -> None:
    household = pensioner()
    await enter_record(country, household, compulsory_months=7, as_of=DIED, claims=[EMPLOYER])

    url = f"{country.url('insurance')}/v1/desk/records/{household.deceased.personal_number}"
    record = (await country.client.get(url)).json()

    assert (record["compulsory_months"], record["pensioner"]) == (7, False)
    assert [claim["channel"] for claim in record["claims"]] == ["employer"]


async def test_elders_never_run_out_and_every_agency_knows_them(country: Country) -> None:
    url = f"http://127.0.0.1:{country.site.switchboard_port}/v1/demo/elders"

    told = (await country.client.get(url, params={"offset": 1_999, "limit": 2})).json()["elders"]

    assert [each["index"] for each in told] == [1999, 2000]
    number = told[1]["deceased"]["personal_number"]
    for table in (
        "agency_population.person",
        "agency_residence.resident",
        "agency_insurance.member",
    ):
        assert await country.count(f"{table} WHERE personal_number = '{number}'") == 1


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM agency_civil_status.death_certificate",
        "DELETE FROM agency_population.death",
        "DELETE FROM agency_insurance.claim",
        "DELETE FROM agency_insurance.benefit_decision",
        "UPDATE agency_population.death SET personal_number = personal_number, revoked_at = NULL",
    ],
)
async def test_what_was_done_about_a_death_cannot_be_taken_out(
    country: Country, statement: str
) -> None:
    household = pensioner()
    request = death(household)
    await country.file(request)
    await country.file(funeral(household))
    await country.client.post(
        f"{country.url('population')}/v1/deaths/{request.key}/revocation",
        json={"correction_id": "cc-2"},
        headers={"Idempotency-Key": "cc-2"},
    )

    with pytest.raises(asyncpg.PostgresError):
        await country.pool.execute(statement)


async def test_a_death_registered_in_error_is_undone_at_every_agency(country: Country) -> None:
    household = pensioner()
    requests = [death(household), removal(household), funeral(household), survivors(household)]
    for request in requests:
        assert await _asked(country, request) == ("granted", None)

    effects = [
        (await country.post(request, "corrections", REVOKED, "cc-3")).json()["effect"]
        for request in requests
    ]

    assert effects == ["revoked", "restored", "cancelled", "cancelled"]
    assert (await _person(country, household))["died_on"] is None
    number = household.deceased.personal_number
    lives = f"agency_residence.resident WHERE personal_number = '{number}'"
    assert await country.count(f"{lives} AND struck_off_on IS NULL") == 1


async def test_who_was_registered_dead_in_error_can_die_once_more(country: Country) -> None:
    household = pensioner()
    builders: list[Any] = [death, removal, funeral, survivors]
    for build in builders:
        request = build(household)
        await country.file(request)
        await country.post(request, "corrections", REVOKED, "cc-4")

    again = [await _asked(country, build(household)) for build in builders]

    assert again == [("granted", None)] * 4


async def test_a_corrected_death_has_a_new_extract(country: Country) -> None:
    request = death(next_elder())
    first = (await country.file(request)).json()["issued"]["certificate_number"]
    corrected = REVOKED | {"kind": "corrected", "facts": {"full_name": "Lê Thị Khác"}}

    receipt = (await country.post(request, "corrections", corrected, "cc-5")).json()

    assert receipt["effect"] == "corrected"
    assert receipt["issued"]["certificate_number"] != first
