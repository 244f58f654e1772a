"""What another calendar would do to an open case; the case decides by the same rule. Pure."""

from collections.abc import Iterator
from datetime import datetime

from models.cases.views import CaseClocks, DossierClocks
from models.clock.deadline_query import ClockEvent, DeadlineQuery, DeadlineResult, compute_deadline
from models.kernel.base import CaseCode, Instant, Message, ProcedureId
from models.law.context import LegalContext


class MovedDue(Message):
    """One due instant that moves, of a dossier or of the case."""

    case_code: CaseCode
    procedure: ProcedureId | None
    """None: the case's own."""
    old_due_at: Instant
    due_at: Instant


def moves_of(clocks: CaseClocks, context: LegalContext, now: datetime) -> tuple[MovedDue, ...]:
    """Every due instant of a case that the office's calendar moves; none where nothing changes."""
    if clocks.case_code is None or clocks.due_at is None:
        return ()
    answers = list(_answers(clocks, context, now))
    moved = [
        MovedDue(
            case_code=clocks.case_code,
            procedure=dossier.procedure,
            old_due_at=dossier.clock.due_at,
            due_at=answer.clock.due_at,
        )
        for dossier, answer in answers
        if dossier.clock and answer.clock and answer.clock.due_at != dossier.clock.due_at
    ]
    whole = {answer.case_due_at for _, answer in answers} - {clocks.due_at}
    moved += [
        MovedDue(
            case_code=clocks.case_code, procedure=None, old_due_at=clocks.due_at, due_at=due_at
        )
        for due_at in sorted(whole)[-1:]
    ]
    return tuple(moved)


def _answers(
    clocks: CaseClocks, context: LegalContext, now: datetime
) -> Iterator[tuple[DossierClocks, DeadlineResult]]:
    for dossier in clocks.dossiers:
        if clocks.dates and clocks.due_at and dossier.is_running:
            question = DeadlineQuery(
                occasion=ClockEvent.CALENDAR,
                law=clocks.law,
                procedure=dossier.procedure,
                at=now,
                dates=clocks.dates,
                case_due_at=clocks.due_at,
                case_was_moved=clocks.was_moved,
                clock=dossier.clock,
            )
            yield dossier, compute_deadline(question, context)
