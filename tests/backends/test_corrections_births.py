"""A registered birth corrected or revoked: who relied on it renews or undoes, once for each."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass
from itertools import count
from typing import Any

import asyncpg
import pytest

from models.contracts.dossiers import DossierRequest, Facts

from harness.agency_country import (
    Country,
    birth,
    card,
    fresh_database,
    next_family,
    residence,
    running,
)

PEOPLE = {"when": "people"}
_ids = count(1)


@dataclass
class Child:
    """A child who was registered, entered in a household and given a card."""

    birth: DossierRequest
    residence: DossierRequest
    card: DossierRequest
    issued: Facts


@pytest.fixture(scope="module")
async def module_country(database_url: str) -> AsyncIterator[Country]:
    async with fresh_database(database_url) as url, running(url) as country:
        yield country


@pytest.fixture
async def country(module_country: Country) -> AsyncIterator[Country]:
    yield module_country
    await module_country.calm()


@pytest.fixture
async def child(country: Country) -> Child:
    family = next_family()
    registered = birth(family)
    issued = (await country.file(registered)).json()["issued"]
    requests = residence(family, issued), card(family, issued)
    for request in requests:
        assert (await country.file(request)).json()["outcome"] == "granted"
    return Child(registered, *requests, issued)


async def test_a_revoked_birth_stays_in_the_book_and_closes_the_number(
    country: Country, child: Child
) -> None:
    answer = await tell(country, child.birth, revocation())

    assert (answer["acknowledged"], answer["effect"]) == (True, "revoked")
    assert (await standing(country, child.birth))["state"] == "revoked"
    assert (await person(country, child.issued))["closed_on"] is not None


async def test_whoever_relied_on_a_revoked_birth_undoes_what_it_did(
    country: Country, child: Child
) -> None:
    effects = [
        (await tell(country, request, revocation()))["effect"]
        for request in (child.residence, child.card)
    ]

    assert effects == ["cancelled", "cancelled"]
    assert (await standing(country, child.residence))["state"] == "cancelled"
    assert (await standing(country, child.card))["state"] == "cancelled"


async def test_a_birth_registered_in_error_may_be_registered_anew_under_another_number(
    country: Country,
) -> None:
    family, notice = next_family(), "77901.GCS.01234.26"
    wrong = birth(family, notice=notice)
    first = (await country.file(wrong)).json()["issued"]
    await tell(country, wrong, revocation())

    anew = (await country.file(birth(family, notice=notice))).json()

    assert anew["outcome"] == "granted"
    assert anew["issued"]["personal_number"] != first["personal_number"]


async def test_a_corrected_birth_is_certified_anew_and_the_old_entry_is_kept(
    country: Country, child: Child
) -> None:
    answer = await tell(country, child.birth, correction(full_name="Nguyễn Gia Ân", sex="male"))

    assert answer["effect"] == "corrected"
    assert answer["issued"]["certificate_number"] != child.issued["certificate_number"]
    assert answer["issued"]["personal_number"] == child.issued["personal_number"]
    now = await standing(country, child.birth)
    assert (now["version"], now["issued"]["sex"]) == (2, "male")
    assert (await country.ask(child.birth))["issued"] == child.issued
    known = await person(country, child.issued)
    assert (known["full_name"], known["sex"]) == ("Nguyễn Gia Ân", "male")


async def test_the_card_of_a_corrected_birth_is_printed_anew_under_its_own_number(
    country: Country, child: Child
) -> None:
    before = (await country.ask(child.card))["issued"]

    answer = await tell(
        country, child.card, correction(full_name="Nguyễn Gia Ân", date_of_birth="2026-10-01")
    )

    issued = answer["issued"]
    assert answer["effect"] == "renewed"
    assert issued["card_number"] == before["card_number"]
    assert issued["insurance_number"] == before["insurance_number"]
    assert (issued["valid_from"], issued["valid_to"]) == ("2026-10-01", "2032-10-01")
    assert issued["card_image"] != before["card_image"]
    assert (await standing(country, child.card))["issued"] == issued


async def test_the_entry_of_a_corrected_child_is_renewed_where_they_live(
    country: Country, child: Child
) -> None:
    before = (await country.ask(child.residence))["issued"]

    answer = await tell(country, child.residence, correction(full_name="Nguyễn Gia Ân"))

    assert answer["effect"] == "renewed"
    assert answer["issued"]["household_code"] == before["household_code"]
    assert answer["issued"]["record_number"] != before["record_number"]
    assert (await standing(country, child.residence))["version"] == 2


@pytest.mark.parametrize("part", ["birth", "residence", "card"])
async def test_a_correction_told_twice_is_done_once(
    country: Country, child: Child, part: str
) -> None:
    request, said = getattr(child, part), correction(full_name="Nguyễn Gia Ân")

    first = await country.post(request, "corrections", said, "k1")
    again = await country.post(request, "corrections", said, "another-key")

    assert first.text == again.text
    assert (await standing(country, request))["version"] == 2


async def test_one_correction_told_many_times_at_once_is_done_once(
    country: Country, child: Child
) -> None:
    said = correction(full_name="Nguyễn Gia Ân")

    answers = await asyncio.gather(
        *(country.post(child.birth, "corrections", said, f"k{n}") for n in range(6))
    )

    assert len({answer.text for answer in answers}) == 1
    assert (await standing(country, child.birth))["version"] == 2


@pytest.mark.parametrize("part", ["birth", "residence", "card"])
async def test_two_corrections_are_two_versions(country: Country, child: Child, part: str) -> None:
    request = getattr(child, part)

    await tell(country, request, correction(full_name="Nguyễn Gia Ân"))
    await tell(country, request, correction(full_name="Nguyễn Gia Ấn"))

    assert (await standing(country, request))["version"] == 3


async def test_one_correction_with_two_contents_is_a_conflict(
    country: Country, child: Child
) -> None:
    said = correction(full_name="Nguyễn Gia Ân")
    await tell(country, child.card, said)

    other = await country.post(
        child.card, "corrections", said | {"facts": {"full_name": "Nguyễn Gia Ấn"}}, "k2"
    )

    assert other.status_code == 409


async def test_what_is_revoked_is_revoked_once_and_corrected_no_more(
    country: Country, child: Child
) -> None:
    await tell(country, child.birth, revocation())

    again = await tell(country, child.birth, revocation())
    corrected = await country.post(
        child.birth, "corrections", correction(full_name="Nguyễn Gia Ân"), "k2"
    )

    assert again["effect"] == "none"
    assert (corrected.status_code, corrected.json()["reason_code"]) == (409, "DA_THU_HOI")


async def test_a_cancelled_card_and_entry_are_left_as_they_are(
    country: Country, child: Child
) -> None:
    for request in (child.residence, child.card):
        await tell(country, request, revocation())

        later = await tell(country, request, correction(full_name="Nguyễn Gia Ân"))

        assert later["effect"] == "none"
        assert (await standing(country, request))["state"] == "cancelled"


async def test_a_dossier_never_received_has_nothing_to_undo(country: Country) -> None:
    request = birth(next_family())

    answer = await country.post(request, "corrections", revocation(), "k1")

    assert answer.status_code == 404


async def test_an_open_dossier_that_lost_its_base_is_refused_with_its_reason(
    country: Country,
) -> None:
    request = await _waiting_card(country)

    answer = await tell(country, request, revocation())

    assert answer["effect"] == "cancelled"
    told = await country.ask(request)
    assert (told["outcome"], told["reason_code"]) == ("refused", "DA_THU_HOI")
    assert (await country.decide(request, "d1", outcome="granted")).status_code == 409


async def test_an_open_dossier_is_granted_as_corrected_since(country: Country) -> None:
    request = await _waiting_card(country)

    answer = await tell(country, request, correction(date_of_birth="2026-10-01"))
    granted = (await country.decide(request, "d1", outcome="granted")).json()

    assert answer["effect"] == "none"
    assert granted["issued"]["valid_from"] == "2026-10-01"
    assert granted["issued"] == (await standing(country, request))["issued"]


async def test_an_act_that_was_never_granted_is_not_revoked(country: Country) -> None:
    mother = {"personal_number": "0" * 12, "full_name": "Lê Thị Khác", "date_of_birth": None}
    request = birth(next_family(), mother=mother)
    await country.file(request)

    assert (await tell(country, request, revocation()))["effect"] == "none"


async def test_a_correction_of_an_act_the_dossier_did_not_rely_on_changes_nothing(
    country: Country, child: Child
) -> None:
    said = revocation() | {"act": "register_death"}

    assert (await tell(country, child.card, said))["effect"] == "none"
    assert (await standing(country, child.card))["state"] == "valid"


async def test_facts_that_cannot_be_are_named(country: Country, child: Child) -> None:
    answer = await country.post(child.birth, "corrections", correction(sex="?"), "k1")

    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (422, "sex")


async def test_nothing_is_revoked_while_the_population_database_is_away(
    country: Country, child: Child
) -> None:
    said = revocation()
    await country.turn("population", reachable="down")

    away = await country.post(child.birth, "corrections", said, "k1")
    meanwhile = (await standing(country, child.birth))["state"]
    await country.turn("population")

    assert (away.status_code, meanwhile) == (503, "valid")
    assert (await tell(country, child.birth, said))["effect"] == "revoked"


async def test_an_answer_of_the_population_database_that_was_lost_is_made_up_for(
    country: Country, child: Child
) -> None:
    said = revocation()
    await country.turn("population", lost_rate=1)
    lost = await country.post(child.birth, "corrections", said, "k1")
    await country.turn("population")

    answer = await tell(country, child.birth, said)

    assert (lost.status_code, answer["effect"]) == (503, "revoked")
    assert (await standing(country, child.birth))["version"] == 2


async def test_a_closed_number_is_nobodys_parent(country: Country, child: Child) -> None:
    await tell(country, child.birth, revocation())
    mother = {
        "personal_number": child.issued["personal_number"],
        "full_name": "Nguyễn Gia An",
        "date_of_birth": None,
    }

    answer = (await country.file(birth(next_family(), mother=mother, father=None))).json()

    assert answer["reason_code"] == "LECH_DINH_DANH"


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE agency_civil_status.birth_registration SET full_name = 'B'",
        "DELETE FROM agency_civil_status.birth_version",
        "UPDATE agency_population.person SET closed_on = NULL WHERE closed_on IS NOT NULL",
        "DELETE FROM agency_residence.residence_version",
        "UPDATE agency_insurance.card SET cancelled_on = NULL WHERE cancelled_on IS NOT NULL",
    ],
)
async def test_the_database_itself_keeps_what_was_revoked(
    country: Country, child: Child, statement: str
) -> None:
    for request in (child.birth, child.residence, child.card):
        await tell(country, request, revocation())

    with pytest.raises(asyncpg.PostgresError):
        await country.pool.execute(statement)


async def tell(country: Country, request: DossierRequest, said: Facts) -> Any:
    """What the agency answers to a correction it takes."""
    answer = await country.post(request, "corrections", said, "told")
    assert answer.status_code == 200, answer.text
    return answer.json()


async def standing(country: Country, request: DossierRequest) -> Any:
    url = country.dossier_url(request).replace("/v1/", "/v1/desk/") + "/standing"
    return (await country.client.get(url)).json()


async def person(country: Country, issued: Facts) -> Any:
    url = f"{country.url('population')}/v1/persons/{issued['personal_number']}"
    return (await country.client.get(url)).json()


def revocation() -> Facts:
    """A revocation of its own."""
    return _notice("revoked", {})


def correction(**facts: str) -> Facts:
    """A correction of its own."""
    return _notice("corrected", dict(facts))


def _notice(kind: str, facts: Facts) -> Facts:
    return {
        "correction_id": f"QĐ {next(_ids)}/2026",
        "kind": kind,
        "act": "register_birth",
        "facts": facts,
        "decided_by": "cb-07",
        "approved_by": "cb-01",
        "legal_basis": "NĐ 301/2026/NĐ-CP, khoản 5 Điều 6",
        "decided_at": None,
    }


async def _waiting_card(country: Country) -> DossierRequest:
    family = next_family()
    request = card(family, await country.born(family))
    await country.turn("insurance", answers=PEOPLE)
    assert (await country.file(request)).json()["outcome"] == "accepted"
    return request
