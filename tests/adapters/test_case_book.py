"""The promises of a book of cases, kept in memory and in PostgreSQL alike."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, datetime

import asyncpg
import pytest

from activities.ports.corrections import CaseArchive
from activities.ports.stores import CaseRepository
from adapters.postgres.archive import PostgresCaseArchive
from adapters.postgres.archive_sealing import SealedFileError
from adapters.postgres.cases import PostgresCaseRepository
from adapters.postgres.database import open_pool
from codec.keys import Keyring
from codec.marks import CASES
from codec.sealing import SealingCodec
from models.cases.archive import ArchivedCase, ArchivedDossier
from models.cases.events import Event, LedgerBatch, LedgerEntry
from models.cases.orders import CloseCase
from models.corrections.orders import ClaimCase, KeepCorrection, NewCorrection
from models.corrections.requests import CorrectionDecision
from models.corrections.states import CorrectionState
from models.corrections.status import CorrectionStatus
from models.kernel.base import CaseCode, CaseId, CorrectionId
from models.kernel.errors import BackendUnavailableError
from models.kernel.vocabulary import CaseState, DossierState

from fakes.archive import MemoryCaseArchive
from fakes.stores import MemoryCaseRepository, MemoryLedger
from harness.admissions import admission
from harness.our_database import fresh_database

NOW = datetime(2026, 11, 20, 3, tzinfo=UTC)
RING = Keyring.fresh([CASES, "insurance"])
SECRET = "001326000001"
_family = iter(range(50_000, 60_000))
_numbers = iter(range(1, 10_000))


@dataclass(frozen=True)
class House:
    """A register with its book beside it."""

    register: CaseRepository
    book: CaseArchive


@pytest.fixture(scope="module")
async def pool(database_url: str) -> AsyncIterator[asyncpg.Pool]:
    async with fresh_database(database_url) as database:
        yield database.pool


@pytest.fixture(params=["memory", "postgres"])
def house(request: pytest.FixtureRequest, pool: asyncpg.Pool) -> House:
    if request.param == "memory":
        register = MemoryCaseRepository(MemoryLedger())
        return House(register, MemoryCaseArchive(register))
    return House(PostgresCaseRepository(pool), PostgresCaseArchive(pool, SealingCodec(RING, CASES)))


async def opened(house: House) -> ArchivedCase:
    """A case that was just opened."""
    outcome = await house.register.open(admission(next(_family), "run-1"))
    assert outcome.opening is not None
    found = await house.book.find(outcome.opening.case_code)
    assert found is not None
    return found


def closing(case: ArchivedCase, dossiers: tuple[ArchivedDossier, ...] | None = None) -> CloseCase:
    """The end of a case: every dossier granted, unless told otherwise."""
    granted = tuple(
        one.model_copy(
            update={"state": DossierState.GRANTED, "issued": {"personal_number": SECRET}}
        )
        for one in case.dossiers
    )
    return CloseCase(
        case_id=case.ref.case_id,
        run_id=case.ref.run_id,
        state=CaseState.COMPLETED,
        closed_at=NOW,
        batch=LedgerBatch(
            case_id=case.ref.case_id, run_id=case.ref.run_id, case_code=case.case_code, entries=()
        ),
        dossiers=granted if dossiers is None else dossiers,
        to={"phone": "0987654321"},
    )


async def closed(house: House) -> ArchivedCase:
    """A case with its file."""
    case = await opened(house)
    await house.book.file_away(closing(case))
    await house.register.close(closing(case))
    found = await house.book.find(case.case_code)
    assert found is not None
    return found


def new(case: ArchivedCase, run: str = "run-a", **otherwise: str) -> NewCorrection:
    id = otherwise.pop("id", f"{next(_numbers)}-QD")
    decision = CorrectionDecision.model_validate(
        {
            "correction_id": id,
            "case_code": case.case_code,
            "kind": "revoked",
            "act": "register_birth",
            "decided_by": "a",
            "legal_basis": "QĐ",
        }
        | otherwise
    )
    return NewCorrection(
        decision=decision, digest=f"digest of {decision.legal_basis}", run_id=run, recorded_at=NOW
    )


def kept(
    entered: NewCorrection, state: CorrectionState, *, force: bool = True, holds: bool = False
) -> KeepCorrection:
    id = entered.decision.correction_id
    workflow_id = CaseId(f"correction/{id}")
    entry = LedgerEntry(seq=1, at=NOW, event=Event.CORRECTION_TAKEN)
    return KeepCorrection(
        correction_id=id,
        workflow_id=workflow_id,
        run_id=entered.run_id,
        state=state,
        is_in_force=force,
        holds_case=holds,
        report=CorrectionStatus(workflow_id=workflow_id, state=state, recorded_at=NOW),
        batch=LedgerBatch(
            case_id=workflow_id,
            run_id=entered.run_id,
            case_code=entered.decision.case_code,
            entries=(entry,),
        ),
    )


def claim(entered: NewCorrection, by: str = "b") -> ClaimCase:
    decision = entered.decision
    return ClaimCase(
        correction_id=decision.correction_id, case_code=decision.case_code, approved_by=by
    )


async def test_an_open_case_is_found_by_its_code(house: House) -> None:
    case = await opened(house)

    assert case.is_open
    assert [one.procedure for one in case.dossiers] == [
        "register_birth",
        "register_residence",
        "issue_card",
    ]
    assert {one.state for one in case.dossiers} == {DossierState.WAITING}


async def test_a_closed_case_is_found_with_what_was_issued(house: House) -> None:
    case = await closed(house)

    assert not case.is_open
    assert case.dossiers[0].issued == {"personal_number": SECRET}
    assert case.dossiers[1].after == ("register_birth",)
    assert case.to == {"phone": "0987654321"}


async def test_a_code_nobody_was_given_is_not_found(house: House) -> None:
    assert await house.book.find(CaseCode("H26.05.13-991231-0001")) is None


async def test_the_first_file_of_a_case_stays(house: House) -> None:
    case = await closed(house)

    await house.book.file_away(closing(case, dossiers=()))

    assert await house.book.find(case.case_code) == case


async def test_the_same_run_enters_its_correction_once(house: House) -> None:
    case = await closed(house)
    entered = new(case)

    first = await house.book.enter(entered)
    again = await house.book.enter(entered)

    assert first.is_ours
    assert again.is_ours


async def test_a_correction_that_was_completed_is_never_entered_again(house: House) -> None:
    case = await closed(house)
    entered = new(case)
    await house.book.enter(entered)
    await house.book.keep(kept(entered, CorrectionState.COMPLETED))

    again = await house.book.enter(entered.model_copy(update={"run_id": "run-b"}))

    assert not again.is_ours
    assert again.report is not None
    assert again.report.state is CorrectionState.COMPLETED


@pytest.mark.parametrize("state", [CorrectionState.REFUSED, CorrectionState.IN_PROGRESS])
async def test_one_that_came_to_nothing_or_whose_run_died_is_taken_over(
    house: House, state: CorrectionState
) -> None:
    case = await closed(house)
    entered = new(case)
    await house.book.enter(entered)
    await house.book.keep(kept(entered, state))

    again = await house.book.enter(entered.model_copy(update={"run_id": "run-b"}))

    assert again.is_ours


async def test_what_is_in_force_is_not_taken_over_with_other_content(house: House) -> None:
    case = await closed(house)
    entered = new(case)
    await house.book.enter(entered)
    await house.book.keep(kept(entered, CorrectionState.CANCELLED))

    other = await house.book.enter(
        new(case, "run-b", id=entered.decision.correction_id, legal_basis="khác")
    )

    assert not other.is_ours
    assert other.digest == entered.digest


async def test_one_correction_at_a_time_is_at_work_on_a_case(house: House) -> None:
    case = await closed(house)
    many = [new(case) for _ in range(8)]
    await asyncio.gather(*(house.book.enter(one) for one in many))

    claims = await asyncio.gather(*(house.book.claim(claim(one)) for one in many))

    holders = {one.held_by for one in claims}
    (first,) = [one for one, said in zip(many, claims, strict=True) if said.held_by is None]
    assert holders == {None, first.decision.correction_id}


async def test_a_case_is_free_again_once_its_correction_says_so(house: House) -> None:
    case = await closed(house)
    first, second = new(case), new(case)
    for one in (first, second):
        await house.book.enter(one)
    await house.book.claim(claim(first))
    held = await house.book.claim(claim(second))

    await house.book.keep(kept(first, CorrectionState.CLAIMING_BACK))

    assert held.held_by == first.decision.correction_id
    assert (await house.book.claim(claim(second))).held_by is None


async def test_who_approved_first_and_when_it_came_stay_on_every_notice(house: House) -> None:
    case = await closed(house)
    entered = new(case)
    await house.book.enter(entered)
    first = await house.book.claim(claim(entered))
    later = entered.model_copy(update={"run_id": "run-b", "recorded_at": datetime.now(UTC)})  # noqa: TID251

    await house.book.enter(later)
    again = await house.book.claim(claim(later, by="c"))

    assert again == first


async def test_a_correction_in_force_marks_the_case_for_all_that_come_later(house: House) -> None:
    case = await closed(house)
    entered = new(case)
    await house.book.enter(entered)
    await house.book.keep(kept(entered, CorrectionState.IN_PROGRESS))

    found = await house.book.find(case.case_code)

    assert found is not None
    assert {one.revoked_by for one in found.dossiers} == {entered.decision.correction_id}


async def test_nothing_personal_of_a_file_can_be_read_in_the_database(pool: asyncpg.Pool) -> None:
    house = House(
        PostgresCaseRepository(pool), PostgresCaseArchive(pool, SealingCodec(RING, CASES))
    )
    await closed(house)

    rows = await pool.fetch("SELECT sealed FROM lienthong.case_files")

    assert rows
    assert not any(SECRET.encode() in row["sealed"] for row in rows)


async def test_an_agency_cannot_open_the_file_of_a_case(pool: asyncpg.Pool) -> None:
    house = House(
        PostgresCaseRepository(pool), PostgresCaseArchive(pool, SealingCodec(RING, CASES))
    )
    case = await closed(house)
    theirs = SealingCodec(RING.for_audience("insurance"), "insurance")

    with pytest.raises(SealedFileError):
        await PostgresCaseArchive(pool, theirs).find(case.case_code)


@pytest.mark.parametrize("change", ["UPDATE {} SET sealed = ''", "DELETE FROM {}"])
async def test_the_worker_may_add_files_and_never_change_one(
    pool: asyncpg.Pool, change: str
) -> None:
    async with pool.acquire() as connection:
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            await connection.execute(change.format("lienthong.case_files"))


async def test_a_database_that_is_away_is_a_delay() -> None:
    async with await open_pool("postgresql://nobody@127.0.0.1:9/none") as nowhere:
        book = PostgresCaseArchive(nowhere, SealingCodec(RING, CASES))

        with pytest.raises(BackendUnavailableError):
            await book.find(CaseCode("H26.05.13-991231-0001"))
        with pytest.raises(BackendUnavailableError):
            await book.claim(
                ClaimCase(correction_id=CorrectionId("x"), case_code=CaseCode("x"), approved_by="b")
            )
