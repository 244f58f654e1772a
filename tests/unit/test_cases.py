"""Whatever happens to a case, in whatever order: its record is whole, and its ends are final."""

from datetime import timedelta
from typing import Any

from admissions import MORNING, admission
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from models.base import CaseCode, GroupId, ProcedureId
from models.case_state import case_state_of
from models.cases import Case
from models.dossiers import Dossier
from models.events import Event
from models.requests import Supply
from models.status import DossierStatus
from models.vocabulary import DossierState, Holder, Outcome
from models.wire import DossierAnswer, SuppliedItem, key_for

CODE = CaseCode("H26.05.13-261117-0001")
OPENED = admission(1, "run-1").with_code(CODE).model_copy(update={"receipt_sent": True})
PROCEDURES = st.sampled_from(["register_birth", "register_residence", "issue_card"])
ONCE = (Event.CASE_DUE_SOON, Event.CASE_OVERDUE, Event.DOSSIER_OVERDUE)


class CaseLife(RuleBasedStateMachine):
    """Agencies, citizens, outages, faults and time do to a case what they like."""

    def __init__(self) -> None:
        super().__init__()
        self.now = MORNING
        self.case = Case(admission(1, "run-1").submission.case_id, GroupId("birth"), self.now)
        self.case.take_in(OPENED, self.now)
        self.ended: dict[str, DossierStatus] = {}

    @rule(hours=st.integers(0, 40))
    def time_passes(self, hours: int) -> None:
        self.now += timedelta(hours=hours)
        self.case.pass_thresholds(self.now)

    @rule(procedure=PROCEDURES)
    def is_filed(self, procedure: str) -> None:
        dossier = self.dossier(procedure)
        if dossier.state is DossierState.WAITING:
            self.case.file(dossier, self.now, self.now + timedelta(hours=9))

    @rule(procedure=PROCEDURES, outcome=st.sampled_from(Outcome), number=st.integers(1, 4))
    def an_agency_answers(self, procedure: str, outcome: Outcome, number: int) -> None:
        dossier = self.dossier(procedure)
        if dossier.state is DossierState.WAITING:
            return
        answer = DossierAnswer(
            key=key_for(CODE, dossier.procedure, 1),
            version=number,
            outcome=outcome,
            decision_id=None if outcome is Outcome.ACCEPTED else f"{procedure}-{number}",
            issued={"record": "1"} if outcome is Outcome.GRANTED else {},
        )
        self.case.take_answer(dossier, answer, self.now)
        if answer.decision_id is not None:
            self.assert_told_again_changes_nothing(dossier, answer)

    @rule(procedure=PROCEDURES)
    def the_citizen_hands_in(self, procedure: str) -> None:
        if self.dossier(procedure).state is DossierState.SUPPLEMENT_WANTED:
            item = SuppliedItem(code="CT07", reference="tep-1")
            said = Supply(
                request_id="bs", procedure=ProcedureId(procedure), items=(item,), sent_at=self.now
            )
            self.case.supplement(said, self.now)

    @rule(procedure=PROCEDURES)
    def an_agency_vanishes_or_is_back(self, procedure: str) -> None:
        dossier = self.dossier(procedure)
        if dossier.unreachable:
            self.case.regain_contact(dossier, self.now)
        elif dossier.state is DossierState.SUBMITTED:
            self.case.lose_contact(dossier, self.now)

    @rule(procedure=PROCEDURES)
    def a_fault_parks_or_is_mended(self, procedure: str) -> None:
        dossier = self.dossier(procedure)
        if dossier.state is DossierState.PARKED:
            self.case.resume(self.now, "van-hanh", dossier.procedure)
        elif dossier.awaits_agency:
            self.case.park(self.now, "BackendContractError", dossier)

    @precondition(lambda self: len(self.case.entries) > 12)
    @rule()
    def an_operator_stops_it(self) -> None:
        self.case.stop(self.now)

    @invariant()
    def the_record_has_no_gap(self) -> None:
        entries = self.case.entries
        assert [entry.seq for entry in entries] == list(range(1, len(entries) + 1))

    @invariant()
    def the_record_never_goes_back_in_time(self) -> None:
        instants = [entry.at for entry in self.case.entries]
        assert instants == sorted(instants)

    @invariant()
    def each_threshold_was_passed_at_most_once(self) -> None:
        passed = [(e.event, e.procedure) for e in self.case.entries if e.event in ONCE]
        assert len(passed) == len(set(passed))

    @invariant()
    def what_is_settled_stays_as_it_is(self) -> None:
        for procedure, dossier in self.case.dossiers.items():
            if dossier.is_settled:
                assert self.ended.setdefault(procedure, dossier.status()) == dossier.status()

    @invariant()
    def the_state_follows_from_the_dossiers(self) -> None:
        states = [dossier.state for dossier in self.case.dossiers.values()]
        assert self.case.state == case_state_of(states)

    @invariant()
    def somebody_holds_every_open_dossier_and_nobody_a_settled_one(self) -> None:
        for dossier in self.case.dossiers.values():
            assert (dossier.holder is None) == dossier.is_settled
        assert self.case.waiting_for() or self.case.is_settled

    @invariant()
    def an_outage_is_booked_to_no_agency(self) -> None:
        for dossier in self.case.dossiers.values():
            if dossier.unreachable and not dossier.is_settled:
                assert dossier.holder == Holder.OUTAGE

    def dossier(self, procedure: str) -> Dossier:
        return self.case.dossiers[ProcedureId(procedure)]

    def assert_told_again_changes_nothing(self, dossier: Dossier, answer: DossierAnswer) -> None:
        before: tuple[Any, ...] = (dossier.status(), len(self.case.entries))
        self.case.take_answer(dossier, answer, self.now + timedelta(hours=1))
        assert (dossier.status(), len(self.case.entries)) == before


TestCaseLife = CaseLife.TestCase
TestCaseLife.settings = settings(max_examples=60, stateful_step_count=30, deadline=None)


def opened() -> Case:
    case = Case(admission(1, "run-1").submission.case_id, GroupId("birth"), MORNING)
    return case.take_in(OPENED, MORNING)


def test_thresholds_fire_once_however_often_the_clock_is_looked_at() -> None:
    case = opened()
    dossier = next(iter(case.dossiers.values()))
    case.file(dossier, MORNING, MORNING + timedelta(hours=9))

    for hours in range(0, 24 * 14, 6):
        case.pass_thresholds(MORNING + timedelta(hours=hours))

    passed = [entry.event for entry in case.entries if entry.event in ONCE]
    assert sorted(passed) == sorted(ONCE)


def test_the_due_instant_itself_is_still_in_time() -> None:
    case = opened()
    dossier = next(iter(case.dossiers.values()))
    due_at = MORNING + timedelta(hours=9)
    case.file(dossier, MORNING, due_at)

    case.pass_thresholds(due_at)
    in_time = case.overdue_at(due_at)
    case.pass_thresholds(due_at + timedelta(seconds=1))

    assert in_time == []
    assert case.overdue_at(due_at + timedelta(seconds=1)) == ["civil_status"]
    assert [e.event for e in case.entries].count(Event.DOSSIER_OVERDUE) == 1


def test_a_case_that_was_never_opened_has_a_status_too() -> None:
    case = Case(admission(1, "run-1").submission.case_id, GroupId("birth"), MORNING)

    status = case.status(MORNING)

    assert (status.state, status.case_code, status.dossiers) == ("received", None, ())
