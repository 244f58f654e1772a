"""The promises of a register of cases, kept in memory and in PostgreSQL alike."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace

import asyncpg
import pytest

from activities.ports.stores import CaseRepository
from adapters.postgres.cases import PostgresCaseRepository
from adapters.postgres.database import open_pool
from models.cases.case import MAY_BE_FILED_AGAIN
from models.declarations.case_ids import EventClaim
from models.intake.admission import Admission
from models.intake.intake import IntakeDecision
from models.kernel.errors import BackendUnavailableError
from models.kernel.vocabulary import CaseState

from fakes.stores import MemoryCaseRepository, MemoryLedger
from harness import families
from harness.admissions import MORNING, admission, admission_of, closing, number_of, under_other_law
from harness.our_database import fresh_database

FINAL = (CaseState.COMPLETED, CaseState.PARTLY_COMPLETED)


@pytest.fixture(scope="module")
async def pool(database_url: str) -> AsyncIterator[asyncpg.Pool]:
    async with fresh_database(database_url) as database:
        yield database.pool


@pytest.fixture(params=["memory", "postgres"])
def register(request: pytest.FixtureRequest, pool: asyncpg.Pool) -> CaseRepository:
    return (
        MemoryCaseRepository(MemoryLedger())
        if request.param == "memory"
        else PostgresCaseRepository(pool)
    )


_family = iter(range(1, 10_000))


async def test_a_sound_declaration_opens_a_case_with_its_code(register: CaseRepository) -> None:
    outcome = await register.open(admission(next(_family), "run-1"))

    assert outcome.decision is IntakeDecision.OPENED
    assert outcome.opening is not None
    assert outcome.opening.case_code.startswith("H26.05.13-261117-")
    assert [plan.code for plan in outcome.opening.dossiers] == [
        f"{outcome.opening.case_code}-{number}" for number in (1, 2, 3)
    ]


async def test_twenty_starts_of_one_birth_at_once_open_one_case(register: CaseRepository) -> None:
    family = next(_family)
    admissions = [admission(family, f"run-{n}", case_id=f"birth/x-{family}-{n}") for n in range(20)]

    outcomes = await asyncio.gather(*(register.open(one) for one in admissions))

    (opened,) = [o for o in outcomes if o.decision is IntakeDecision.OPENED]
    duplicates = [o for o in outcomes if o.decision is IntakeDecision.DUPLICATE]
    assert opened.opening is not None
    assert [o.duplicate_of for o in duplicates] == [opened.opening.case_code] * 19
    assert all(o.declaration is None and o.opening is None for o in duplicates)


async def test_many_births_at_once_each_have_a_number_and_none_is_left_out(
    register: CaseRepository,
) -> None:
    admissions = [admission(next(_family), "run-1") for _ in range(20)]

    outcomes = await asyncio.gather(*(register.open(one) for one in admissions))

    numbers = sorted(map(number_of, outcomes))
    assert numbers == list(range(numbers[0], numbers[0] + 20))


async def test_duplicates_use_up_no_number(register: CaseRepository) -> None:
    family = next(_family)
    same = [admission(family, f"run-{n}", case_id=f"birth/x-{family}-{n}") for n in range(10)]
    outcomes = await asyncio.gather(*(register.open(one) for one in same))

    following = await register.open(admission(next(_family), "run-1"))

    (opened,) = [o for o in outcomes if o.decision is IntakeDecision.OPENED]
    assert number_of(following) == number_of(opened) + 1


async def test_the_same_run_is_answered_the_same(register: CaseRepository) -> None:
    admitted = admission(next(_family), "run-1")

    first = await register.open(admitted)
    again = await register.open(admitted)

    assert again == first


async def test_the_same_run_keeps_its_law_though_the_files_changed_between_two_tries(
    register: CaseRepository,
) -> None:
    admitted = admission(next(_family), "run-1")

    first = await register.open(admitted)
    again = await register.open(under_other_law(admitted))

    assert again == first


async def test_the_same_run_tried_twice_at_once_opens_one_case(register: CaseRepository) -> None:
    admitted = admission(next(_family), "run-1")

    outcomes = await asyncio.gather(*(register.open(admitted) for _ in range(8)))

    assert all(outcome == outcomes[0] for outcome in outcomes)
    assert outcomes[0].decision is IntakeDecision.OPENED


async def test_another_run_of_the_same_id_is_a_duplicate(register: CaseRepository) -> None:
    family = next(_family)
    first = await register.open(admission(family, "run-1"))

    second = await register.open(admission(family, "run-2"))

    assert first.opening is not None
    assert second.duplicate_of == first.opening.case_code


@pytest.mark.parametrize("state", sorted(MAY_BE_FILED_AGAIN))
async def test_a_birth_whose_case_came_to_nothing_may_be_filed_again(
    register: CaseRepository, state: CaseState
) -> None:
    family = next(_family)
    first = admission(family, "run-1")
    before = await register.open(first)
    await register.close(closing(first, state))

    again = await register.open(admission(family, "run-2"))

    assert again.decision is IntakeDecision.OPENED
    assert number_of(again) != number_of(before)


@pytest.mark.parametrize("state", FINAL)
async def test_a_birth_that_was_served_is_remembered_for_ever(
    register: CaseRepository, state: CaseState
) -> None:
    family = next(_family)
    first = admission(family, "run-1")
    opened = await register.open(first)
    await register.close(closing(first, state))

    again = await register.open(admission(family, "run-2"))

    assert opened.opening is not None
    assert again.duplicate_of == opened.opening.case_code


async def test_closing_twice_changes_nothing(register: CaseRepository) -> None:
    family = next(_family)
    first, second = admission(family, "run-1"), admission(family, "run-2")
    await register.open(first)
    await register.close(closing(first, CaseState.REFUSED))
    refiled = await register.open(second)

    await register.close(closing(first, CaseState.REFUSED))
    third = await register.open(admission(family, "run-3"))

    assert refiled.opening is not None
    assert third.duplicate_of == refiled.opening.case_code


async def test_a_start_that_opened_no_case_is_closed_without_harm(register: CaseRepository) -> None:
    family = next(_family)
    await register.open(admission(family, "run-1"))
    duplicate = admission(family, "run-2", case_id=f"birth/x-{family}")
    await register.open(duplicate)

    await register.close(closing(duplicate, CaseState.DUPLICATE))
    third = await register.open(admission(family, "run-3"))

    assert third.decision is IntakeDecision.DUPLICATE


_EXCLUSIVE, _SHARED = False, True


def _claiming(*claims: tuple[str, bool]) -> Admission:
    """An admission of a case of its own that claims these keys, the first for itself alone."""
    number = next(_family)
    admitted = admission(number, "run-1", case_id=f"birth/x-{number}")
    claimed = tuple(EventClaim(key=f"birth:{key}", shared=shared) for key, shared in claims)
    return replace(admitted, claims=claimed)


@pytest.mark.parametrize(
    ("first", "second", "meet"),
    [
        ([("a", _EXCLUSIVE), ("k", _EXCLUSIVE)], [("b", _EXCLUSIVE), ("k", _EXCLUSIVE)], True),
        ([("a", _EXCLUSIVE), ("k", _SHARED)], [("k", _EXCLUSIVE)], True),
        ([("k", _EXCLUSIVE)], [("b", _EXCLUSIVE), ("k", _SHARED)], True),
        ([("a", _EXCLUSIVE), ("k", _SHARED)], [("b", _EXCLUSIVE), ("k", _SHARED)], False),
        ([("a", _EXCLUSIVE), ("k", _EXCLUSIVE)], [("b", _EXCLUSIVE)], False),
    ],
)
async def test_a_case_is_guarded_by_every_key_it_claims(
    register: CaseRepository,
    first: list[tuple[str, bool]],
    second: list[tuple[str, bool]],
    *,
    meet: bool,
) -> None:
    mark = next(_family)
    one = _claiming(*((f"{key}-{mark}", shared) for key, shared in first))
    other = _claiming(*((f"{key}-{mark}", shared) for key, shared in second))

    opened, then = await register.open(one), await register.open(other)

    assert opened.opening is not None
    assert then.duplicate_of == (opened.opening.case_code if meet else None)


async def test_a_case_that_came_to_nothing_lets_go_of_every_key(register: CaseRepository) -> None:
    mark = next(_family)
    first = _claiming((f"a-{mark}", _EXCLUSIVE), (f"k-{mark}", _EXCLUSIVE))
    await register.open(first)
    await register.close(closing(first, CaseState.WITHDRAWN))

    again = await register.open(_claiming((f"k-{mark}", _EXCLUSIVE)))

    assert again.decision is IntakeDecision.OPENED


async def test_twenty_tellings_of_one_event_at_once_open_one_case(register: CaseRepository) -> None:
    """Half of them share the only key they have in common, and no unique index guards that."""
    mark = next(_family)
    noticed = [_claiming((f"n-{mark}", _EXCLUSIVE), (f"k-{mark}", _SHARED)) for _ in range(10)]
    told = [_claiming((f"k-{mark}", _EXCLUSIVE)) for _ in range(10)]
    turns = [one for pair in zip(noticed, told, strict=True) for one in pair]

    outcomes = await asyncio.gather(*(register.open(one) for one in turns))

    decisions = [outcome.decision for outcome in outcomes]
    assert decisions.count(IntakeDecision.OPENED) == 1
    assert decisions.count(IntakeDecision.DUPLICATE) == 19


async def test_a_birth_told_again_without_its_notice_is_told_the_code_of_the_first(
    register: CaseRepository,
) -> None:
    with_notice = families.birth(next(_family), MORNING)
    with_notice["mother"]["personal_number"] = "001195009999"
    without = families.without_notice(with_notice)

    first = await register.open(admission_of(with_notice, "run-1", f"birth/x-{next(_family)}"))
    again = await register.open(admission_of(without, "run-1", f"birth/x-{next(_family)}"))

    assert first.opening is not None
    assert again.duplicate_of == first.opening.case_code


async def test_cases_entered_before_claims_were_kept_are_guarded_still(pool: asyncpg.Pool) -> None:
    family = next(_family)
    first = await PostgresCaseRepository(pool).open(admission(family, "run-1"))
    assert first.opening is not None
    async with pool.acquire() as connection:
        await connection.execute("RESET ROLE")
        await connection.execute(
            "DELETE FROM lienthong.event_claims WHERE case_code = $1", first.opening.case_code
        )
        await connection.execute("SET ROLE lienthong_worker")

    again = await PostgresCaseRepository(pool).open(
        admission(family, "run-2", case_id="birth/x-again")
    )

    assert again.duplicate_of == first.opening.case_code


async def test_a_register_whose_database_is_away_says_so() -> None:
    admitted = admission(next(_family), "run-1")
    async with await open_pool("postgresql://nobody@127.0.0.1:9/none") as nowhere:
        register = PostgresCaseRepository(nowhere)

        with pytest.raises(BackendUnavailableError):
            await register.open(admitted)
        with pytest.raises(BackendUnavailableError):
            await register.close(closing(admitted, CaseState.COMPLETED))


async def test_the_register_holds_no_declaration(pool: asyncpg.Pool) -> None:
    await PostgresCaseRepository(pool).open(admission(next(_family), "run-1"))

    rows = await pool.fetch("SELECT cases::text AS row FROM lienthong.cases")

    assert rows
    assert not any("Lê Hoàng Mẫu" in row["row"] or "001195004321" in row["row"] for row in rows)
