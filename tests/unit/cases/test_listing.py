"""Who comes onto a list: by the law and the places of the day the case was received."""

import json
from datetime import date, datetime

import pytest

from models.cases.case import Case
from models.cases.events import LedgerBatch
from models.cases.lists import Grant, entry_of, person_hash
from models.cases.transitions.agencies import take_answer
from models.cases.transitions.lifecycle import take_in
from models.contracts.dossiers import DossierAnswer, key_for
from models.contracts.lists import ListKind
from models.intake.admission import Admission, admit
from models.intake.intake import Submission
from models.kernel.base import VIETNAM, CaseCode, CaseId, GroupId, ProcedureId
from models.kernel.vocabulary import DossierState, Outcome
from models.law.places import ListPlace
from models.law.terms import ListingRule
from models.lists.orders import RunLists
from models.working_time.calendars import month_before

from harness.document_samples import CARD, SAMPLE, at, context
from harness.families import Raw
from harness.listed_people import person
from harness.regulation_1123 import COMMUNE, DISTRICT, MARCH, RECEIVED_AT, birth_of_2021

PLACES = context().places
DEATH = SAMPLE.parent / "death.json"
RULE = ListingRule(
    kind="strike_offs",
    person="deceased.personal_number",
    facts=("deceased.full_name", "issued.record_number", "issued.register_death.book"),
)
TODAY = date(2026, 11, 20)
BA_DINH = ListPlace.on(TODAY, "00004", PLACES)


def grant(personal_number: str | None) -> Grant:
    return Grant(
        case_code=CaseCode("H26.05.13-261120-0001"),
        procedure=ProcedureId("remove_residence"),
        day=TODAY,
        told={
            "deceased": {"personal_number": personal_number, "full_name": "Phạm Thị Mẫu"},
            "issued": {"record_number": "X.1", "register_death": {"book": "01/2026"}},
        },
    )


def test_before_the_reform_a_list_is_of_the_district() -> None:
    place = ListPlace.on(MARCH, COMMUNE, PLACES)

    assert (place.code, place.name) == (DISTRICT, "Thành phố Tuyên Quang")
    assert (place.commune, place.district, place.province) == (COMMUNE, DISTRICT, "08")


def test_since_the_reform_a_list_is_of_the_commune() -> None:
    assert (BA_DINH.code, BA_DINH.name, BA_DINH.district) == ("00004", "Phường Ba Đình", None)


def test_an_old_commune_whose_district_nobody_wrote_down_has_a_list_of_its_own() -> None:
    place = ListPlace.on(MARCH, "13285", PLACES)

    assert (place.code, place.district) == ("13285", None)


def test_a_line_holds_what_the_law_names_where_it_stood() -> None:
    entry = entry_of(grant("001190000001"), RULE, BA_DINH)

    assert (entry.kind, entry.person) == (ListKind.STRIKE_OFFS, "001190000001")
    assert entry.facts == {
        "deceased": {"full_name": "Phạm Thị Mẫu"},
        "issued": {"record_number": "X.1", "register_death": {"book": "01/2026"}},
    }


def test_a_person_without_a_number_is_known_by_their_case() -> None:
    entry = entry_of(grant(None), RULE, BA_DINH)

    assert entry.person == "case H26.05.13-261120-0001"


def test_a_person_is_known_again_by_who_holds_the_secret_alone() -> None:
    known = person_hash(ListKind.STRIKE_OFFS, person(1), b"a" * 32)

    assert known == person_hash(ListKind.STRIKE_OFFS, person(1), b"a" * 32)
    assert known not in {
        person_hash(ListKind.STRIKE_OFFS, person(1), b"b" * 32),
        person_hash(ListKind.CARDS, person(1), b"a" * 32),
        person_hash(ListKind.STRIKE_OFFS, person(2), b"a" * 32),
    }


def opened_2021() -> Case:
    """A backdated case of Tuyên Quang, both dossiers on their way."""
    return opened("birth", birth_of_2021(1))


def opened(group: str, raw: Raw) -> Case:
    """A case taken in on 20 November 2026, all its dossiers on their way."""
    submission = Submission(
        case_id=CaseId(f"{group}/so-1"),
        run_id="run-1",
        group=GroupId(group),
        recorded_at=at(20, 15),
        declaration=json.dumps(raw),
    )
    admission = admit(submission, context())
    assert isinstance(admission, Admission)
    outcome = admission.with_code(CaseCode("H60.02200-210302-0001"))
    case = Case(submission.case_id, submission.group, submission.recorded_at)
    take_in(case, outcome, at(20, 15))
    for dossier in case.dossiers.values():
        dossier.state = DossierState.SUBMITTED
    return case


def answer(case: Case, outcome: Outcome) -> DossierAnswer:
    return DossierAnswer(
        key=key_for(case.code, CARD, 1),
        version=1,
        outcome=outcome,
        decision_id="qd-1",
        reason_code=None if outcome is Outcome.GRANTED else "LECH_DINH_DANH",
        issued={"card_number": "TE1080000000001"} if outcome is Outcome.GRANTED else {},
    )


def test_a_granted_card_is_listed_and_nothing_else_of_the_case_is() -> None:
    case = opened_2021()

    for dossier in case.dossiers.values():
        take_answer(case, dossier, answer(case, Outcome.GRANTED), at(20, 16))

    (entry,) = case.listed
    assert (entry.kind, entry.procedure) == (ListKind.CARDS, CARD)
    assert entry.case_code == case.code


def test_a_grant_told_twice_lists_once() -> None:
    case = opened_2021()

    for _ in range(2):
        take_answer(case, case.dossiers[CARD], answer(case, Outcome.GRANTED), at(20, 16))

    assert len(case.listed) == 1


def test_a_registered_death_is_listed_once_without_its_cause() -> None:
    raw = json.loads(DEATH.read_text("utf-8"))
    case = opened("death", raw)

    for dossier in case.dossiers.values():
        take_answer(case, dossier, answer(case, Outcome.GRANTED), at(20, 16))

    (entry,) = case.listed
    assert (entry.kind, entry.person) == (
        ListKind.STRIKE_OFFS,
        raw["deceased"]["personal_number"],
    )
    assert entry.place.commune == raw["registration"]["commune"]
    assert raw["cause_of_death"] not in entry.model_dump_json()


def test_a_refusal_lists_nobody() -> None:
    case = opened_2021()

    take_answer(case, case.dossiers[CARD], answer(case, Outcome.REFUSED), at(20, 16))

    assert case.listed == []


def test_a_backdated_case_is_listed_in_the_days_of_its_reception() -> None:
    case = opened_2021()

    take_answer(case, case.dossiers[CARD], answer(case, Outcome.GRANTED), at(20, 16))

    assert case.listed[0].occurred_on == RECEIVED_AT.date()


def test_a_batch_of_an_older_release_brings_nobody() -> None:
    old = '{"case_id": "birth/so-1", "run_id": "run-1", "case_code": null, "entries": []}'

    assert LedgerBatch.model_validate_json(old).persons == ()


@pytest.mark.parametrize(
    ("day", "last"),
    [
        (date(2026, 12, 1), date(2026, 11, 30)),
        (date(2026, 1, 31), date(2025, 12, 31)),
        (date(2024, 3, 15), date(2024, 2, 29)),
    ],
)
def test_the_month_before_ends_on_its_last_day(day: date, last: date) -> None:
    assert month_before(day) == last


def test_a_run_begun_late_in_the_evening_utc_goes_by_the_day_in_vietnam() -> None:
    run = RunLists.model_validate({"kind": "cards", "agency": "insurance"})

    page = run.first_page(datetime.fromisoformat("2026-11-30T18:00:00+00:00"))

    assert page.until == date(2026, 11, 30)
    assert page.at == datetime(2026, 12, 1, 1, tzinfo=VIETNAM)


def test_the_same_run_on_the_next_page_keeps_its_day() -> None:
    run = RunLists.model_validate({"kind": "cards", "agency": "insurance"})
    page = run.first_page(at(20, 8))

    following = run.going_on(page, "00004", run.so_far).first_page(at(30, 8))

    assert (following.until, following.at, following.after) == (page.until, page.at, "00004")
