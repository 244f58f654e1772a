"""The book of inquiries in PostgreSQL: append-only, and an asking written twice is there once."""

from dataclasses import dataclass

import asyncpg
from typing_extensions import override

from activities.ports.stores import InquiryRepository
from adapters.postgres.database import UNREACHABLE, unavailable
from models.entitlements.prechecks import Inquiry

KEEP = """
    INSERT INTO lienthong.inquiries
        (workflow_id, run_id, asked_at, asker, relation, about, procedure_group, fund, reasons,
         not_asked)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
    ON CONFLICT (workflow_id, run_id) DO NOTHING
"""


@dataclass(frozen=True)
class PostgresInquiryRepository(InquiryRepository):
    """Beside the ledger, in our own database."""

    pool: asyncpg.Pool

    @override
    async def keep(self, inquiry: Inquiry) -> None:
        """Keep an asking; raises BackendUnavailableError while the database is away."""
        try:
            await self.pool.execute(
                KEEP,
                inquiry.workflow_id,
                inquiry.run_id,
                inquiry.asked_at,
                inquiry.asker,
                inquiry.relation,
                inquiry.about,
                inquiry.group,
                inquiry.fund,
                list(inquiry.reasons),
                list(inquiry.not_asked),
            )
        except UNREACHABLE as error:
            raise unavailable("keep an inquiry") from error
