"""The dates of a case: what the receipt promises, and by when each dossier is due."""

from datetime import date, datetime

import pytest

from adapters.law.calendar import load_calendar
from adapters.law.files import load_law
from models.clock.deadlines import CaseDeadlines, deadlines, latest_dates
from models.clock.dossier_deadlines import DossierDue, dossier_due
from models.kernel.base import GroupId, ProcedureId
from models.law.rules import GroupRule

LAW = load_law()
CALENDAR = load_calendar()
REGISTER, RESIDENCE, CARD = (
    ProcedureId(one) for one in ("register_birth", "register_residence", "issue_card")
)
ALL = (REGISTER, RESIDENCE, CARD)


def at(text: str) -> datetime:
    return datetime.fromisoformat(f"{text}+07:00")


def rule_on(day: date, province: str = "01") -> GroupRule:
    rule = LAW.group_on(GroupId("birth"), day, province)
    assert rule is not None
    return rule


def case_of(received: str, *, verification: bool = False) -> CaseDeadlines:
    instant = at(received)
    return deadlines(
        rule_on(instant.date()),
        ALL,
        instant,
        CALENDAR,
        LAW.agencies,
        verification=verification,
    )


def handed_over(
    procedure: ProcedureId, when: str, *, case_due: str, verification: bool = False
) -> DossierDue:
    rule = rule_on(at(when).date())
    return dossier_due(
        rule,
        procedure,
        at(when),
        CALENDAR,
        LAW.agency(rule.procedure(procedure).agency),
        case_due_at=at(case_due),
        verification=verification,
    )


def test_the_receipt_promises_the_total_and_the_first_dossier_ends_its_day() -> None:
    case = case_of("2026-11-20T15:20")

    assert case.promised_at == case.due_at == at("2026-11-27T17:00")
    assert case.due_soon_at == at("2026-11-26T17:00")
    registration = case.dossiers[REGISTER]
    assert registration is not None
    assert registration.due_at == at("2026-11-23T17:00")


def test_a_branch_has_no_due_date_before_it_is_handed_over() -> None:
    case = case_of("2026-11-20T10:00")

    assert case.dossiers[RESIDENCE] is None
    assert case.dossiers[CARD] is None


def test_verification_gives_the_longer_total() -> None:
    assert case_of("2026-11-16T10:00", verification=True).due_at == at("2026-11-23T17:00")


def test_the_case_names_the_calendar_and_the_law_it_was_counted_by() -> None:
    case = case_of("2026-11-20T10:00")

    assert case.law_version == "birth-nd63-2024"
    assert (case.calendar_id, case.calendar_digest) == (CALENDAR.id, CALENDAR.digest)
    assert case.cut_off == rule_on(date(2026, 11, 20)).cut_off


def test_a_hand_over_after_the_cut_off_still_counts_from_its_own_day() -> None:
    due = handed_over(CARD, "2026-11-16T16:00", case_due="2026-11-30T17:00")

    assert due.due_at == at("2026-11-18T17:00")
    assert not due.capped


def test_a_dossier_is_never_due_after_its_case() -> None:
    due = handed_over(CARD, "2026-11-18T16:00", case_due="2026-11-19T17:00")

    assert due.due_at == at("2026-11-19T17:00")
    assert due.capped
    assert due.explanation[-1] == "không quá hạn chung của hồ sơ: 17:00 thứ Năm 19/11/2026"


def test_verification_gives_residence_five_days() -> None:
    due = handed_over(RESIDENCE, "2026-11-16T09:00", case_due="2026-11-30T17:00", verification=True)

    assert (due.days, due.due_at) == (5, at("2026-11-23T17:00"))


def test_a_step_without_a_limit_of_its_own_is_due_with_its_case() -> None:
    due = handed_over(RESIDENCE, "2016-01-05T09:00", case_due="2016-01-29T17:00")

    assert (due.days, due.due_at) == (None, at("2016-01-29T17:00"))
    assert due.explanation == (
        "bước này không có thời hạn riêng: theo hạn chung của hồ sơ, 17:00 thứ Sáu 29/01/2016",
    )


def test_a_limit_from_a_secondary_source_is_marked_unverified() -> None:
    assert not handed_over(CARD, "2026-11-16T09:00", case_due="2026-11-30T17:00").verified


@pytest.mark.parametrize(("grounds", "days"), [((), 20), (("remote_commune",), 25)])
def test_a_stated_ground_adds_its_days(grounds: tuple[str, ...], days: int) -> None:
    case = deadlines(
        rule_on(date(2016, 1, 4)),
        ALL,
        at("2016-01-04T09:00"),
        CALENDAR,
        LAW.agencies,
        extensions=grounds,
    )

    assert case.days == days


def test_the_latest_dates_follow_the_order_of_the_procedures() -> None:
    case = case_of("2026-11-20T15:20")

    latest = latest_dates(rule_on(date(2026, 11, 20)), case, CALENDAR, LAW.agencies)

    assert latest == {
        REGISTER: at("2026-11-23T17:00"),
        RESIDENCE: at("2026-11-26T17:00"),
        CARD: at("2026-11-26T17:00"),
    }


def test_dates_survive_being_recorded() -> None:
    case = case_of("2026-11-20T15:20")

    assert CaseDeadlines.model_validate_json(case.model_dump_json()) == case
