"""The book of inquiries keeps every asking once, and nobody can take one out."""

from collections.abc import AsyncIterator

import asyncpg
import pytest

from adapters.postgres.inquiries import PostgresInquiryRepository
from models.entitlements.prechecks import Inquiry

from harness.our_database import OurDatabase, fresh_database

INQUIRY = Inquiry.model_validate(
    {
        "workflow_id": "precheck/1",
        "run_id": "run-1",
        "asked_at": "2026-11-20T08:00:00+07:00",
        "asker": "a" * 64,
        "relation": "child",
        "about": "b" * 64,
        "group": "death",
        "fund": "insurance",
        "reasons": ["TRUNG_HO_SO"],
        "not_asked": [],
    }
)


@pytest.fixture(scope="module")
async def database(database_url: str) -> AsyncIterator[OurDatabase]:
    async with fresh_database(database_url) as database:
        yield database


async def test_an_asking_kept_twice_is_kept_once(database: OurDatabase) -> None:
    book = PostgresInquiryRepository(database.pool)

    await book.keep(INQUIRY)
    await book.keep(INQUIRY.model_copy(update={"fund": "none"}))

    (row,) = await database.pool.fetch("SELECT fund, reasons FROM lienthong.inquiries")
    assert (row["fund"], row["reasons"]) == ("insurance", ["TRUNG_HO_SO"])


@pytest.mark.parametrize(
    "sql", ["DELETE FROM lienthong.inquiries", "UPDATE lienthong.inquiries SET fund = 'none'"]
)
async def test_who_works_here_cannot_rewrite_who_asked(database: OurDatabase, sql: str) -> None:
    await PostgresInquiryRepository(database.pool).keep(INQUIRY)

    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        await database.pool.execute(sql)
