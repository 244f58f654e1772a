"""Cases that died without our code, found and let go of: a real register and a real server."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, field, replace
from itertools import count
from typing import Any, cast

import asyncpg
import pytest
from temporalio.client import Client, WorkflowHandle
from temporalio.common import SearchAttributePair, TypedSearchAttributes

from activities.ports.corrections import OpenCases
from adapters.postgres.cases import PostgresCaseRepository
from adapters.postgres.ledger import PostgresLedger
from adapters.postgres.releases import PostgresReleases
from models.cases.archive import ArchivedDossier, archived_from_ledger
from models.cases.events import Event, LedgerEntry, WaitKind
from models.intake.admission import Admission
from models.intake.intake import IntakeDecision
from models.kernel.base import CaseCode, ProcedureId
from models.kernel.errors import BackendUnavailableError
from models.kernel.refs import CaseRef
from models.kernel.vocabulary import Attention, CaseState, DossierState
from models.operations.releases import KnownFrom, ReleaseOrder
from models.operations.troubles import StuckCase, Wait
from workers.client.cases import UnknownCaseError
from workers.client.releasing import CannotReleaseError, NeedsForceError, Releasing
from workers.client.runs import Runs
from workers.client.stuck import Finder
from workflows.runtime import attributes

from harness.admissions import admission, batch, closing, entry
from harness.our_database import OurDatabase, fresh_database

FIRST = ProcedureId("register_birth")
_family = count(7001)


@dataclass
class DeadCases:
    """Dead runs that answer, as a worker has them do, or do not: None where nobody can ask."""

    dossiers_of: dict[str, tuple[ArchivedDossier, ...] | None] = field(default_factory=dict)
    away: bool = True

    async def dossiers(self, ref: CaseRef) -> tuple[ArchivedDossier, ...] | None:
        if self.away:
            raise BackendUnavailableError("nobody answers for the case")
        return self.dossiers_of.get(ref.run_id)


@dataclass(frozen=True)
class Office:
    """The operators' desk, and how a test brings a case to life and kills it."""

    client: Client
    database: OurDatabase
    cases: DeadCases

    @property
    def finder(self) -> Finder:
        return Finder(PostgresReleases(self.database.pool), Runs(self.client))

    @property
    def releasing(self) -> Releasing:
        register, runs = PostgresReleases(self.database.pool), Runs(self.client)
        return Releasing(register, runs, cast(OpenCases, self.cases))

    async def found(self, code: CaseCode) -> StuckCase | None:
        dead = {case.case_code: case for case in await self.finder.dead()}
        return dead.get(code)


@dataclass(frozen=True)
class Opened:
    """A case on the register, and its run."""

    admitted: Admission
    code: CaseCode
    run: WorkflowHandle[Any, Any]  # Any: started by name

    def order(self, **how: bool) -> ReleaseOrder:
        told = {"case_code": self.code, "by": "OPS-7", "reason": "bị dừng ngang trên giao diện"}
        return ReleaseOrder.model_validate(told | how)


@pytest.fixture(scope="module")
async def database(database_url: str) -> AsyncIterator[OurDatabase]:
    async with fresh_database(database_url) as database:
        yield database


@pytest.fixture
async def office(dev_server: str, database: OurDatabase) -> Office:
    return Office(await Client.connect(dev_server), database, DeadCases())


async def opened(
    office: Office, *told: LedgerEntry, attention: Attention = Attention.NONE
) -> Opened:
    """A case that runs, with what it has written so far; nobody works on it."""
    family = next(_family)
    case_id = f"birth/stuck-{family}"
    run = await office.client.start_workflow(
        "Nobody",
        id=case_id,
        task_queue="nobody",
        search_attributes=TypedSearchAttributes(
            [SearchAttributePair(attributes.ATTENTION, attention.value)]
        ),
    )
    run_id = str(run.first_execution_run_id)
    admitted = admission(family, run_id, case_id=case_id)
    outcome = await PostgresCaseRepository(office.database.pool).open(admitted)
    assert outcome.opening is not None
    if told:
        written = batch(case_id, *told, run_id=run_id)
        await PostgresLedger(office.database.pool).append(written)
    return Opened(admitted, outcome.opening.case_code, run)


async def killed(office: Office, *told: LedgerEntry) -> Opened:
    case = await opened(office, *told)
    await case.run.terminate()
    return case


def about(seq: int, event: Event, procedure: ProcedureId = FIRST) -> LedgerEntry:
    return entry(seq, event).model_copy(update={"procedure": procedure})


def refused_everywhere() -> list[LedgerEntry]:
    return [
        about(1, Event.DOSSIER_REFUSED),
        about(2, Event.DOSSIER_NOT_FILED, ProcedureId("register_residence")),
        about(3, Event.DOSSIER_NOT_FILED, ProcedureId("issue_card")),
    ]


async def filed_again(office: Office, case: Opened) -> IntakeDecision:
    """What becomes of the same event, declared once more."""
    submission = case.admitted.submission.model_copy(update={"run_id": f"again-{case.code}"})
    told_again = replace(case.admitted, submission=submission)
    return (await PostgresCaseRepository(office.database.pool).open(told_again)).decision


async def test_a_case_that_was_terminated_is_found_with_what_its_dossiers_were(
    office: Office,
) -> None:
    case = await killed(office, about(1, Event.DOSSIER_FILED), about(2, Event.DOSSIER_GRANTED))

    found = await office.found(case.code)

    assert found is not None
    assert (found.run_status, found.ended_at is None) == ("terminated", False)
    states = {one.procedure: one.state for one in found.dossiers}
    assert states[FIRST] is DossierState.GRANTED
    assert states[ProcedureId("issue_card")] is DossierState.WAITING


async def test_a_case_the_server_knows_nothing_of_is_found(office: Office) -> None:
    family = next(_family)
    nowhere = admission(family, "00000000-0000-0000-0000-000000000000", case_id="birth/nowhere")
    outcome = await PostgresCaseRepository(office.database.pool).open(nowhere)
    assert outcome.opening is not None

    found = await office.found(outcome.opening.case_code)

    assert found is not None
    assert found.run_status == "not_found"


async def test_neither_a_running_case_nor_one_that_closed_in_order_is_found(
    office: Office,
) -> None:
    running, ended = await opened(office), await killed(office)
    await PostgresCaseRepository(office.database.pool).close(
        closing(ended.admitted, CaseState.COMPLETED)
    )

    found = [await office.found(case.code) for case in (running, ended)]
    await running.run.terminate()

    assert found == [None, None]


async def waits_listed(office: Office, case: Opened) -> list[Wait]:
    """What waits in a case, once the server's list has caught up."""
    async with asyncio.timeout(20):
        while not (found := await waits_of(office, case)):  # noqa: ASYNC110 - a list has no event
            await asyncio.sleep(0.05)
    return found


async def waits_of(office: Office, case: Opened) -> list[Wait]:
    return [one for one in await office.finder.waiting() if one.case_id == case.run.id]


async def test_what_waits_for_a_person_in_a_running_case_is_found(office: Office) -> None:
    case = await opened(
        office,
        about(1, Event.DOSSIER_FILED),
        about(2, Event.STEP_PARKED),
        attention=Attention.PARKED,
    )

    waits = await waits_listed(office, case)
    await case.run.terminate()

    assert [(one.kind, one.procedure) for one in waits] == [(WaitKind.DOSSIER, FIRST)]


async def test_a_dead_case_that_came_to_nothing_is_let_go_and_may_be_filed_again(
    office: Office,
) -> None:
    case = await killed(office, *refused_everywhere())
    before = await filed_again(office, case)

    released = await office.releasing.release(case.order())

    assert before is IntakeDecision.DUPLICATE
    assert (released.state, released.keeps_event) == (CaseState.STOPPED, False)
    assert (released.released_by, released.run_status) == ("OPS-7", "terminated")
    assert await office.found(case.code) is None
    assert await filed_again(office, case) is IntakeDecision.OPENED


async def test_releasing_twice_keeps_the_first(office: Office) -> None:
    case = await killed(office, *refused_everywhere())

    first = await office.releasing.release(case.order())
    again = await office.releasing.release(
        case.order(force=True).model_copy(update={"by": "OPS-8", "reason": "khác"})
    )

    assert again == first


async def test_many_who_release_at_once_leave_one_record(office: Office) -> None:
    case = await killed(office, *refused_everywhere())

    released = await asyncio.gather(*(office.releasing.release(case.order()) for _ in range(5)))

    assert all(one == released[0] for one in released)


async def test_a_case_that_runs_is_never_let_go(office: Office) -> None:
    case = await opened(office)

    with pytest.raises(CannotReleaseError, match="còn đang chạy"):
        await office.releasing.release(case.order(force=True))

    await case.run.terminate()


async def test_a_case_that_a_newer_run_carries_on_is_never_let_go(office: Office) -> None:
    case = await killed(office, *refused_everywhere())
    newer = await office.client.start_workflow("Nobody", id=case.run.id, task_queue="nobody")

    with pytest.raises(CannotReleaseError, match="còn đang chạy"):
        await office.releasing.release(case.order(force=True))

    await newer.terminate()


async def test_a_case_that_closed_in_order_is_not_let_go(office: Office) -> None:
    case = await killed(office)
    await PostgresCaseRepository(office.database.pool).close(
        closing(case.admitted, CaseState.COMPLETED)
    )

    with pytest.raises(CannotReleaseError, match="đã đóng"):
        await office.releasing.release(case.order(force=True))


async def test_a_case_nobody_knows_is_not_let_go(office: Office) -> None:
    case = await killed(office)

    with pytest.raises(UnknownCaseError):
        await office.releasing.release(
            case.order().model_copy(update={"case_code": CaseCode("H26.05.13-991120-9999")})
        )


@pytest.mark.parametrize(
    ("told", "doubtful"),
    [
        ([Event.DOSSIER_FILED, Event.DOSSIER_GRANTED], FIRST),
        ([Event.DOSSIER_FILED], FIRST),
        ([Event.DOSSIER_FILED, Event.DOSSIER_ACCEPTED], FIRST),
        ([], FIRST),
    ],
)
async def test_what_a_new_case_may_double_is_let_go_only_by_force(
    office: Office, told: list[Event], doubtful: ProcedureId
) -> None:
    case = await killed(office, *(about(seq, event) for seq, event in enumerate(told, start=1)))

    with pytest.raises(NeedsForceError) as refusal:
        await office.releasing.release(case.order())
    forced = await office.releasing.release(case.order(force=True))

    assert doubtful in [one.procedure for one in refusal.value.dossiers]
    assert refusal.value.known_from is KnownFrom.LEDGER
    assert forced.forced
    assert await filed_again(office, case) is IntakeDecision.OPENED


async def test_what_the_ledger_cannot_tell_the_dead_run_itself_may(office: Office) -> None:
    """By an empty ledger the first dossier may have been filed; the history says it was not."""
    case = await killed(office)
    opening = case.admitted.outcome.opening
    assert opening is not None
    office.cases.away = False
    booked = archived_from_ledger(opening, [])
    office.cases.dossiers_of[str(case.run.first_execution_run_id)] = booked

    released = await office.releasing.release(case.order())

    assert released.known_from is KnownFrom.CASE
    assert not released.forced


async def test_an_event_may_be_kept_so_that_nothing_is_doubled(office: Office) -> None:
    case = await killed(office, about(1, Event.DOSSIER_FILED), about(2, Event.DOSSIER_GRANTED))

    released = await office.releasing.release(case.order(keep_event=True))

    assert (released.state, released.keeps_event) == (CaseState.PARTLY_COMPLETED, True)
    assert await office.found(case.code) is None
    assert await filed_again(office, case) is IntakeDecision.DUPLICATE


@pytest.mark.parametrize(
    "change",
    ["UPDATE lienthong.case_releases SET reason = 'x'", "DELETE FROM lienthong.case_releases"],
)
async def test_nobody_rewrites_why_a_case_was_let_go(office: Office, change: str) -> None:
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        await office.database.pool.execute(change)
