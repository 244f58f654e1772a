"""By when an agency owes its answer to one dossier, once it holds it. Pure."""

from datetime import date, datetime

from models.clock.steps import Milestone, milestones_for
from models.kernel.base import AgencyId, Instant, LawVersion, Message, ProcedureId, vietnam_time
from models.law.law import Agency
from models.law.rules import GroupRule
from models.working_time.calendars import Calendar
from models.working_time.days import Due, due
from models.working_time.terms import Counting
from models.working_time.words import describe_instant


class DossierDue(Message):
    """By when one dossier is due, counted from its hand-over, with every input beside it."""

    law_version: LawVersion
    procedure: ProcedureId
    agency: AgencyId
    handed_over_at: Instant
    days: int | None
    """The step's own limit; None: only the case's total holds."""
    counting: Counting
    verification: bool
    verified: bool
    counted_from: date | None
    due_at: Instant
    capped: bool
    """True: the case's total ends before the step's own limit would."""
    provisional: bool
    explanation: tuple[str, ...]
    calendar_id: str
    calendar_digest: str
    steps: tuple[Milestone, ...] = ()
    """Around the due instant, earliest first; warnings before the hand-over are left out."""


def dossier_due(  # noqa: PLR0913 - the inputs it must be recorded with
    rule: GroupRule,
    procedure: ProcedureId,
    handed_over_at: datetime,
    calendar: Calendar,
    agency: Agency,
    *,
    case_due_at: datetime,
    verification: bool = False,
) -> DossierDue:
    """By when an agency owes its answer: from the hand-over, no cut-off, never past the case.

    Raises:
        KeyError: the rule has no such procedure.
    """
    step = rule.procedure(procedure)
    limit = step.limit
    own = (
        due(
            handed_over_at,
            limit.days(verification=verification and step.may_verify),
            calendar=calendar,
            hours=agency.office_hours,
            counting=rule.counting,
        )
        if limit
        else None
    )
    capped = own is not None and own.due_at > case_due_at
    due_at = own.due_at if own and not capped else case_due_at
    return DossierDue(
        law_version=rule.version,
        procedure=procedure,
        agency=agency.id,
        handed_over_at=handed_over_at,
        days=own.days if own else None,
        counting=rule.counting,
        verification=verification,
        verified=limit.verified if limit else True,
        counted_from=own.counted_from if own else None,
        due_at=due_at,
        capped=capped,
        provisional=own.provisional
        if own
        else calendar.is_provisional(vietnam_time(case_due_at).date()),
        explanation=_explained(own, case_due_at, capped=capped),
        calendar_id=calendar.id,
        calendar_digest=calendar.digest,
        steps=milestones_for(
            rule, procedure, due_at, calendar, agency.office_hours, since=handed_over_at
        ),
    )


def _explained(own: Due | None, case_due_at: datetime, *, capped: bool) -> tuple[str, ...]:
    of_case = describe_instant(vietnam_time(case_due_at))
    if own is None:
        return (f"bước này không có thời hạn riêng: theo hạn chung của hồ sơ, {of_case}",)
    if capped:
        return (*own.explanation, f"không quá hạn chung của hồ sơ: {of_case}")
    return own.explanation
