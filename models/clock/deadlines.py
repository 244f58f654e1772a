"""The dates of a case: what the receipt promises and what each dossier may take. Pure."""

from collections.abc import Iterable
from datetime import date, datetime, time
from functools import partial
from graphlib import TopologicalSorter

from pydantic import Field

from models.clock.dossier_deadlines import DossierDue, dossier_due
from models.clock.steps import Milestone, milestones_for
from models.kernel.base import Instant, LawVersion, Message, ProcedureId
from models.law.law import Agency
from models.law.procedures import ProcedureRule
from models.law.rules import GroupRule
from models.working_time.calendars import Calendar
from models.working_time.days import Due, due, one_working_day_before
from models.working_time.terms import Counting

__all__ = [
    "CaseDeadlines",
    "DossierDue",
    "deadlines",
    "dossier_due",
    "latest_dates",
    "recounted",
]


class CaseDeadlines(Message):
    """What intake promises, with every input beside it, so that anyone can recompute it later."""

    law_version: LawVersion
    chosen: tuple[ProcedureId, ...]
    received_at: Instant
    days: int
    """The total in working days, extensions included."""
    counting: Counting
    cut_off: time | None
    verification: bool
    extensions: tuple[str, ...]
    verified: bool
    """False: the total rests on a source nobody has checked against the text."""
    counted_from: date
    promised_at: Instant
    """What stands on the receipt; it never changes."""
    due_at: Instant
    """At first the same as promised."""
    due_soon_at: Instant
    """One working day before the case is due."""
    provisional: bool
    dossiers: dict[ProcedureId, Due | None] = Field(default_factory=dict)
    """In the order of the law; None: its clock has not begun.

    It waits for another, or for the choice among procedures that share a word.
    """
    explanation: tuple[str, ...]
    calendar_id: str
    calendar_digest: str
    steps: tuple[Milestone, ...] = ()
    """Around the due instant of the case, earliest first."""
    dossier_steps: dict[ProcedureId, tuple[Milestone, ...]] = Field(default_factory=dict)
    """Around the due instant of each dossier whose clock has begun."""


def deadlines(  # noqa: PLR0913 - the inputs a due date must be recorded with
    rule: GroupRule,
    chosen: Iterable[ProcedureId],
    received_at: datetime,
    calendar: Calendar,
    agencies: Iterable[Agency],
    *,
    verification: bool = False,
    extensions: Iterable[str] = (),
) -> CaseDeadlines:
    """The dates intake pins, by the office hours of the agency that takes the first step.

    `chosen` are the words the citizen asked with; a procedure's own id stands for its word.

    Raises:
        KeyError: the rule has no such procedure or extension, or `agencies` lacks one it names.
    """
    ids, grounds = _in_order(rule, chosen), tuple(extensions)
    steps = tuple(rule.performed_for(asked)[0] for asked in ids)
    hours = {agency.id: agency.office_hours for agency in agencies}
    total = rule.total_for(ids)
    days = total.days(verification=verification) + _added_days(rule, grounds)
    count = partial(
        due, received_at, calendar=calendar, counting=rule.counting, cut_off=rule.cut_off
    )
    whole = count(days, hours=hours[steps[0].agency])

    def first_due(step: ProcedureRule) -> Due | None:
        if set(step.after) & set(ids) or step.asked_as:
            return None
        if step.limit is None:
            return whole
        own = count(
            step.limit.days(verification=verification and step.may_verify),
            hours=hours[step.agency],
        )
        return min(own, whole, key=lambda limit: limit.due_at)

    dossiers = {step.word: first_due(step) for step in steps}
    return CaseDeadlines(
        law_version=rule.version,
        chosen=ids,
        received_at=received_at,
        days=days,
        counting=rule.counting,
        cut_off=rule.cut_off,
        verification=verification,
        extensions=grounds,
        verified=total.verified,
        counted_from=whole.counted_from,
        promised_at=whole.due_at,
        due_at=whole.due_at,
        due_soon_at=one_working_day_before(whole.due_at, calendar=calendar),
        provisional=whole.provisional,
        dossiers=dossiers,
        explanation=whole.explanation,
        calendar_id=calendar.id,
        calendar_digest=calendar.digest,
        steps=milestones_for(
            rule, None, whole.due_at, calendar, hours[steps[0].agency], since=received_at
        ),
        dossier_steps={
            step.id: milestones_for(
                rule, step.id, first.due_at, calendar, hours[step.agency], since=received_at
            )
            for step in steps
            if (first := dossiers[step.word])
        },
    )


def recounted(
    rule: GroupRule,
    recorded: CaseDeadlines,
    calendar: Calendar,
    agencies: Iterable[Agency],
    *,
    verification: bool | None = None,
) -> CaseDeadlines:
    """The dates from the recorded inputs, by another calendar or for a verification.

    The promised date stays what it was. With the recorded calendar the answer equals the record;
    where it does not, the record or the code is wrong.
    """
    anew = deadlines(
        rule,
        recorded.chosen,
        recorded.received_at,
        calendar,
        agencies,
        verification=recorded.verification if verification is None else verification,
        extensions=recorded.extensions,
    )
    return anew.model_copy(update={"promised_at": recorded.promised_at})


def latest_dates(
    rule: GroupRule, case: CaseDeadlines, calendar: Calendar, agencies: Iterable[Agency]
) -> dict[ProcedureId, Instant]:
    """Each dossier's last day if every agency uses all its time: for planning, no promise.

    Of alternatives the slowest counts, for nobody knows yet which of them it will be.
    """
    by_id = {agency.id: agency for agency in agencies}
    latest: dict[ProcedureId, Instant] = {}

    def last_of(step: ProcedureRule) -> Instant:
        handed_over = [latest[before] for before in step.after if before in latest]
        return dossier_due(
            rule,
            step.id,
            max(handed_over, default=case.received_at),
            calendar,
            by_id[step.agency],
            case_due_at=case.due_at,
            verification=case.verification,
        ).due_at

    for asked in _in_dependency_order(rule, case.chosen):
        first = case.dossiers[asked]
        latest[asked] = first.due_at if first else max(map(last_of, rule.performed_for(asked)))
    return {asked: latest[asked] for asked in case.chosen}


def _in_order(rule: GroupRule, chosen: Iterable[ProcedureId]) -> tuple[ProcedureId, ...]:
    words = {step.id: step.word for step in rule.procedures} | {one: one for one in rule.words()}
    wanted = {words[one] for one in chosen}
    return tuple(word for word in rule.words() if word in wanted)


def _in_dependency_order(
    rule: GroupRule, chosen: tuple[ProcedureId, ...]
) -> tuple[ProcedureId, ...]:
    graph = {
        asked: {one for step in rule.performed_for(asked) for one in step.after if one in chosen}
        for asked in chosen
    }
    return tuple(TopologicalSorter(graph).static_order())


def _added_days(rule: GroupRule, grounds: tuple[str, ...]) -> int:
    added = {extension.code: extension.working_days for extension in rule.extensions}
    return sum(added[ground] for ground in grounds)
