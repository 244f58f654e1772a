"""Names of cases, keys of life events, digests of declarations."""

import json
import re
import unicodedata
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.declarations.case_ids import (
    case_id_for,
    declaration_digest,
    event_claims_of,
    event_key_of,
)
from models.declarations.declarations import Declaration

from harness.declaration_samples import birth, death, declaration

SECRET = b"a key of the tests"
EVIDENCE = {"kind": "witness", "description": "Văn bản làm chứng", "issued_on": "2026-11-17"}
WITHOUT_NOTICE = (("notice", None), ("substitute_evidence", EVIDENCE))
UNNUMBERED = (*WITHOUT_NOTICE, ("mother.personal_number", None))


@pytest.mark.parametrize(
    ("number", "case_id"),
    [
        ("00417.GCS.01929.26", "birth/00417.GCS.01929.26"),
        ("00417.gcs.01929.26 ", "birth/00417.GCS.01929.26"),
        ("417/05_a-b", "birth/417-05_A-B"),
        ("417 đ", "birth/417--"),
    ],
)
def test_a_case_is_called_by_its_notice(number: str, case_id: str) -> None:
    assert case_id_for(declaration(("notice.number", number))) == case_id


@given(st.text(min_size=1, max_size=100).filter(lambda text: text.strip()))
def test_a_case_id_holds_only_what_ids_can_hold(number: str) -> None:
    found = declaration()
    assert found.notice is not None
    notice = found.notice.model_copy(update={"number": number})

    case_id = case_id_for(found.model_copy(update={"notice": notice}))

    assert case_id is not None
    assert re.fullmatch(r"birth/[A-Z0-9._-]+", case_id)


def test_without_a_notice_a_case_has_no_derived_id() -> None:
    assert case_id_for(declaration(*WITHOUT_NOTICE)) is None


def test_a_notice_is_one_event_whatever_else_is_stated() -> None:
    first = declaration()
    second = declaration(("child.full_name", "Lê Khác"), ("notice.number", "00417.gcs.01929.26"))

    assert event_key_of(first, SECRET) == event_key_of(second, SECRET)
    assert event_key_of(first, SECRET) == "birth:00417.GCS.01929.26"


def test_the_key_of_an_event_without_notice_shows_nothing_of_it() -> None:
    key = event_key_of(declaration(*WITHOUT_NOTICE), SECRET)

    assert re.fullmatch(r"birth:#[0-9a-f]{32}", key)
    assert key != event_key_of(declaration(*WITHOUT_NOTICE), b"another key")


@pytest.mark.parametrize(
    "changes",
    [
        [("child.full_name", "Tên Khác")],
        [("child.born_at", "2026-11-16T05:40:00+07:00")],
        [("child.born_at", "2026-11-15T22:25:00Z")],
        [("child.weight_g", None)],
        [("mother.full_name", "PHẠM  THỊ VÍ DỤ")],
        [("mother.full_name", unicodedata.normalize("NFD", "Phạm Thị Ví Dụ"))],
        [("registration.commune", "00863"), ("procedures", ["register_birth"])],
        [("father", None)],
    ],
)
@pytest.mark.parametrize("base", [WITHOUT_NOTICE, UNNUMBERED], ids=["by number", "by name"])
def test_one_birth_told_twice_is_one_event(
    base: tuple[tuple[str, Any], ...], changes: list[tuple[str, Any]]
) -> None:
    once, again = declaration(*base), declaration(*base, *changes)

    assert event_key_of(once, SECRET) == event_key_of(again, SECRET)


def test_where_the_tone_is_written_makes_no_other_event() -> None:
    old = declaration(*UNNUMBERED, ("mother.full_name", "Phạm Thị Hoà Thuý"))
    new = declaration(*UNNUMBERED, ("mother.full_name", "Phạm Thị Hòa Thúy"))

    assert event_key_of(old, SECRET) == event_key_of(new, SECRET)


@pytest.mark.parametrize(
    "changes",
    [
        [("child.birth_order", 2), ("child.births", 2)],
        [("child.sex", "female")],
        [("child.born_at", "2026-11-17T05:25:00+07:00")],
        [("mother.personal_number", "001195004322")],
        [("mother", None)],
    ],
)
def test_twins_and_other_births_are_other_events(changes: list[tuple[str, Any]]) -> None:
    once, other = declaration(*WITHOUT_NOTICE), declaration(*WITHOUT_NOTICE, *changes)

    assert event_key_of(once, SECRET) != event_key_of(other, SECRET)


def test_hoa_with_another_tone_is_another_mother() -> None:
    one = declaration(*UNNUMBERED, ("mother.full_name", "Phạm Thị Hòa"))
    other = declaration(*UNNUMBERED, ("mother.full_name", "Phạm Thị Hoa"))

    assert event_key_of(one, SECRET) != event_key_of(other, SECRET)


def _meet(one: Declaration, other: Declaration) -> bool:
    """Whether no two cases can hold these at once."""
    theirs = event_claims_of(other, SECRET)
    return any(mine.bars(claim) for mine in event_claims_of(one, SECRET) for claim in theirs)


def test_a_birth_told_with_its_notice_and_without_is_one_event() -> None:
    assert _meet(declaration(), declaration(*WITHOUT_NOTICE))
    assert _meet(declaration(*WITHOUT_NOTICE), declaration())


def test_two_notices_are_two_births_also_where_the_order_was_mistaken() -> None:
    assert not _meet(declaration(), declaration(("notice.number", "00418.GCS.01929.26")))


EVIDENCE_OF_DEATH = EVIDENCE | {"kind": "commune_notice"}
AT_HOME = (("notice", None), ("substitute_evidence", EVIDENCE_OF_DEATH))
NO_NUMBER = ("deceased.personal_number", None)
OTHER_NOTICE = ("notice.number", "154")
OTHER_NUMBER = ("deceased.personal_number", "001048007655")


@pytest.mark.parametrize(
    ("change", "case_id"),
    [
        (("notice.number", "153"), "death/01929.2026.02.153"),
        (("notice.number", "153/bt "), "death/01929.2026.02.153-BT"),
        (("notice.book", "a.2"), "death/01929.2026.A-2.153"),
        (("notice.year", 2025), "death/01929.2025.02.153"),
    ],
)
def test_a_case_of_a_death_is_called_by_facility_year_book_and_number(
    change: tuple[str, Any], case_id: str
) -> None:
    assert case_id_for(death(change)) == case_id


@given(*[st.text(min_size=1, max_size=20).filter(lambda text: text.strip())] * 2)
def test_a_case_id_of_a_death_has_four_parts_whatever_the_hospital_writes(
    book: str, number: str
) -> None:
    found = death()
    assert found.notice is not None
    notice = found.notice.model_copy(update={"book": book, "number": number})

    case_id = case_id_for(found.model_copy(update={"notice": notice}))

    assert case_id is not None
    assert re.fullmatch(r"death/01929\.2026\.[A-Z0-9_-]+\.[A-Z0-9_-]+", case_id)


def test_a_dot_within_a_number_makes_no_two_notices_one() -> None:
    one = death(("notice.book", "1.2"), ("notice.number", "3"))
    other = death(("notice.book", "1"), ("notice.number", "2.3"))

    assert case_id_for(one) != case_id_for(other)


def test_a_death_at_home_has_no_derived_id() -> None:
    assert case_id_for(death(*AT_HOME)) is None


def test_a_death_is_entered_under_its_notice_or_else_a_key_that_shows_nothing() -> None:
    assert event_key_of(death(), SECRET) == "death:01929.2026.02.153"
    for changes in (AT_HOME, (*AT_HOME, NO_NUMBER)):
        assert re.fullmatch(r"death:#[0-9a-f]{32}", event_key_of(death(*changes), SECRET))


@pytest.mark.parametrize(
    "changes",
    [
        [],
        AT_HOME,
        [NO_NUMBER],
        [*AT_HOME, NO_NUMBER],
        [OTHER_NOTICE],
        [OTHER_NOTICE, NO_NUMBER],
        [*AT_HOME, ("deceased.died_at", "2026-10-30T08:00:00+07:00")],
        [*AT_HOME, ("deceased.full_name", "Trần Văn Mẩu")],
        [*AT_HOME, NO_NUMBER, ("deceased.full_name", "TRẦN VĂN MẪU")],
        [OTHER_NUMBER],
    ],
)
def test_a_person_dies_once_whatever_papers_tell_of_it(changes: list[tuple[str, Any]]) -> None:
    assert _meet(death(), death(*changes))
    assert _meet(death(*changes), death())


@pytest.mark.parametrize(
    "changes",
    [
        [OTHER_NOTICE, OTHER_NUMBER],
        [*AT_HOME, OTHER_NUMBER],
        [*AT_HOME, NO_NUMBER, ("deceased.full_name", "Trần Văn Khác")],
        [*AT_HOME, NO_NUMBER, ("deceased.date_of_birth", "1948-02-10")],
        [*AT_HOME, NO_NUMBER, ("deceased.died_at", "2026-11-16T21:10:00+07:00")],
    ],
)
def test_another_person_dies_another_death(changes: list[tuple[str, Any]]) -> None:
    assert not _meet(death(), death(*changes))


def test_two_who_share_name_and_dates_and_have_no_number_meet_whatever_their_notices() -> None:
    assert _meet(death(NO_NUMBER), death(NO_NUMBER, OTHER_NOTICE))


@pytest.mark.parametrize("sample", [declaration, death])
def test_the_key_a_case_is_entered_under_is_shared_with_none(sample: Any) -> None:  # Any: a maker
    assert not event_claims_of(sample(), SECRET)[0].shared


def _shuffled(value: Any, draw: st.DataObject) -> Any:  # Any: JSON
    if isinstance(value, dict):
        keys = draw.draw(st.permutations(list(value)))
        return {key: _shuffled(value[key], draw) for key in keys}
    return value


@pytest.mark.parametrize("said", [declaration(), death()], ids=["birth", "death"])
@given(data=st.data())
def test_the_same_statement_has_the_same_digest_in_any_order(
    said: Declaration, data: st.DataObject
) -> None:
    raw = _shuffled(birth(f"{said.group}.json"), data)
    raw["procedures"] = data.draw(st.permutations(raw["procedures"]))

    again = type(said).model_validate_json(json.dumps(raw))

    assert declaration_digest(again) == declaration_digest(said)


def test_no_relatives_and_none_named_are_one_statement() -> None:
    assert declaration_digest(death(("relatives", []))) == declaration_digest(
        death(("relatives", None))
    )


@pytest.mark.parametrize(
    "changes",
    [
        [("reception.received_at", "2026-11-19T08:00:00+07:00")],
        [("child.born_at", "2026-11-15T22:25:00Z")],
        [("mother.full_name", unicodedata.normalize("NFD", "Phạm Thị Ví Dụ"))],
        [("father.insurance_number", "0000000000")],
        [("substitute_evidence", None)],
    ],
)
def test_how_it_was_sent_makes_no_other_declaration(changes: list[tuple[str, Any]]) -> None:
    assert declaration_digest(declaration(*changes)) == declaration_digest(declaration())


@pytest.mark.parametrize(
    "changes",
    [
        [("child.full_name", "Lê Hoàng Khác")],
        [("child.weight_g", None)],
        [("reception.commune", "00863")],
        [("procedures", ["register_birth"])],
    ],
)
def test_another_statement_has_another_digest(changes: list[tuple[str, Any]]) -> None:
    assert declaration_digest(declaration(*changes)) != declaration_digest(declaration())


def test_a_digest_is_named_by_its_algorithm() -> None:
    assert re.fullmatch(r"sha256:[0-9a-f]{64}", declaration_digest(declaration()))
