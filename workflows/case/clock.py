"""The legal clock of a case: asked in local activities, watched by one timer.

What the clock answers is kept in history, so that a replay never asks a newer calendar.
"""

from collections.abc import Iterable
from datetime import datetime

from temporalio import workflow

from activities.deadlines import DeadlineActivities
from models.cases.case import Case
from models.cases.dossier import Dossier
from models.cases.requests import Recalculate
from models.cases.transitions import citizens, clock
from models.clock.deadline_query import ClockEvent, DeadlineQuery, DeadlineResult
from models.intake.intake import Opening
from models.kernel.words import official_time
from workflows.runtime import options
from workflows.runtime.updates import refuse_field


async def watch(case: Case) -> None:
    """One timer, armed only while somebody lets the case wait: an answer at once arms none."""
    while True:
        # A timer begun and given up around one local activity may be two in a replay, or none.
        await workflow.wait_condition(lambda: case.waits_long and not case.in_motion)
        clock.reach_steps(case, workflow.now())
        citizens.expire(case, workflow.now())
        threshold = case.next_threshold()
        if threshold is None:
            await workflow.wait_condition(
                lambda: not case.waits_long or case.next_threshold() is not None
            )
        else:
            await _sleep_until(threshold, case)


async def _sleep_until(threshold: datetime, case: Case) -> None:
    def is_out_of_date() -> bool:
        return not case.waits_long or case.next_threshold() != threshold

    try:
        await workflow.wait_condition(
            is_out_of_date,
            timeout=threshold - workflow.now(),
            timeout_summary=f"Mốc thời hạn {official_time(threshold)}",
        )
    except TimeoutError:
        return


async def query_deadline(
    case: Case,
    opening: Opening,
    dossier: Dossier,
    occasion: ClockEvent,
    *,
    working_days: int = 0,
) -> DeadlineResult:
    """What has become of a dossier's due instant. The answer is not yet taken over.

    Asked anew where somebody else's answer was taken over meanwhile: none may undo another.

    Raises:
        FailureError: the clock cannot say, e.g. for a year no calendar knows.
    """
    while True:
        await _take_turns(case)
        known = _known(case, [dossier])
        answer = await _ask(case, opening, dossier, occasion, working_days)
        if _known(case, [dossier]) == known:
            return answer


async def _ask(
    case: Case, opening: Opening, dossier: Dossier, occasion: ClockEvent, working_days: int
) -> DeadlineResult:
    now = workflow.now()
    question = DeadlineQuery(
        occasion=occasion,
        law=opening.law,
        procedure=dossier.procedure,
        at=now,
        dates=opening.deadlines,
        case_due_at=_due_at(case, now),
        case_was_moved=case.clock.was_moved if case.clock else False,
        clock=dossier.clock,
        paused_at=dossier.paused_at,
        working_days=working_days,
    )
    summary = f"Tính hạn: {dossier.plan.short_title} · {dossier.plan.code}"
    case.in_motion += 1
    try:
        return await workflow.execute_local_activity_method(
            DeadlineActivities.compute, question, **options.deadline(summary)
        )
    finally:
        case.in_motion -= 1


async def _take_turns(case: Case) -> None:
    """One question at a time: answers that come together might come in another order on replay."""
    while case.in_motion:
        await workflow.wait_condition(lambda: not case.in_motion)


def _known(case: Case, dossiers: Iterable[Dossier]) -> tuple[object, ...]:
    """What an answer follows from and another answer may change."""
    return (case.due_at, *(dossier.clock for dossier in dossiers))


async def _ask_all(case: Case, opening: Opening, dossiers: list[Dossier]) -> list[DeadlineResult]:
    while True:
        known = _known(case, dossiers)
        answers = [
            await query_deadline(case, opening, one, ClockEvent.CALENDAR) for one in dossiers
        ]
        if _known(case, dossiers) == known:
            return answers


def _due_at(case: Case, now: datetime) -> datetime:
    return case.due_at or now


async def recount(case: Case, opening: Opening, request: Recalculate) -> None:
    """Count every running clock again by the calendar the request names.

    Raises:
        ApplicationError: of type `Rejected`, where this worker counts by another calendar.
    """
    running = [d for d in case.dossiers.values() if d.clock and d.filed_at and not d.is_settled]
    answers = await _ask_all(case, opening, running)
    for answer in answers:
        if answer.clock is None or answer.clock.calendar_digest != request.calendar:
            refuse_field("calendar", "not_loaded", "Tiến trình xử lý hồ sơ đang dùng lịch khác.")
    latest = max(answers, key=lambda one: one.case_due_at, default=None)
    for dossier, answer in zip(running, answers, strict=True):
        if latest is not None and not dossier.is_settled:
            clock.apply_deadline(case, dossier, answer.within(latest), workflow.now())
