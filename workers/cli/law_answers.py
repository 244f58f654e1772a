"""What `law due --json` answers; other systems read these names."""

from collections.abc import Mapping
from datetime import date

from models.clock.deadlines import CaseDeadlines
from models.clock.steps import Milestone
from models.kernel.base import GroupId, Instant, LawVersion, Message, ProcedureId
from models.law.rules import GroupRule


class DossierDates(Message):
    """One procedure: its own limit, and its last instant if all before it use all their time."""

    procedure: ProcedureId
    title: str
    due_at: Instant
    within: int | None
    """Working days from reception or hand-over, 0 for the same day; null: only the total holds."""
    verified: bool


class DueAnswer(Message):
    """By when a case received at an instant is due, and why."""

    group: GroupId
    law_version: LawVersion
    received_at: Instant
    counted_from: date
    due_at: Instant
    provisional: bool
    dossiers: tuple[DossierDates, ...]
    explanation: tuple[str, ...]
    verified: bool
    calendar_id: str
    calendar_digest: str
    steps: tuple[Milestone, ...] = ()
    """Around the due instant of the case, earliest first."""


def due_answer(
    rule: GroupRule, case: CaseDeadlines, latest: Mapping[ProcedureId, Instant]
) -> DueAnswer:
    """Say the dates of a case to other systems."""
    return DueAnswer(
        group=rule.group,
        law_version=case.law_version,
        received_at=case.received_at,
        counted_from=case.counted_from,
        due_at=case.due_at,
        provisional=case.provisional,
        dossiers=tuple(_dates(rule, case, one, latest[one]) for one in case.chosen),
        explanation=case.explanation,
        verified=case.verified,
        calendar_id=case.calendar_id,
        calendar_digest=case.calendar_digest,
        steps=case.steps,
    )


def _dates(
    rule: GroupRule, case: CaseDeadlines, procedure: ProcedureId, due_at: Instant
) -> DossierDates:
    """Of alternatives the longest limit holds until it is known which of them it will be."""
    limits = [step.limit for step in rule.performed_for(procedure)]
    own = [limit for limit in limits if limit is not None]
    within = [limit.days(verification=case.verification) for limit in own]
    return DossierDates(
        procedure=procedure,
        title=rule.named(procedure).title,
        due_at=due_at,
        within=max(within) if len(own) == len(limits) else None,
        verified=all(limit.verified if limit else case.verified for limit in limits),
    )
