"""Steps come when their rule says, each once, in order, and never before the clock began."""

from datetime import datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.law.calendar import load_calendar
from adapters.law.files import load_law
from models.clock.steps import Milestone, milestones_for, next_milestone, passed_milestones
from models.kernel.base import VIETNAM, ProcedureId
from models.law.rules import GroupRule
from models.law.steps import MilestoneKind, MilestoneRule, WorkingSpan
from models.working_time.days import due
from models.working_time.terms import OfficeHours

LAW = load_law()
CALENDAR = load_calendar()
HOURS = OfficeHours()
NEWEST = next(rule for rule in LAW.groups if rule.version == "birth-nd63-2024")
REGISTER, CARD = ProcedureId("register_birth"), ProcedureId("issue_card")
WHOSE = [
    pytest.param(rule, procedure, id=f"{rule.version} {procedure or 'case'}")
    for rule in LAW.groups
    for procedure in (None, *(step.id for step in rule.offered()))
]


def at(text: str) -> datetime:
    return datetime.fromisoformat(f"{text}+07:00")


def steps(
    due_at: str, procedure: ProcedureId | None = None, *, since: str | None = None
) -> tuple[Milestone, ...]:
    begun = at(since) if since else None
    return milestones_for(NEWEST, procedure, at(due_at), CALENDAR, HOURS, since=begun)


def when(found: tuple[Milestone, ...]) -> list[tuple[str, str]]:
    return [(step.kind.value, f"{step.at:%m-%d %H:%M:%S}") for step in found]


def test_the_steps_of_a_case_lie_around_its_due_instant() -> None:
    assert when(steps("2026-11-27T17:00")) == [
        ("early_warning", "11-25 17:00:00"),
        ("one_day_before", "11-26 17:00:00"),
        ("due", "11-27 17:00:00"),
        ("late", "11-27 17:00:01"),
        ("escalation", "11-30 17:00:00"),
    ]


def test_steps_are_counted_in_working_time_over_a_holiday() -> None:
    assert when(steps("2026-11-25T17:00", CARD)) == [
        ("early_warning", "11-23 13:00:00"),
        ("one_day_before", "11-23 17:00:00"),
        ("due", "11-25 17:00:00"),
        ("late", "11-25 17:00:01"),
        ("escalation", "11-26 17:00:00"),
    ]


def test_a_step_explains_itself_and_names_the_days_off_on_the_way() -> None:
    explained = [step.explanation for step in steps("2026-11-25T17:00", CARD)]

    assert explained[1] == (
        "một ngày làm việc trước hạn: 17:00 thứ Hai 23/11/2026"
        " (nghỉ 24/11/2026: Ngày Văn hóa Việt Nam (NQ 28/2026/QH16))"
    )
    assert explained[2] == "đến hạn: 17:00 thứ Tư 25/11/2026"


def test_a_procedure_of_one_day_has_steps_of_its_own_in_hours() -> None:
    found = steps("2026-11-23T17:00", REGISTER)

    assert when(found)[0] == ("early_warning", "11-23 15:00:00")
    assert MilestoneKind.ONE_DAY_BEFORE not in [step.kind for step in found]


def test_warnings_before_the_clock_began_are_left_out() -> None:
    found = steps("2026-11-27T17:00", CARD, since="2026-11-26T17:00")

    assert [step.kind.value for step in found] == ["due", "late", "escalation"]


def test_an_escalation_names_who_is_told_and_how_far_above() -> None:
    escalation = steps("2026-11-27T17:00")[-1]

    assert (escalation.to, escalation.level) == ("Chủ tịch UBND cấp xã", 1)
    assert not escalation.verified


def test_the_due_instant_is_still_in_time_and_the_next_second_is_late() -> None:
    _, _, in_time, late, _ = steps("2026-11-27T17:00")

    assert (in_time.at, late.at - in_time.at) == (at("2026-11-27T17:00"), timedelta(seconds=1))


def test_the_same_step_keeps_its_key_when_the_due_instant_moves() -> None:
    before, after = steps("2026-11-27T17:00"), steps("2026-12-01T17:00")

    assert [step.key for step in before] == [step.key for step in after]
    assert {step.due_at for step in before} != {step.due_at for step in after}


def test_two_steps_of_one_kind_have_different_keys() -> None:
    second = MilestoneRule(
        kind=MilestoneKind.ESCALATION,
        after=WorkingSpan(working_days=3),
        to="UBND cấp tỉnh",
        level=2,
    )
    rule = NEWEST.model_copy(update={"steps": (*NEWEST.steps, second)})

    found = milestones_for(rule, None, at("2026-11-27T17:00"), CALENDAR, HOURS)

    assert [step.key for step in found][-2:] == ["escalation-1", "escalation-2"]


def test_the_next_step_is_the_first_still_to_come() -> None:
    found = steps("2026-11-27T17:00")

    coming = next_milestone(found, at("2026-11-25T17:00"))

    assert coming is not None
    assert coming.kind is MilestoneKind.ONE_DAY_BEFORE
    assert next_milestone(found, at("2026-12-31T17:00")) is None


def test_a_step_that_was_done_is_not_done_again_unless_the_due_instant_moved() -> None:
    before, after = steps("2026-11-27T17:00"), steps("2026-11-30T17:00")
    now = at("2026-11-27T09:00")
    done = {step.mark for step in passed_milestones(before, (), now)}

    assert len(done) == 2
    assert passed_milestones(before, done, now) == ()
    assert [step.key for step in passed_milestones(after, done, now)] == ["early_warning-1"]


def test_steps_long_past_come_in_order_and_the_last_is_the_news() -> None:
    passed = passed_milestones(steps("2026-11-20T17:00"), (), at("2026-12-01T09:00"))

    assert passed[-1].kind is MilestoneKind.ESCALATION
    assert len(passed) == 5


def test_a_rule_recorded_before_there_were_steps_has_none() -> None:
    recorded = NEWEST.model_dump(mode="json", exclude={"steps", "dossier_steps"})
    for step in recorded["procedures"]:
        del step["steps"], step["may_verify"], step["may_extend"]

    rule = GroupRule.model_validate(recorded)

    assert milestones_for(rule, CARD, at("2026-11-27T17:00"), CALENDAR, HOURS) == ()
    assert rule.procedure(CARD).may_verify


def test_steps_survive_being_recorded() -> None:
    for step in steps("2026-11-27T17:00"):
        assert Milestone.model_validate_json(step.model_dump_json()) == step


@pytest.mark.parametrize(("rule", "procedure"), WHOSE)
@given(
    received=st.datetimes(
        min_value=datetime(2023, 1, 5),  # noqa: DTZ001 - hypothesis adds the offset
        max_value=datetime(2026, 11, 1),  # noqa: DTZ001 - likewise
        timezones=st.just(VIETNAM),
    )
)
def test_every_rule_of_ours_lets_each_step_come_once_and_in_its_order(
    rule: GroupRule, procedure: ProcedureId | None, received: datetime
) -> None:
    step = rule.procedure(procedure) if procedure else None
    limit = (step and step.limit) or rule.total_for(tuple(one.id for one in rule.offered()))
    due_at = due(received, limit.working_days, calendar=CALENDAR, hours=HOURS).due_at

    found = milestones_for(rule, procedure, due_at, CALENDAR, HOURS)

    assert [one.kind for one in found] == [one.kind for one in rule.steps_of(procedure)]
    assert len({one.key for one in found}) == len(found)
    assert all(one.at < other.at for one, other in pairwise(found))


@pytest.mark.parametrize(
    ("kind", "span", "message"),
    [
        ("early_warning", {}, "phải có before"),
        ("due", {"before": {"working_days": 1}}, "bỏ before"),
        ("due", {"after": {"working_days": 1}}, "chỉ late và escalation"),
        ("escalation", {}, "phải có after"),
        ("late", {"after": {"working_days": 1, "working_hours": 1}}, "một trong hai"),
        ("late", {"after": {}}, "một trong hai"),
    ],
)
def test_a_step_on_the_wrong_side_is_refused(
    kind: str, span: dict[str, dict[str, int]], message: str
) -> None:
    with pytest.raises(ValueError, match=message):
        MilestoneRule.model_validate({"kind": kind, **span})
