"""A real case of an invented family, lived through in memory, and the forms drafted from it."""

import json
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

from adapters.law.calendar import load_calendar
from adapters.law.files import load_law
from adapters.law.forms import load_forms
from adapters.law.places import load_places
from models.cases.case import Case
from models.cases.requests import Supply
from models.cases.status import DossierStatus
from models.cases.transitions import agencies, citizens, clock, faults, lifecycle
from models.cases.transitions.lifecycle import return_results
from models.clock.deadline_query import ClockEvent, DeadlineQuery, DeadlineResult, compute_deadline
from models.contracts.dossiers import DossierAnswer, Facts, SuppliedItem, WantedItem
from models.documents.drafting import Draft
from models.documents.forms import CaseForm
from models.documents.kinds import StopCause
from models.documents.reading import Reading
from models.documents.register import Register07, RegisterLine, register_line
from models.intake.admission import Admission, admit
from models.intake.intake import IntakeOutcome, Opening, Submission
from models.kernel.base import VIETNAM, CaseCode, CaseId, GroupId, ProcedureId
from models.law.context import LegalContext

SAMPLE = Path(__file__).parents[1] / "data" / "birth.json"
CODE = CaseCode("H26.00004-261120-0001")
CASE = CaseId("birth/00417.GCS.01929.26")
RUN = "run-1"
BIRTH, RESIDENCE, CARD = map(ProcedureId, ("register_birth", "register_residence", "issue_card"))


def at(day: int, hour: int, minute: int = 0) -> datetime:
    """An instant of November 2026."""
    return datetime(2026, 11, day, hour, minute, tzinfo=VIETNAM)


@cache
def context() -> LegalContext:
    return LegalContext(
        law=load_law(),
        calendar=load_calendar(),
        places=load_places(),
        event_secret=bytes(32),
        allow_plain_starts=True,
        allow_backdating=True,
    )


@cache
def reading() -> Reading:
    return Reading(book=load_forms(), law=load_law(), places=load_places())


def admitted(
    *changes: tuple[str, Any],
    received_at: datetime | None = None,  # Any: declared values
) -> IntakeOutcome:
    """What the intake decides about the sample declaration with these fields stated otherwise."""
    raw = json.loads(SAMPLE.read_text("utf-8"))
    for path, value in changes:
        *steps, last = path.split(".")
        part = raw
        for step in steps:
            part = part[step]
        part[last] = value
    submission = Submission(
        case_id=CASE,
        run_id=RUN,
        group=GroupId("birth"),
        recorded_at=received_at or at(20, 15, 20),
        declaration=json.dumps(raw),
    )
    admission = admit(submission, context())
    if not isinstance(admission, Admission):
        raise TypeError([finding.message for finding in admission.findings])
    return admission.with_code(CODE)


@dataclass(frozen=True)
class Lived:
    """A case at the end of its life, with everything its forms are drafted from."""

    case: Case
    outcome: IntakeOutcome

    @property
    def opening(self) -> Opening:
        if self.outcome.opening is None:
            raise ValueError("the sample is admitted")
        return self.outcome.opening

    @property
    def declaration(self) -> Facts:
        return self.outcome.declaration or {}

    def draft(self, issued_at: datetime, serial: int = 1) -> Draft:
        return Draft(self.opening, self.declaration, issued_at, serial)

    def dossiers(self) -> tuple[DossierStatus, ...]:
        return tuple(dossier.status() for dossier in self.case.dossiers.values())

    def dossier(self, procedure: ProcedureId) -> DossierStatus:
        return self.case.dossiers[procedure].status()

    def line(self) -> RegisterLine:
        return register_line(
            self.opening,
            self.case.entries,
            state=self.case.state,
            closed_at=self.case.closed_at,
        )


def answer(outcome: str, **otherwise: Any) -> DossierAnswer:  # Any: fields of the message
    said = {"key": "k", "version": 1, "outcome": outcome, **otherwise}
    return DossierAnswer.model_validate(said)


def handed_over(outcome: IntakeOutcome, procedure: ProcedureId, now: datetime) -> DeadlineResult:
    """What the legal clock says of a dossier that is filed now."""
    opening = outcome.opening
    assert opening is not None
    question = DeadlineQuery(
        occasion=ClockEvent.HANDED_OVER,
        law=opening.law,
        procedure=procedure,
        at=now,
        dates=opening.deadlines,
        case_due_at=opening.promised_at,
    )
    return compute_deadline(question, context())


def lived(*changes: tuple[str, Any]) -> Lived:  # Any: declared values
    """Birth granted at once; residence after a supplement and an outage; the card refused."""
    outcome = admitted(*changes)
    case = Case(CASE, GroupId("birth"), at(20, 15, 20))
    lifecycle.take_in(case, outcome, at(20, 15, 20))
    birth, residence, card = (case.dossiers[one] for one in (BIRTH, RESIDENCE, CARD))
    clock.file(case, birth, at(23, 7, 30), None)
    agencies.take_answer(case, birth, answer("granted", decision_id="b-1"), at(23, 10, 5))
    clock.file(case, residence, at(23, 10, 5), handed_over(outcome, RESIDENCE, at(23, 10, 5)))
    clock.file(case, card, at(23, 10, 5), handed_over(outcome, CARD, at(23, 10, 5)))
    faults.lose_contact(case, card, at(23, 10, 7), at(23, 10, 5))
    agencies.take_answer(case, card, answer("accepted", decision_id="c-1"), at(25, 8))
    items = (
        WantedItem(code="CT07", description="Bản chụp sổ đỏ chỗ ở, có chữ ký của chủ hộ"),
        WantedItem(code="CT01"),
    )
    agencies.take_answer(
        case, residence, answer("supplement", decision_id="r-1", items=items), at(23, 14, 30)
    )
    return Lived(case, outcome)


def finished(*changes: tuple[str, Any]) -> Lived:  # Any: declared values
    """The same case at its end: residence granted late, the card refused."""
    sample = lived(*changes)
    case = sample.case
    residence, card = case.dossiers[RESIDENCE], case.dossiers[CARD]
    refused = answer("refused", decision_id="c-2", reason_code="LECH_DINH_DANH")
    agencies.take_answer(case, card, refused, at(25, 9))
    handed_in = SuppliedItem(code="CT07", reference="tep-1")
    citizens.supplement(
        case,
        Supply(request_id="s-1", procedure=RESIDENCE, items=(handed_in,), sent_at=at(26, 8)),
        at(26, 8),
    )
    agencies.take_answer(case, residence, answer("granted", decision_id="r-2"), at(27, 9, 15))
    return_results(case, case.dossiers.values(), at(27, 9, 16))
    lifecycle.close(case, at(27, 9, 17))
    return sample


def forms(*changes: tuple[str, Any]) -> dict[str, CaseForm]:  # Any: declared values
    """One form of each kind a case has, drafted when it would be."""
    open_, closed = lived(*changes), finished(*changes)
    return {
        "01": open_.draft(at(20, 15, 20)).receipt(),
        "02": open_.draft(at(23, 14, 30)).supplement(
            open_.dossier(RESIDENCE), "Ảnh chụp bị mờ", at(30, 17)
        ),
        "03": closed.draft(at(25, 9)).refusal(closed.dossier(CARD), open_.dossiers()),
        "04": open_.draft(at(25, 8)).apology(
            at(26, 17), at(30, 17), open_.dossier(RESIDENCE), "cơ quan đang xác minh chỗ ở"
        ),
        "05": open_.draft(at(30, 17, 1)).stop(
            [RESIDENCE], StopCause.SUPPLEMENT_OVERDUE, at(23, 14, 30), at(30, 17)
        ),
        "06": closed.draft(at(27, 9, 17)).control(
            closed.dossiers(), closed.case.entries, closed.case.closed_at
        ),
    }


def register(*lines: RegisterLine) -> Register07:
    return Register07(
        first=at(1, 0).date(),
        last=at(30, 0).date(),
        commune="00004",
        drawn_at=at(30, 17, 30),
        lines=lines,
    )
