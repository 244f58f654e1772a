"""The clock of a case wakes it when something it shows changes, and tells no stale step."""

from dataclasses import replace
from datetime import timedelta

import pytest

from models.cases.case import Case
from models.cases.dossier import Dossier
from models.cases.events import Event
from models.cases.requests import Supply
from models.cases.transitions import agencies, citizens, clock
from models.clock.deadline_query import ClockEvent
from models.clock.steps import JUST_AFTER
from models.contracts.dossiers import DossierAnswer, SuppliedItem, key_for
from models.kernel.vocabulary import Outcome, SlaStatus
from models.law.context import LegalContext
from models.working_time.terms import ClockPolicy

from harness.admissions import CONTEXT, MORNING
from harness.pure_cases import CODE, deadline_of, file, opened


def context_with(**terms: object) -> LegalContext:
    """The office, where every rule says this."""
    groups = tuple(rule.model_copy(update=terms) for rule in CONTEXT.law.groups)
    return replace(CONTEXT, law=CONTEXT.law.model_copy(update={"groups": groups}))


def without_steps() -> tuple[Case, Dossier]:
    """A birth alone, filed under a rule that names no step at all."""
    law = context_with(steps=(), dossier_steps=()).law
    bare = tuple(
        rule.model_copy(
            update={
                "procedures": tuple(one.model_copy(update={"steps": ()}) for one in rule.procedures)
            }
        )
        for rule in law.groups
    )
    case = opened(replace(CONTEXT, law=law.model_copy(update={"groups": bare})))
    dossier = next(iter(case.dossiers.values()))
    file(case, dossier, MORNING)
    return case, dossier


def thresholds(case: Case) -> list[object]:
    """Every instant at which it would wake, if nothing else ever happened."""
    found: list[object] = []
    while (threshold := case.next_threshold()) is not None:
        found.append(threshold)
        clock.reach_steps(case, threshold)
    return found


def test_a_case_wakes_when_it_is_due_soon_although_no_step_is_due_then() -> None:
    case, dossier = without_steps()
    assert case.clock is not None
    assert dossier.due_at is not None
    clock.reach_steps(case, MORNING)

    woken = thresholds(case)

    assert woken == sorted(
        {case.clock.due_soon_at, dossier.due_at + JUST_AFTER, case.clock.due_at + JUST_AFTER}
    )
    assert [entry for entry in case.entries if entry.event is Event.STEP_REACHED] == []


@pytest.mark.parametrize("status", [SlaStatus.DUE_SOON, SlaStatus.OVERDUE])
def test_what_is_shown_after_waking_differs_from_what_was_shown_before(status: SlaStatus) -> None:
    case, _ = without_steps()
    assert case.clock is not None
    clock.reach_steps(case, MORNING)
    turn = (
        case.clock.due_soon_at if status is SlaStatus.DUE_SOON else case.clock.due_at + JUST_AFTER
    )

    before, after = case.sla(turn - JUST_AFTER), case.sla(turn)

    assert before != after == status
    assert turn in thresholds(case)


def late_and_wanting(context: LegalContext) -> tuple[Case, Dossier]:
    """The only filed dossier is past its due instant, and its agency asks the citizen then."""
    case = opened(context)
    dossier = next(iter(case.dossiers.values()))
    file(case, dossier, MORNING, context=context)
    assert dossier.due_at is not None
    late = dossier.due_at + timedelta(hours=1)
    clock.reach_steps(case, late)
    key = key_for(CODE, dossier.procedure, 1)
    wanted = DossierAnswer(key=key, version=1, outcome=Outcome.SUPPLEMENT)
    agencies.take_answer(case, dossier, wanted, late)
    answer = deadline_of(case, dossier, ClockEvent.STOPPED, late, context=context)
    clock.apply_deadline(case, dossier, answer, late)
    return case, dossier


def test_of_steps_that_came_while_the_case_was_paused_only_the_newest_is_told() -> None:
    context = context_with(after_supplement=ClockPolicy.PAUSE)
    case, dossier = late_and_wanting(context)
    assert case.clock is not None
    due_at, last = case.clock.due_at, max(step.at for step in case.clock.steps)
    waiting = [step.key for step in sorted(case.clock.steps, key=lambda step: step.at)]
    clock.reach_steps(case, MORNING + timedelta(days=1))

    back = last + timedelta(hours=1)
    item = SuppliedItem(code="CT07", reference="tep-1")
    said = Supply(request_id="bs", procedure=dossier.procedure, items=(item,), sent_at=back)
    citizens.supplement(case, said, back)
    clock.apply_deadline(
        case, dossier, deadline_of(case, dossier, ClockEvent.RESUMED, back, context=context), back
    )
    clock.reach_steps(case, back)

    about_the_case = [e for e in case.entries if e.procedure is None and "step" in e.facts]
    missed = [e.facts["step"] for e in about_the_case if e.event is Event.STEP_MISSED]
    told = [e.facts["step"] for e in about_the_case if e.event is Event.STEP_REACHED]
    assert case.clock.due_at == due_at
    assert len(waiting) > 1
    assert (missed, told) == (waiting[:-1], waiting[-1:])
