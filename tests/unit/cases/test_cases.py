"""Whatever happens to a case, in whatever order: its record is whole, and its ends are final."""

from datetime import timedelta
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from models.cases.case import Case, case_state_of
from models.cases.dossier import Dossier
from models.cases.events import Event
from models.cases.holdings import holdings_of, is_whole
from models.cases.requests import Supply, Withdraw
from models.cases.status import DossierStatus
from models.cases.transitions import agencies, citizens, clock, faults, lifecycle
from models.cases.views import status_of
from models.clock.deadline_query import ClockEvent
from models.contracts.dossiers import DossierAnswer, SuppliedItem, key_for
from models.kernel.base import GroupId, ProcedureId
from models.kernel.vocabulary import DossierState, Holder, Outcome

from harness.admissions import MORNING, admission
from harness.pure_cases import CODE, deadline_of, file, opened

OPENED = admission(1, "run-1").with_code(CODE).model_copy(update={"receipt_sent": True})
PROCEDURES = st.sampled_from(["register_birth", "register_residence", "issue_card"])


def told(case: Case) -> list[tuple[object, ...]]:
    """Every step told, with what it was told of and the due instant it belongs to."""
    return [
        (entry.procedure, entry.facts["step"], entry.facts["due_at"])
        for entry in case.entries
        if entry.event is Event.STEP_REACHED
    ]


class CaseLife(RuleBasedStateMachine):
    """Agencies, citizens, outages, faults and time do to a case what they like."""

    def __init__(self) -> None:
        super().__init__()
        self.now = MORNING
        self.case = Case(admission(1, "run-1").submission.case_id, GroupId("birth"), self.now)
        lifecycle.take_in(self.case, OPENED, self.now)
        self.ended: dict[str, DossierStatus] = {}

    @rule(hours=st.integers(0, 40))
    def time_passes(self, hours: int) -> None:
        self.now += timedelta(hours=hours)
        clock.reach_steps(self.case, self.now)
        citizens.expire(self.case, self.now)

    @rule(procedure=PROCEDURES)
    def is_filed(self, procedure: str) -> None:
        dossier = self.dossier(procedure)
        if dossier.state is DossierState.WAITING:
            file(self.case, dossier, self.now)

    @rule(procedure=PROCEDURES)
    def the_clock_is_asked(self, procedure: str) -> None:
        dossier = self.dossier(procedure)
        if dossier.clock is None or dossier.is_settled:
            return
        if dossier.state is DossierState.SUPPLEMENT_WANTED and dossier.citizen_due_at is None:
            self.reckon(dossier, ClockEvent.STOPPED)
        elif dossier.awaits_agency and dossier.citizen_due_at is not None:
            self.reckon(dossier, ClockEvent.RESUMED)
        elif dossier.state is DossierState.VERIFYING and not dossier.clock.is_verifying:
            self.reckon(dossier, ClockEvent.VERIFYING)

    @rule(procedure=PROCEDURES, working_days=st.integers(1, 5))
    def an_agency_names_a_new_date(self, procedure: str, working_days: int) -> None:
        dossier = self.dossier(procedure)
        if dossier.awaits_agency and dossier.clock and dossier.citizen_due_at is None:
            self.reckon(dossier, ClockEvent.EXTENDED, working_days)

    @rule(procedure=PROCEDURES, given_back=st.booleans())
    def the_citizen_withdraws(self, procedure: str, *, given_back: bool) -> None:
        dossier = self.dossier(procedure)
        said = Withdraw(request_id="rut", procedures=(dossier.procedure,))
        citizens.ask_withdrawal(self.case, said, self.now)
        if dossier.withdrawal is None or dossier.is_settled:
            return
        if given_back:
            citizens.withdraw(self.case, dossier, self.now)
        else:
            agencies.keep(self.case, dossier, self.now)

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
        agencies.take_answer(self.case, dossier, answer, self.now)
        if answer.decision_id is not None:
            self.assert_told_again_changes_nothing(dossier, answer)

    @rule(procedure=PROCEDURES)
    def the_citizen_hands_in(self, procedure: str) -> None:
        if self.dossier(procedure).state is DossierState.SUPPLEMENT_WANTED:
            item = SuppliedItem(code="CT07", reference="tep-1")
            said = Supply(
                request_id="bs", procedure=ProcedureId(procedure), items=(item,), sent_at=self.now
            )
            citizens.supplement(self.case, said, self.now)

    @rule(procedure=PROCEDURES)
    def an_agency_vanishes_or_is_back(self, procedure: str) -> None:
        dossier = self.dossier(procedure)
        if dossier.unreachable:
            faults.regain_contact(self.case, dossier, self.now)
        elif dossier.state is DossierState.SUBMITTED:
            faults.lose_contact(self.case, dossier, self.now, self.now)

    @rule(procedure=PROCEDURES)
    def a_fault_parks_or_is_mended(self, procedure: str) -> None:
        dossier = self.dossier(procedure)
        if dossier.state is DossierState.PARKED:
            faults.resume(self.case, self.now, "van-hanh", dossier.procedure)
        elif dossier.awaits_agency:
            faults.park(self.case, self.now, "BackendContractError", dossier)

    @precondition(lambda self: len(self.case.entries) > 12)
    @rule()
    def an_operator_stops_it(self) -> None:
        lifecycle.stop(self.case, self.now)

    @invariant()
    def the_record_has_no_gap(self) -> None:
        entries = self.case.entries
        assert [entry.seq for entry in entries] == list(range(1, len(entries) + 1))

    @invariant()
    def the_record_never_goes_back_in_time(self) -> None:
        instants = [entry.at for entry in self.case.entries]
        assert instants == sorted(instants)

    @invariant()
    def each_step_of_a_due_instant_was_told_at_most_once(self) -> None:
        steps = told(self.case)
        assert len(steps) == len(set(steps))
        assert len(self.case.reminders) == len(steps)

    @invariant()
    def every_minute_of_a_settled_dossier_had_one_holder(self) -> None:
        for dossier in self.case.dossiers.values():
            if dossier.filed_at and dossier.settled_at:
                held = holdings_of(self.case.entries, dossier.procedure)
                assert is_whole(held, dossier.filed_at, dossier.settled_at)

    @invariant()
    def no_move_but_a_calendars_takes_time_away(self) -> None:
        for dossier in self.case.dossiers.values():
            if dossier.clock is not None:
                assert dossier.clock.due_at >= dossier.clock.original_due_at

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

    def reckon(self, dossier: Dossier, occasion: ClockEvent, working_days: int = 0) -> None:
        answer = deadline_of(self.case, dossier, occasion, self.now, working_days)
        if answer.refused is None:
            clock.apply_deadline(self.case, dossier, answer, self.now)

    def dossier(self, procedure: str) -> Dossier:
        return self.case.dossiers[ProcedureId(procedure)]

    def assert_told_again_changes_nothing(self, dossier: Dossier, answer: DossierAnswer) -> None:
        before: tuple[Any, ...] = (dossier.status(), len(self.case.entries))
        agencies.take_answer(self.case, dossier, answer, self.now + timedelta(hours=1))
        assert (dossier.status(), len(self.case.entries)) == before


TestCaseLife = CaseLife.TestCase
TestCaseLife.settings = settings(max_examples=60, stateful_step_count=30, deadline=None)


def test_steps_are_told_once_however_often_the_clock_is_looked_at() -> None:
    case = opened()
    file(case, next(iter(case.dossiers.values())), MORNING)

    for hours in range(0, 24 * 14, 6):
        clock.reach_steps(case, MORNING + timedelta(hours=hours))

    kinds = {step for _, step, _ in told(case)}
    assert {"due-1", "late-1", "escalation-1"} <= kinds
    assert len(told(case)) == len(set(told(case)))


def test_the_due_instant_itself_is_still_in_time() -> None:
    case = opened()
    dossier = next(iter(case.dossiers.values()))
    file(case, dossier, MORNING)
    due_at = dossier.due_at
    assert due_at is not None

    clock.reach_steps(case, due_at)
    in_time = [step for _, step, _ in told(case) if step == "late-1"]
    clock.reach_steps(case, due_at + timedelta(seconds=1))

    assert in_time == case.overdue_at(due_at) == []
    assert case.overdue_at(due_at + timedelta(seconds=1)) == ["civil_status"]
    assert [step for _, step, _ in told(case)].count("late-1") == 1


def test_what_was_handed_in_in_time_is_not_stopped_while_its_clock_cannot_be_counted() -> None:
    case = opened()
    dossier = next(iter(case.dossiers.values()))
    file(case, dossier, MORNING)
    wanted = DossierAnswer(
        key=key_for(CODE, dossier.procedure, 1), version=1, outcome=Outcome.SUPPLEMENT
    )
    agencies.take_answer(case, dossier, wanted, MORNING)
    dossier.citizen_due_at = MORNING + timedelta(days=1)

    item = SuppliedItem(code="CT07", reference="tep-1")
    said = Supply(request_id="bs", procedure=dossier.procedure, items=(item,), sent_at=MORNING)
    citizens.supplement(case, said, MORNING + timedelta(hours=1))
    faults.park(case, MORNING + timedelta(hours=1), "LawError", dossier)
    stopped = citizens.expire(case, MORNING + timedelta(days=2))

    assert stopped == []
    assert dossier.state is DossierState.PARKED


def test_a_case_that_was_never_opened_has_a_status_too() -> None:
    case = Case(admission(1, "run-1").submission.case_id, GroupId("birth"), MORNING)

    status = status_of(case, MORNING)

    assert (status.state, status.case_code, status.dossiers) == ("received", None, ())
