"""Judged submissions, for tests of what stores them."""

import json
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from adapters.law.calendar import load_calendar
from adapters.law.files import load_law
from adapters.law.places import load_places
from models.cases.events import Event, LedgerBatch, LedgerEntry
from models.cases.orders import CloseCase
from models.intake.admission import Admission, admit
from models.intake.intake import IntakeOutcome, Submission
from models.kernel.base import VIETNAM, CaseId, GroupId
from models.kernel.vocabulary import CaseState
from models.law.context import LegalContext

from harness import families

MORNING = datetime(2026, 11, 17, 8, 0, tzinfo=VIETNAM)
EVENING = datetime(2026, 11, 17, 16, 30, tzinfo=VIETNAM)
CONTEXT = LegalContext(
    law=load_law(), calendar=load_calendar(), places=load_places(), event_secret=b"e" * 32
)


def admission(
    family: int,
    run_id: str,
    *,
    case_id: str = "",
    context: LegalContext = CONTEXT,
    procedures: Iterable[str] = families.ALL,
) -> Admission:
    """What the intake makes of a family's sound declaration."""
    raw = families.birth(family, MORNING, procedures)
    return admission_of(raw, run_id, case_id or f"birth/{raw['notice']['number']}", context)


def admission_of(
    raw: families.Raw, run_id: str, case_id: str, context: LegalContext = CONTEXT
) -> Admission:
    """What the intake makes of a sound declaration."""
    submission = Submission(
        case_id=CaseId(case_id),
        run_id=run_id,
        group=GroupId(case_id.partition("/")[0]),
        recorded_at=MORNING,
        declaration=json.dumps(raw),
        sealed_with="cases-1",
    )
    judged = admit(submission, context)
    if not isinstance(judged, Admission):
        raise TypeError(judged.findings)
    return judged


def under_other_law(admitted: Admission) -> Admission:
    """The same submission judged again, after the law files were changed."""
    opening = admitted.outcome.opening
    if opening is None:
        raise ValueError("an admission opens a case")
    later = opening.deadlines.model_copy(update={"promised_at": EVENING, "days": 1})
    changed = opening.model_copy(update={"deadlines": later, "commune_name": "Xã khác"})
    return replace(admitted, outcome=admitted.outcome.model_copy(update={"opening": changed}))


def number_of(outcome: IntakeOutcome) -> int:
    """The running number in the code a case was given."""
    if outcome.opening is None:
        raise ValueError(f"no case was opened: {outcome.decision}")
    return int(outcome.opening.case_code.rpartition("-")[2])


def entry(seq: int, event: Event = Event.DOSSIER_FILED, **facts: str) -> LedgerEntry:
    """One line of a record."""
    return LedgerEntry(seq=seq, at=MORNING, event=event, facts=dict(facts))


def batch(case_id: str, *entries: LedgerEntry, run_id: str = "run-1") -> LedgerBatch:
    """Some lines of a record."""
    return LedgerBatch(case_id=CaseId(case_id), run_id=run_id, case_code=None, entries=entries)


def closing(admitted: Admission, state: CaseState, *entries: LedgerEntry) -> CloseCase:
    """The order to put a case on record as closed."""
    case_id, run_id = admitted.submission.case_id, admitted.submission.run_id
    return CloseCase(
        case_id=case_id,
        run_id=run_id,
        state=state,
        closed_at=EVENING,
        batch=batch(case_id, *entries, run_id=run_id),
    )
