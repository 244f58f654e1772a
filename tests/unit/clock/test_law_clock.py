"""The clock of a limit is what its recorded changes add up to, whoever asks and whenever."""

from datetime import date, datetime, time, timedelta

import pytest

from adapters.law.calendar import Overrides, calendar_of, load_calendar
from adapters.law.files import load_law
from models.clock.clock_terms import ClockChange, ClockTerms
from models.clock.counts import (
    count_for,
    intake_due,
    latest_extension,
    supplement_due,
    why_not_extended,
)
from models.clock.deadlines import deadlines, recounted
from models.clock.law_clock import ClockResult, compute_clock
from models.kernel.base import GroupId, ProcedureId
from models.law.rules import GroupRule
from models.law.terms import DelayRule, HourLimit
from models.working_time.calendars import Calendar, SpecialDay
from models.working_time.moves import Move
from models.working_time.terms import ClockPolicy, OfficeHours

LAW = load_law()
CALENDAR = load_calendar()
HOURS = OfficeHours()
REGISTER, RESIDENCE, CARD = (
    ProcedureId(one) for one in ("register_birth", "register_residence", "issue_card")
)
ALL = (REGISTER, RESIDENCE, CARD)


def at(text: str) -> datetime:
    return datetime.fromisoformat(f"{text}+07:00")


def rule_on(day: date) -> GroupRule:
    rule = LAW.group_on(GroupId("birth"), day, "01")
    assert rule is not None
    return rule


NEWEST, OLDEST = rule_on(date(2026, 11, 20)), rule_on(date(2016, 1, 4))


def count(policy: ClockPolicy = ClockPolicy.RESTART, *, cap: str | None = None) -> ClockTerms:
    return ClockTerms(
        started_at=at("2026-11-16T09:00"),
        limit_days=2,
        longer_days=5,
        policy=policy,
        supplement_cut_off=time(15),
        cap=at(cap) if cap else None,
    )


def supplemented(paused: str, resumed: str) -> ClockChange:
    return ClockChange(move=Move.SUPPLEMENT, at=at(resumed), paused_at=at(paused))


def verifying(when: str, *, cap: str | None = None) -> ClockChange:
    return ClockChange(move=Move.VERIFICATION, at=at(when), cap=at(cap) if cap else None)


def extended(when: str, days: int) -> ClockChange:
    return ClockChange(move=Move.EXTENSION, at=at(when), working_days=days)


def dues(
    *changes: ClockChange, counted: ClockTerms | None = None, calendar: Calendar = CALENDAR
) -> list[str]:
    answer = compute_clock(counted or count(), changes, calendar=calendar, hours=HOURS)
    instants = [answer.first_due_at, *(move.due_at for move in answer.moves)]
    assert answer.due_at == instants[-1]
    return [f"{instant:%m-%dT%H:%M}" for instant in instants]


def test_without_changes_it_is_the_limit() -> None:
    assert dues() == ["11-18T17:00"]


def test_the_case_ends_a_dossiers_limit_sooner() -> None:
    answer = compute_clock(count(cap="2026-11-17T17:00"), (), calendar=CALENDAR, hours=HOURS)

    assert answer.due_at == at("2026-11-17T17:00")
    assert answer.explanation[-1] == "không quá hạn chung của hồ sơ: 17:00 thứ Ba 17/11/2026"


@pytest.mark.parametrize(
    ("policy", "expected"),
    [
        (ClockPolicy.RESTART, ["11-18T17:00", "11-20T17:00", "11-26T17:00"]),
        (ClockPolicy.PAUSE, ["11-18T17:00", "11-19T17:00", "11-23T17:00"]),
        (ClockPolicy.CONTINUE, ["11-18T17:00", "11-18T17:00", "11-18T17:00"]),
    ],
)
def test_two_supplements_are_treated_by_the_policy_of_the_rule(
    policy: ClockPolicy, expected: list[str]
) -> None:
    changes = (
        supplemented("2026-11-17T09:00", "2026-11-18T09:00"),
        supplemented("2026-11-19T10:00", "2026-11-23T10:00"),
    )

    assert dues(*changes, counted=count(policy)) == expected


def test_a_supplement_after_the_cut_off_counts_from_the_next_working_day() -> None:
    assert dues(supplemented("2026-11-17T09:00", "2026-11-18T15:01"))[1] == "11-23T17:00"


def test_a_verification_is_counted_from_the_original_start() -> None:
    assert dues(verifying("2026-11-18T10:00")) == ["11-18T17:00", "11-23T17:00"]


def test_a_verification_after_a_restart_is_counted_from_the_supplement() -> None:
    changes = supplemented("2026-11-17T09:00", "2026-11-18T09:00"), verifying("2026-11-19T09:00")

    assert dues(*changes) == ["11-18T17:00", "11-20T17:00", "11-26T17:00"]


def test_a_verification_gives_the_time_of_a_pause_back_too() -> None:
    changes = supplemented("2026-11-17T09:00", "2026-11-18T09:00"), verifying("2026-11-19T09:00")

    assert dues(*changes, counted=count(ClockPolicy.PAUSE))[-1] == "11-25T17:00"


def test_after_a_verification_a_restart_gives_the_longer_limit() -> None:
    changes = verifying("2026-11-17T09:00"), supplemented("2026-11-17T10:00", "2026-11-18T09:00")

    assert dues(*changes)[-1] == "11-26T17:00"


def test_a_verification_never_passes_the_case_and_never_shortens() -> None:
    assert dues(verifying("2026-11-17T09:00", cap="2026-11-20T17:00"))[-1] == "11-20T17:00"
    assert dues(verifying("2026-11-17T09:00", cap="2026-11-17T17:00"))[-1] == "11-18T17:00"


def test_where_no_verification_is_foreseen_nothing_moves() -> None:
    strict = count().model_copy(update={"longer_days": None})

    answer = compute_clock(strict, (verifying("2026-11-17T09:00"),), calendar=CALENDAR, hours=HOURS)

    assert not answer.moves[0].has_moved
    assert answer.explanation[-1].startswith("không có thời hạn dài hơn khi xác minh")


def test_an_extension_is_one_new_date() -> None:
    assert dues(extended("2026-11-17T09:00", 2))[-1] == "11-20T17:00"


def test_a_restart_keeps_a_later_date_that_was_named_before() -> None:
    changes = extended("2026-11-16T10:00", 5), supplemented("2026-11-16T11:00", "2026-11-16T12:00")

    assert dues(*changes) == ["11-18T17:00", "11-26T17:00", "11-26T17:00"]


def test_another_calendar_moves_every_instant_of_the_story() -> None:
    off = SpecialDay(day=date(2026, 11, 19), name="Nghỉ đột xuất", source="Quyết định thử")
    changed = CALENDAR.model_copy(update={"days_off": (*CALENDAR.days_off, off)})
    fresh = Calendar.model_validate(changed.model_dump())
    changes = (supplemented("2026-11-17T09:00", "2026-11-18T09:00"),)

    assert dues(*changes) == ["11-18T17:00", "11-20T17:00"]
    assert dues(*changes, calendar=fresh) == ["11-18T17:00", "11-23T17:00"]


def test_a_calendar_change_is_on_record_and_moves_nothing_by_itself() -> None:
    change = ClockChange(move=Move.CALENDAR, at=at("2026-11-17T09:00"))

    assert dues(change) == ["11-18T17:00", "11-18T17:00"]


def test_a_supplement_tells_since_when_the_clock_stood_still() -> None:
    change = ClockChange(move=Move.SUPPLEMENT, at=at("2026-11-17T09:00"))

    with pytest.raises(ValueError, match="since when"):
        compute_clock(count(), (change,), calendar=CALENDAR, hours=HOURS)


def test_a_reckoning_survives_being_recorded() -> None:
    changes = supplemented("2026-11-17T09:00", "2026-11-18T09:00"), extended("2026-11-19T09:00", 1)

    answer = compute_clock(count(ClockPolicy.PAUSE), changes, calendar=CALENDAR, hours=HOURS)

    assert ClockResult.model_validate_json(answer.model_dump_json()) == answer
    assert all(ClockChange.model_validate_json(one.model_dump_json()) == one for one in changes)


def test_the_terms_of_a_dossier_are_those_of_its_rule() -> None:
    terms = count_for(NEWEST, RESIDENCE, at("2026-11-16T09:00"), chosen=ALL)

    assert (terms.limit_days, terms.longer_days) == (2, 5)
    assert (terms.cut_off, terms.supplement_cut_off) == (None, time(15))
    assert terms.policy is ClockPolicy.RESTART


def test_a_case_has_the_cut_off_of_its_reception_and_its_stated_grounds() -> None:
    terms = count_for(NEWEST, None, at("2026-11-16T09:00"), chosen=ALL, added_days=2)

    assert (terms.limit_days, terms.longer_days, terms.cut_off) == (5, 7, time(15))


def test_a_step_that_may_not_verify_has_no_longer_limit() -> None:
    assert count_for(NEWEST, CARD, at("2026-11-16T09:00"), chosen=ALL).longer_days is None


def test_a_step_without_a_limit_of_its_own_is_counted_by_the_total() -> None:
    terms = count_for(OLDEST, RESIDENCE, at("2016-01-05T09:00"), chosen=ALL, added_days=2)

    assert terms.limit_days == 22


def test_the_citizen_has_the_days_the_rule_names() -> None:
    limit = supplement_due(NEWEST, at("2026-11-20T09:00"), calendar=CALENDAR)

    assert limit is not None
    assert limit.due_at == at("2026-12-21T23:59:59")


def test_the_intake_answers_within_eight_working_hours() -> None:
    limit = intake_due(NEWEST, at("2026-11-20T15:20"), calendar=CALENDAR, hours=HOURS)

    assert NEWEST.intake_limit == HourLimit(working_hours=8, verified=False)
    assert limit is not None
    assert limit.due_at == at("2026-11-23T15:20")


def test_a_rule_that_names_no_limit_for_the_citizen_or_the_intake_has_none() -> None:
    silent = NEWEST.model_copy(update={"supplement_limit": None, "intake_limit": None})

    assert supplement_due(silent, at("2026-11-20T09:00"), calendar=CALENDAR) is None
    assert intake_due(silent, at("2026-11-20T09:00"), calendar=CALENDAR, hours=HOURS) is None


def refusal(rule: GroupRule, now: str, *, days: int = 2, before: int = 0) -> str | None:
    found = why_not_extended(
        rule,
        CARD,
        due_at=at("2026-11-25T17:00"),
        now=at(now),
        working_days=days,
        extended_before=before,
        calendar=CALENDAR,
    )
    return found.rule if found else None


def test_a_new_date_is_named_one_working_day_before_at_the_latest() -> None:
    assert latest_extension(DelayRule(), at("2026-11-25T17:00"), calendar=CALENDAR) == at(
        "2026-11-23T23:59:59"
    )
    assert refusal(NEWEST, "2026-11-23T17:00:05") is None
    assert refusal(NEWEST, "2026-11-24T08:00") == "too_late"


def test_a_new_date_is_named_once() -> None:
    assert refusal(NEWEST, "2026-11-20T08:00", before=1) == "times"


@pytest.mark.parametrize(
    ("changes", "days", "expected"),
    [
        ({"delay": None}, 1, "not_allowed"),
        ({"delay": DelayRule(at_most=3)}, 4, "too_long"),
        ({"delay": DelayRule(at_most=3)}, 3, None),
    ],
)
def test_a_rule_may_bound_extensions(
    changes: dict[str, DelayRule | None], days: int, expected: str | None
) -> None:
    rule = NEWEST.model_copy(update=changes)

    assert refusal(rule, "2026-11-20T08:00", days=days) == expected


def test_a_procedure_may_be_closed_to_extensions() -> None:
    steps = tuple(one.model_copy(update={"may_extend": False}) for one in NEWEST.procedures)

    assert refusal(NEWEST.model_copy(update={"procedures": steps}), "2026-11-20T08:00") == (
        "not_allowed"
    )


def test_the_dates_of_a_case_are_recomputed_from_what_was_recorded() -> None:
    recorded = deadlines(NEWEST, ALL, at("2026-11-20T15:20"), CALENDAR, LAW.agencies)

    assert recounted(NEWEST, recorded, CALENDAR, LAW.agencies) == recorded


def test_another_calendar_moves_the_due_instant_and_keeps_the_promise() -> None:
    without_24_11 = calendar_of(
        Overrides.model_validate(
            {
                "statute": [{"valid_from": "2013-05-01", "document": "BLLĐ"}],
                "worked": [{"day": "2026-11-24", "name": "Làm việc", "source": "thử"}],
            }
        )
    )
    recorded = deadlines(NEWEST, ALL, at("2026-11-20T15:20"), CALENDAR, LAW.agencies)

    moved = recounted(NEWEST, recorded, without_24_11, LAW.agencies)

    assert moved.promised_at == recorded.promised_at == at("2026-11-27T17:00")
    assert moved.due_at == at("2026-11-26T17:00")
    assert moved.calendar_digest != recorded.calendar_digest


def test_a_verification_recounts_the_case_with_the_longer_total() -> None:
    recorded = deadlines(NEWEST, ALL, at("2026-11-16T10:00"), CALENDAR, LAW.agencies)

    moved = recounted(NEWEST, recorded, CALENDAR, LAW.agencies, verification=True)

    assert moved.due_at - recorded.due_at == timedelta(days=4)
    assert moved.promised_at == recorded.promised_at
