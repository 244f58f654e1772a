"""What the demonstration says of its outcome: true, whole, and readable in a narrow window."""

import io
import json
from datetime import UTC, date, datetime

import pytest
from rich.console import Console

from adapters.calendar_holidays import load_calendar
from adapters.law_files import load_law
from adapters.places_vietnam import load_places
from models.base import AgencyId, CaseCode, GroupId, ProcedureId
from models.findings import Finding
from models.status import CaseStatus, DossierStatus
from models.vocabulary import CaseState, DossierState, SlaStatus
from workers.demo.appointments import Appointments
from workers.demo.families import Adult, Family
from workers.demo.hints import hints
from workers.demo.intentions import INTENDED, LEFT
from workers.demo.kinds import LEFT_OPEN, Kind, families_needed
from workers.demo.memory import Share
from workers.demo.mix import PlannedBirth, plan_births
from workers.demo.progress import Open, Progress, TakenIn
from workers.demo.report import report_lines
from workers.demo.screen import Screen
from workers.demo.summary import Summary
from workers.demo.summing import summarize
from workers.demo.tables import outcome_table

NOW = datetime(2026, 11, 20, 5, 0, tzinfo=UTC)
LAW = load_law()
APPOINTMENTS = Appointments(law=LAW, calendar=load_calendar(), places=load_places(), now=NOW)
COUNT = 40


def family(index: int) -> Family:
    mother = Adult(
        personal_number=f"001190{index:06}",
        full_name="Trần Thị Bình",
        date_of_birth=date(1990, 5, 4),
        insurance_number=f"{index:010}",
    )
    return Family(
        index=index,
        mother=mother,
        father=None,
        householder=mother,
        province="01",
        commune="00004",
        commune_name="Phường Ba Đình",
        address="Số 1",
    )


def plan() -> list[PlannedBirth]:
    known = [family(index) for index in range(families_needed(COUNT))]
    return plan_births(known, count=COUNT, seed=1, appointments=APPOINTMENTS)


def dossier(code: str | None, procedure: str, at: int) -> DossierStatus:
    number = {
        "register_birth": "certificate_number",
        "register_residence": "record_number",
        "issue_card": "card_number",
    }[procedure]
    return DossierStatus(
        procedure=ProcedureId(procedure),
        title=procedure,
        code="x",
        agency=AgencyId("insurance"),
        unit="00004",
        round=1,
        state=DossierState.REFUSED if code else DossierState.GRANTED,
        portal_state=9,
        holder=None,
        filed_at=NOW,
        due_at=NOW,
        original_due_at=NOW,
        settled_at=NOW,
        outcome=None,
        reason_code=code,
        items=(),
        issued={} if code else {number: f"{procedure} {at}"},
    )


def status(planned: PlannedBirth, at: int, **changed: object) -> CaseStatus:
    """What the server would tell if all went as it should."""
    state, reasons = INTENDED[planned.kind]
    is_case = state not in (CaseState.REFUSED_AT_INTAKE, CaseState.DUPLICATE)
    told = CaseStatus(
        case_id=planned.case_id,
        case_code=CaseCode(f"H26.{planned.case_id}") if is_case else None,
        group=GroupId("birth"),
        recorded_at=NOW,
        closed_at=NOW,
        plain_start=planned.kind is Kind.PLAIN,
        state=state,
        sla=SlaStatus.CLOSED_EARLY,
        duplicate_of=CaseCode(f"H26.{planned.after}") if planned.after else None,
        dossiers=(
            dossier(None, "register_birth", at),
            dossier(next(iter(reasons), None), "issue_card", at),
        )
        if is_case
        else (),
        errors=tuple(Finding(field=each, rule="r", message="m") for each in planned.wrong_fields),
    )
    return told.model_copy(update=changed)


def left_open(planned: PlannedBirth, at: int, **changed: object) -> CaseStatus:
    """What the server would tell of a case that waits for people as it should."""
    stands = {"closed_at": None, "sla": LEFT[planned.kind]}
    return status(planned, at, **stands | changed)


def carried_out() -> Progress:
    progress = Progress(planned=plan())
    for at, planned in enumerate(progress.planned):
        progress.taken[at] = TakenIn(run_id=f"r{at}", started_at=NOW, seconds=at / 100)
        if planned.kind in LEFT_OPEN:
            progress.keep(at, left_open(planned, at))
        else:
            progress.tell(at, status(planned, at), 12.0)
    return progress


def summary_of(progress: Progress) -> Summary:
    share = Share(seed=1, first_family=0, now=NOW)
    return summarize(progress, share, began=2.0, temporal_ui="http://127.0.0.1:8233")


def place_of(progress: Progress, kind: Kind) -> int:
    return next(at for at, planned in enumerate(progress.planned) if planned.kind is kind)


def test_a_demonstration_in_which_all_went_well_says_so() -> None:
    summary = summary_of(carried_out())

    assert summary.as_intended
    assert summary.speed.first_completed_seconds == 10.0
    assert summary.speed.receipt_p95_seconds == 0.37
    assert [each.as_intended for each in summary.kinds] == [
        each.submitted for each in summary.kinds
    ]


@pytest.mark.parametrize(
    ("kind", "changed"),
    [
        (Kind.ALL_THREE, {"state": CaseState.PARTLY_COMPLETED}),
        (Kind.TWINS, {"state": CaseState.DUPLICATE}),
        (Kind.PLAIN, {"plain_start": False}),
        (Kind.MISMATCH, {"dossiers": ()}),
        (Kind.INVALID, {"errors": ()}),
        (Kind.REPEATED, {"duplicate_of": CaseCode("H26.another")}),
        (Kind.CONTRADICTED, {"duplicate_of": None}),
    ],
)
def test_whatever_comes_out_otherwise_is_found(kind: Kind, changed: dict[str, object]) -> None:
    progress = carried_out()
    at = place_of(progress, kind)
    progress.tell(at, status(progress.planned[at], at, **changed), 13.0)

    summary = summary_of(progress)

    assert not summary.as_intended
    assert [each.kind for each in summary.kinds if each.as_intended < each.submitted] == [kind]


@pytest.mark.parametrize("kind", LEFT_OPEN)
def test_what_is_left_open_is_named_and_missing_nowhere(kind: Kind) -> None:
    progress = carried_out()
    summary = summary_of(progress)

    assert progress.is_over
    assert not summary.open_cases
    (left,) = [each for each in summary.left_open if each.kind is kind]
    assert left.sla is LEFT[kind]
    assert any(line.startswith("Cố ý để mở 4 hồ sơ") for line in report_lines(summary, LAW))


@pytest.mark.parametrize(
    ("kind", "changed"),
    [
        (Kind.LATE, {"sla": SlaStatus.ON_TIME}),
        (Kind.DUE_SOON, {"sla": SlaStatus.OVERDUE}),
        (Kind.SUPPLEMENT, {"state": CaseState.IN_PROGRESS}),
    ],
)
def test_a_case_left_otherwise_than_meant_is_found(kind: Kind, changed: dict[str, object]) -> None:
    progress = carried_out()
    at = place_of(progress, kind)
    progress.keep(at, left_open(progress.planned[at], at, **changed))

    assert not summary_of(progress).as_intended


def test_a_case_that_was_to_be_left_open_and_ended_is_found() -> None:
    progress = carried_out()
    at = place_of(progress, Kind.LATE)
    progress.tell(at, status(progress.planned[at], at, state=CaseState.COMPLETED), 13.0)

    summary = summary_of(progress)

    assert not summary.as_intended
    assert Kind.LATE not in {each.kind for each in summary.left_open}


def test_where_a_past_reception_is_not_believed_no_case_need_be_late() -> None:
    progress = carried_out()
    at = place_of(progress, Kind.LATE)
    warning = Finding(field="reception.received_at", rule="recent_reception", message="m")
    stands = {"sla": SlaStatus.ON_TIME, "warnings": (warning,)}
    progress.keep(at, left_open(progress.planned[at], at, **stands))

    assert summary_of(progress).as_intended


def test_a_number_given_out_twice_is_found() -> None:
    progress = carried_out()
    at = place_of(progress, Kind.ALL_THREE)
    other = place_of(progress, Kind.WITH_CARD)
    card = (dossier(None, "issue_card", at),)
    progress.tell(other, status(progress.planned[other], other, dossiers=card), 13.0)

    summary = summary_of(progress)

    assert not summary.as_intended
    assert any("1 SỐ TRÙNG" in line for line in report_lines(summary, LAW))


def test_a_start_without_encryption_may_be_refused_for_that_reason_alone() -> None:
    progress = carried_out()
    at = place_of(progress, Kind.PLAIN)
    refused = (Finding(field="", rule="plain_start", message="m"),)
    told = status(
        progress.planned[at], at, state=CaseState.REFUSED_AT_INTAKE, dossiers=(), errors=refused
    )
    progress.tell(at, told, 13.0)

    assert summary_of(progress).as_intended


def test_an_open_case_of_the_same_id_is_a_duplicate_too() -> None:
    progress = carried_out()
    progress.tell(place_of(progress, Kind.REPEATED), None, 13.0)

    assert summary_of(progress).as_intended


def test_who_is_waited_for_is_named_case_by_case() -> None:
    progress = carried_out()
    at = place_of(progress, Kind.ALL_THREE)
    del progress.told[at]
    progress.waiting[at] = Open(case_code="H26.1-261120-0001", holders=("insurance", "outage"))

    summary = summary_of(progress)

    assert not summary.as_intended
    assert "  H26.1-261120-0001: BHXH, mất liên lạc" in list(report_lines(summary, LAW))
    assert "đang chờ BHXH 1, mất liên lạc 1" in Screen(Console(), progress, LAW).line()


@pytest.mark.parametrize("width", [80, 100, 160])
def test_the_table_loses_no_word_and_stays_under_a_hundred_columns(width: int) -> None:
    console = Console(file=io.StringIO(), width=width)
    console.print(outcome_table(summary_of(carried_out())))
    written = console.file.getvalue()  # type: ignore[attr-defined] # a StringIO

    assert max(map(len, written.splitlines())) <= min(width, 100)
    assert "…" not in written
    assert "(LECH_DINH_DANH)" in written


@pytest.mark.parametrize("runs_on", [True, False])
def test_the_hints_name_a_case_of_this_run_and_commands_that_exist(*, runs_on: bool) -> None:
    summary = summary_of(carried_out())
    lines = list(hints(summary, "lienthong", runs_on=runs_on))

    assert any(f"lienthong case {summary.example_case}" in line for line in lines)
    assert any("lienthong sla late" in line for line in lines)
    for left in summary.left_open:
        if left.kind is not Kind.DUE_SOON:
            assert any(str(left.case_code) in line for line in lines)
    assert sum("--documents" in line for line in lines) == 4
    assert any("register --from 2026-10-20 --to 2026-11-20" in line for line in lines)
    assert any("workflows?query=CaseState%20IN%20%28%22" in line for line in lines) is runs_on
    assert any('CaseState IN ("' in line for line in lines) is not runs_on
    assert ("lienthong up" in lines[0]) is not runs_on


def test_a_seed_told_again_is_said_to_be_that() -> None:
    progress = Progress(planned=plan())
    for at in range(COUNT):
        progress.tell(at, None, 3.0)
    share = Share(seed=7, first_family=0, now=NOW, is_again=True)
    summary = summarize(progress, share, began=2.0, temporal_ui=None)

    first, *_, last = report_lines(summary, LAW)

    assert first == "Không mở hồ sơ nào."
    assert "--seed 7" in last


def test_the_summary_for_machines_holds_no_name_and_no_personal_number() -> None:
    written = json.loads(summary_of(carried_out()).model_dump_json())

    told = json.dumps(written, ensure_ascii=False)
    assert "Trần" not in told
    assert "001190" not in told


def test_the_first_completed_case_is_remembered_and_no_later_one() -> None:
    progress = Progress(planned=plan())
    for clock, kind in enumerate((Kind.INVALID, Kind.PLAIN, Kind.TWINS)):
        at = place_of(progress, kind)
        progress.tell(at, status(progress.planned[at], at), clock)

    assert progress.first_completed == 1
