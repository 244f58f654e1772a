"""What the demonstration says of its outcome: true, whole, and readable in a narrow window."""

import io
import json
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

import pytest
from rich.console import Console

from models.cases.payouts import Payment
from models.cases.status import CaseStatus, DossierStatus
from models.contracts.payments import PaymentState
from models.kernel.base import AgencyId, CaseCode, ProcedureId
from models.kernel.findings import Finding
from models.kernel.vocabulary import Attention, CaseState, DossierState, SlaStatus
from simulation.demo.birth_kinds import BirthKind
from simulation.demo.death_kinds import DeathKind
from simulation.demo.hints import hints
from simulation.demo.intentions import FUND, INTENDED, LEFT
from simulation.demo.issuing import NUMBER
from simulation.demo.kinds import LEFT_OPEN, Kind
from simulation.demo.memory import Share
from simulation.demo.planned import BIRTH, Planned
from simulation.demo.progress import Open, Progress, TakenIn
from simulation.demo.report import report_lines
from simulation.demo.samples import Revocation, TryOut
from simulation.demo.screen import Screen
from simulation.demo.summary import Summary
from simulation.demo.summing import summarize
from simulation.demo.tables import outcome_table

from harness.demo_samples import LAW, births, deaths

NOW = datetime(2026, 11, 20, 5, 0, tzinfo=UTC)
BIRTHS, DEATHS = 40, 36
TRY_OUT = TryOut(
    to_list="00004",
    to_ask=(Path("khai-tu.json"),),
    to_confirm=(("001150000001", "001170000002"),),
    to_revoke=Revocation(
        file=Path("thu-hoi.json"), number="1-QD-DEMO", claims=("claim_back.insurance_funeral",)
    ),
)


@cache
def plan() -> list[Planned]:
    told = deaths(count=DEATHS, seed=1, now=NOW)
    return [*births(count=BIRTHS, seed=1, now=NOW), *told.planned]


def paid(at: int, state: PaymentState = PaymentState.PAID) -> Payment:
    return Payment(key=f"{at}-pay-1", by=AgencyId("treasury"), amount=25_300_000, state=state)


def dossier(code: str | None, procedure: str, at: int) -> DossierStatus:
    is_paid = procedure.endswith("_funeral")
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
        issued={} if code else {NUMBER[procedure]: f"{procedure} {at}"},
        payment=paid(at) if is_paid and not code else None,
    )


def dossiers(planned: Planned, at: int, reason: str | None) -> tuple[DossierStatus, ...]:
    if planned.group == BIRTH:
        return (dossier(None, "register_birth", at), dossier(reason, "issue_card", at))
    money = FUND.get(planned.kind, "insurance_funeral")
    return (dossier(None, "register_death", at), dossier(reason, money, at))


def status(planned: Planned, at: int, **changed: object) -> CaseStatus:
    """What the server would tell if all went as it should."""
    state, reasons = INTENDED[planned.kind]
    is_case = state not in (CaseState.REFUSED_AT_INTAKE, CaseState.DUPLICATE)
    told = CaseStatus(
        case_id=planned.case_id,
        case_code=CaseCode(f"H26.{planned.case_id}") if is_case else None,
        group=planned.group,
        recorded_at=NOW,
        closed_at=NOW,
        plain_start=planned.kind is BirthKind.PLAIN,
        state=state,
        sla=SlaStatus.CLOSED_EARLY,
        duplicate_of=CaseCode(f"H26.{planned.after}") if planned.after else None,
        dossiers=dossiers(planned, at, next(iter(reasons), None)) if is_case else (),
        errors=tuple(Finding(field=each, rule="r", message="m") for each in planned.wrong_fields),
    )
    return told.model_copy(update=changed)


def left_open(planned: Planned, at: int, **changed: object) -> CaseStatus:
    """What the server would tell of a case that waits for people as it should."""
    stands: dict[str, object] = {"closed_at": None}
    if planned.kind is DeathKind.RETURNED:
        money = dossier(None, "insurance_funeral", at)
        back = money.model_copy(update={"payment": paid(at, PaymentState.RETURNED)})
        stands |= {"attention": Attention.PARKED, "dossiers": (back,)}
    else:
        stands |= {"sla": LEFT[planned.kind]}
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
    assert summary.speed.receipt_p95_seconds == 0.72
    assert [each.as_intended for each in summary.kinds] == [
        each.submitted for each in summary.kinds
    ]


@pytest.mark.parametrize(
    ("kind", "changed"),
    [
        (BirthKind.ALL_THREE, {"state": CaseState.PARTLY_COMPLETED}),
        (BirthKind.TWINS, {"state": CaseState.DUPLICATE}),
        (BirthKind.PLAIN, {"plain_start": False}),
        (BirthKind.MISMATCH, {"dossiers": ()}),
        (BirthKind.INVALID, {"errors": ()}),
        (BirthKind.REPEATED, {"duplicate_of": CaseCode("H26.another")}),
        (BirthKind.CONTRADICTED, {"duplicate_of": None}),
        (DeathKind.INSURED, {"dossiers": ()}),
        (DeathKind.SUPPORTED, {"state": CaseState.PARTLY_COMPLETED}),
        (DeathKind.TOO_FEW, {"state": CaseState.COMPLETED}),
        (DeathKind.ILL_FILLED, {"errors": ()}),
        (DeathKind.RIVAL, {"duplicate_of": None}),
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
    assert LEFT[kind] in (left.sla, left.attention)
    assert any(line.startswith("Cố ý để mở 6 hồ sơ") for line in report_lines(summary, LAW))


@pytest.mark.parametrize(
    ("kind", "changed"),
    [
        (BirthKind.LATE, {"sla": SlaStatus.ON_TIME}),
        (BirthKind.DUE_SOON, {"sla": SlaStatus.OVERDUE}),
        (BirthKind.SUPPLEMENT, {"state": CaseState.IN_PROGRESS}),
        (DeathKind.DISPUTED, {"sla": SlaStatus.ON_TIME}),
        (DeathKind.RETURNED, {"attention": Attention.NONE}),
    ],
)
def test_a_case_left_otherwise_than_meant_is_found(kind: Kind, changed: dict[str, object]) -> None:
    progress = carried_out()
    at = place_of(progress, kind)
    progress.keep(at, left_open(progress.planned[at], at, **changed))

    assert not summary_of(progress).as_intended


def test_a_case_that_was_to_be_left_open_and_ended_is_found() -> None:
    progress = carried_out()
    at = place_of(progress, BirthKind.LATE)
    progress.tell(at, status(progress.planned[at], at, state=CaseState.COMPLETED), 13.0)

    summary = summary_of(progress)

    assert not summary.as_intended
    assert BirthKind.LATE not in {each.kind for each in summary.left_open}


def test_where_a_past_reception_is_not_believed_no_case_need_be_late() -> None:
    progress = carried_out()
    at = place_of(progress, BirthKind.LATE)
    warning = Finding(field="reception.received_at", rule="recent_reception", message="m")
    stands = {"sla": SlaStatus.ON_TIME, "warnings": (warning,)}
    progress.keep(at, left_open(progress.planned[at], at, **stands))

    assert summary_of(progress).as_intended


def test_a_number_given_out_twice_is_found() -> None:
    progress = carried_out()
    at = place_of(progress, BirthKind.ALL_THREE)
    other = place_of(progress, BirthKind.WITH_CARD)
    card = (dossier(None, "issue_card", at),)
    progress.tell(other, status(progress.planned[other], other, dossiers=card), 13.0)

    summary = summary_of(progress)

    assert not summary.as_intended
    assert any("1 SỐ TRÙNG" in line for line in report_lines(summary, LAW))


def test_money_that_came_from_another_fund_is_found() -> None:
    progress = carried_out()
    at = place_of(progress, DeathKind.SUPPORTED)
    other = (dossier(None, "register_death", at), dossier(None, "insurance_funeral", at))
    progress.tell(at, status(progress.planned[at], at, dossiers=other), 13.0)

    assert not summary_of(progress).as_intended


def test_a_decision_paid_twice_is_found_and_all_money_is_added_up() -> None:
    progress = carried_out()
    once = summary_of(progress).paid
    at = place_of(progress, DeathKind.INSURED)
    other = place_of(progress, DeathKind.CASH)
    again = (dossier(None, "register_death", other), dossier(None, "insurance_funeral", at))
    progress.tell(other, status(progress.planned[other], other, dossiers=again), 13.0)

    summary = summary_of(progress)

    assert once.amount == once.payments * 25_300_000
    assert (once.decisions, once.returned) == (once.payments, 1)
    assert not summary.as_intended
    assert any("1 KHOẢN CHI HAI LẦN" in line for line in report_lines(summary, LAW))


def test_births_alone_say_nothing_of_money() -> None:
    progress = Progress(planned=births(count=3, seed=1, now=NOW))
    for at, planned in enumerate(progress.planned):
        progress.tell(at, status(planned, at), 3.0)

    summary = summary_of(progress)
    said = [*report_lines(summary, LAW), *hints(summary, TryOut(), "lienthong", runs_on=True)]

    assert not any("Kho bạc" in line or "khai tử" in line for line in said)


def test_a_start_without_encryption_may_be_refused_for_that_reason_alone() -> None:
    progress = carried_out()
    at = place_of(progress, BirthKind.PLAIN)
    refused = (Finding(field="", rule="plain_start", message="m"),)
    told = status(
        progress.planned[at], at, state=CaseState.REFUSED_AT_INTAKE, dossiers=(), errors=refused
    )
    progress.tell(at, told, 13.0)

    assert summary_of(progress).as_intended


def test_an_open_case_of_the_same_id_is_a_duplicate_too() -> None:
    progress = carried_out()
    progress.tell(place_of(progress, BirthKind.REPEATED), None, 13.0)

    assert summary_of(progress).as_intended


def test_who_is_waited_for_is_named_case_by_case() -> None:
    progress = carried_out()
    at = place_of(progress, BirthKind.ALL_THREE)
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
    assert "DA_HUONG_BHXH_1_LAN" in written


@pytest.mark.parametrize("runs_on", [True, False])
def test_the_hints_name_a_case_of_this_run_and_commands_that_exist(*, runs_on: bool) -> None:
    summary = summary_of(carried_out())
    lines = list(hints(summary, TRY_OUT, "lienthong", runs_on=runs_on))

    assert any(f"lienthong case {summary.example_case}" in line for line in lines)
    assert any("lienthong sla late" in line for line in lines)
    for left in summary.left_open:
        if left.kind is not BirthKind.DUE_SOON:
            assert any(str(left.case_code) in line for line in lines)
    assert sum("--documents" in line for line in lines) == 5
    for command in ("precheck", "confirm", "redirect-payment", "correct", "approve", "lists"):
        assert any(f"lienthong {command} " in line for line in lines), command
    assert "001150000001" not in summary.model_dump_json()
    assert any("register --from 2026-10-20 --to 2026-11-20" in line for line in lines)
    assert any("workflows?query=CaseState%20IN%20%28%22" in line for line in lines) is runs_on
    assert any('CaseState IN ("' in line for line in lines) is not runs_on
    assert ("lienthong up" in lines[0]) is not runs_on


def test_a_seed_told_again_is_said_to_be_that() -> None:
    progress = Progress(planned=plan())
    for at in range(BIRTHS + DEATHS):
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
    for clock, kind in enumerate((BirthKind.INVALID, BirthKind.PLAIN, BirthKind.TWINS)):
        at = place_of(progress, kind)
        progress.tell(at, status(progress.planned[at], at), clock)

    assert progress.first_completed == 1
