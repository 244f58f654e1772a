"""Lists of persons at the insurer: each once, each line against its own registers."""

from collections.abc import AsyncIterator
from itertools import count
from typing import Any

import httpx
import pytest
from pydantic import JsonValue

from backends.country.people import Person
from models.contracts.dossiers import Facts

from harness.agency_country import Country, birth, card, fresh_database, next_family, running

_numbers = count(1)


@pytest.fixture(scope="module")
async def country(database_url: str) -> AsyncIterator[Country]:
    async with fresh_database(database_url) as url, running(url) as country:
        yield country


async def test_who_is_struck_off_is_insured_no_more(country: Country) -> None:
    line = struck_off(next_family().mother)

    receipt = (await deliver(country, strike_offs(line))).json()

    assert (receipt["taken"], receipt["rejected"]) == (1, {})
    (listed,) = await lines_of(country, line)
    assert (listed["state"], listed["membership_ended_on"]) == ("taken", "2026-11-15")


async def test_a_list_delivered_twice_is_taken_once(country: Country) -> None:
    said = strike_offs(struck_off(next_family().mother), struck_off(next_family().mother))

    first, again = await deliver(country, said), await deliver(country, said)
    kept = await country.client.get(f"{country.url('insurance')}/v1/lists/{said['number']}")

    assert first.json()["taken"] == 2
    assert first.text == again.text == kept.text


async def test_a_number_with_other_lines_is_a_conflict(country: Country) -> None:
    said = strike_offs(struck_off(next_family().mother))
    await deliver(country, said)

    other = await deliver(country, said | {"lines": [struck_off(next_family().mother)]})

    assert other.status_code == 409


async def test_two_lines_of_one_number_are_no_list(country: Country) -> None:
    line = struck_off(next_family().mother)
    said = strike_offs(line, struck_off(next_family().mother))
    said["lines"] = [line, line]

    assert (await deliver(country, said)).status_code == 409


async def test_nobody_stands_on_two_lists_of_a_kind(country: Country) -> None:
    person = next_family().mother
    await deliver(country, strike_offs(struck_off(person)))

    receipt = (await deliver(country, strike_offs(struck_off(person)))).json()

    assert (receipt["taken"], receipt["rejected"]) == (0, {"1": "TRUNG_HO_SO"})


@pytest.mark.parametrize(
    ("wrong", "reason"),
    [
        (
            {"personal_number": "001099999999", "insurance_number": None},
            "KHONG_CO_NGUOI_THAM_GIA",
        ),
        ({"personal_number": None, "insurance_number": None}, "KHONG_CO_NGUOI_THAM_GIA"),
        ({"full_name": "Lê Thị Khác"}, "LECH_DINH_DANH"),
        ({"full_name": None}, "KHONG_CO_NGUOI_THAM_GIA"),
    ],
    ids=["unknown", "nobody", "other-name", "unreadable"],
)
async def test_a_line_that_fits_no_member_is_rejected_with_its_reason_and_alone(
    country: Country, wrong: dict[str, str | None], reason: str
) -> None:
    sound, bad = struck_off(next_family().mother), struck_off(next_family().mother, **wrong)

    receipt = (await deliver(country, strike_offs(bad, sound))).json()

    assert (receipt["taken"], receipt["rejected"]) == (1, {"1": reason})
    assert (await lines_of(country, bad))[0]["membership_ended_on"] is None


async def test_who_has_no_personal_number_is_found_by_the_insurance_number(
    country: Country,
) -> None:
    line = struck_off(next_family().mother, personal_number=None)

    assert (await deliver(country, strike_offs(line))).json()["taken"] == 1


async def test_a_rejected_line_may_come_again_mended(country: Country) -> None:
    person = next_family().mother
    await deliver(country, strike_offs(struck_off(person, full_name="Lê Thị Khác")))

    assert (await deliver(country, strike_offs(struck_off(person)))).json()["taken"] == 1


async def test_a_card_on_the_list_equals_the_registration(country: Country) -> None:
    line = await carded(country)

    receipt = (await deliver(country, cards(line))).json()

    assert (receipt["taken"], receipt["rejected"]) == (1, {})


@pytest.mark.parametrize(
    ("section", "wrong", "reason"),
    [
        ("child", {"full_name": "Nguyễn Gia Ân"}, "SAI_NOI_DUNG_THE"),
        ("child", {"born_at": "2026-11-18T08:40:00+07:00"}, "SAI_NOI_DUNG_THE"),
        ("issued", {"insurance_number": "0000000000"}, "SAI_NOI_DUNG_THE"),
        ("issued", {"card_number": "TE1000000000000"}, "KHONG_CO_NGUOI_THAM_GIA"),
    ],
)
async def test_a_card_that_says_otherwise_is_rejected(
    country: Country, section: str, wrong: dict[str, str], reason: str
) -> None:
    line = await carded(country)
    line["facts"][section] |= wrong

    assert (await deliver(country, cards(line))).json()["rejected"] == {"1": reason}


async def test_who_turns_out_to_be_alive_is_insured_again_and_may_die_once_more(
    country: Country,
) -> None:
    person = next_family().mother
    line = struck_off(person)
    await deliver(country, strike_offs(line))

    first, again = [await correct(country, line, revocation()) for _ in range(2)]
    (listed,) = await lines_of(country, line)
    later = await deliver(country, strike_offs(struck_off(person)))

    assert first.json()["effect"] == "restored"
    assert first.text == again.text
    assert (listed["state"], listed["membership_ended_on"]) == ("revoked", None)
    assert later.json()["taken"] == 1


async def test_a_person_is_restored_once_whatever_revokes_the_death(country: Country) -> None:
    line = struck_off(next_family().mother)
    await deliver(country, strike_offs(line))
    await correct(country, line, revocation())

    other = await correct(country, line, revocation() | {"correction_id": "Q2"})

    assert other.json()["effect"] == "none"


async def test_a_corrected_death_ends_the_membership_all_the_same(country: Country) -> None:
    line = struck_off(next_family().mother)
    await deliver(country, strike_offs(line))

    answer = await correct(country, line, revocation() | {"kind": "corrected"})

    assert answer.json()["effect"] == "none"
    assert (await lines_of(country, line))[0]["membership_ended_on"] == "2026-11-15"


async def test_a_case_without_a_line_has_nothing_to_undo(country: Country) -> None:
    answer = await correct(country, {"case_code": "H26.05.13-261120-9999"}, revocation())

    assert answer.status_code == 404


async def deliver(country: Country, said: Facts) -> httpx.Response:
    url = f"{country.url('insurance')}/v1/lists/{said['number']}"
    headers = {"Idempotency-Key": str(said["number"])}
    return await country.client.put(url, json=said, headers=headers)


async def correct(country: Country, line: Facts, said: Facts) -> httpx.Response:
    url = f"{country.url('insurance')}/v1/listed/{line['case_code']}/corrections"
    return await country.client.post(url, json=said, headers={"Idempotency-Key": "k1"})


async def lines_of(country: Country, line: Facts) -> list[Any]:
    url = f"{country.url('insurance')}/v1/desk/listed/{line['case_code']}"
    lines: list[Any] = (await country.client.get(url)).json()["lines"]
    return lines


def strike_offs(*lines: Facts) -> Facts:
    return _list("strike_offs", lines)


def cards(*lines: Facts) -> Facts:
    return _list("cards", lines)


def struck_off(person: Person, **changes: JsonValue) -> dict[str, Any]:
    """A line about somebody who died on 15 November 2026."""
    deceased: Facts = {
        "full_name": person.full_name,
        "personal_number": person.personal_number,
        "insurance_number": person.insurance_number,
        "died_at": "2026-11-15T23:30:00+07:00",
        "last_residence_commune": "00004",
    }
    return _line({"deceased": deceased | changes})


async def carded(country: Country) -> dict[str, Any]:
    """A line about a child who was given a card."""
    family = next_family()
    registered = birth(family)
    issued = (await country.file(registered)).json()["issued"]
    given = (await country.file(card(family, issued))).json()["issued"]
    numbers: Facts = {name: given[name] for name in ("insurance_number", "card_number")}
    born: Facts = {"register_birth": {"personal_number": issued["personal_number"]}}
    told: Facts = {"full_name": "Nguyễn Gia An", "born_at": "2026-11-17T08:40:00+07:00"}
    return _line({"child": told, "issued": numbers | born})


def revocation() -> Facts:
    return {
        "correction_id": "QĐ 1/2026",
        "kind": "revoked",
        "act": "register_death",
        "decided_by": "cb-07",
        "approved_by": "cb-01",
        "legal_basis": "NĐ 301/2026/NĐ-CP",
    }


def _line(facts: Facts) -> dict[str, Any]:
    code = f"H26.05.13-261120-{next(_numbers) + 5000}"
    return {"number": 1, "case_code": code, "occurred_on": "2026-11-20", "facts": facts}


def _list(kind: str, lines: tuple[Facts, ...]) -> Facts:
    return {
        "number": f"{kind}-00004-{next(_numbers)}",
        "kind": kind,
        "place": "00004",
        "place_name": "Phường Ba Đình",
        "compiled_at": "2026-11-30T08:00:00+07:00",
        "lines": [line | {"number": number} for number, line in enumerate(lines, start=1)],
        "fee_per_line": 7000,
        "fee_total": 7000 * len(lines),
    }
