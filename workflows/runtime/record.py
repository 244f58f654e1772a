"""Keeping the ledger: what a case or a correction entered in its journal, written in batches."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Protocol

from temporalio import workflow
from temporalio.exceptions import FailureError

from activities.ledger import LedgerActivities
from models.cases.events import LedgerBatch, LedgerEntry
from models.cases.lists import ListEntry
from models.contracts.dossiers import Notice
from models.kernel.base import CaseCode, CaseId
from workflows.runtime import options

Append = Callable[[LedgerBatch, str], Awaitable[None]]
"""Write a batch; the second argument is the summary people see."""


class Journaled(Protocol):
    """What has a journal, and may have a code."""

    entries: list[LedgerEntry]
    reminders: list[Notice]
    listed: list[ListEntry]

    @property
    def case_code(self) -> CaseCode | None:
        """The code of the case it is about; None while it is not known."""
        ...


@dataclass(frozen=True, kw_only=True)
class WritingPolicy:
    """When a journal is written, and how."""

    append: Append
    summary: str
    """What people see beside each append, in Vietnamese."""
    may_write: Callable[[], bool] = lambda: True
    """Nothing is written while this says no; the closing writes it all the same."""
    gathers: bool = False
    """What else is entered in the same step is written in the same batch."""


class Record:
    """Writes a journal in batches: one append in flight, and all that is pending in it.

    Every append is idempotent: an entry is known by workflow, run and number.
    """

    def __init__(
        self, journal: Journaled, workflow_id: CaseId, run_id: str, policy: WritingPolicy
    ) -> None:
        self._journal = journal
        self._workflow_id = workflow_id
        self._run_id = run_id
        self._policy = policy
        self._entries_written = 0
        self._notices_written = 0
        self._persons_written = 0
        self._is_writing = False
        self._is_closing = False

    async def keep(self) -> None:
        """Write whenever there is something to write, until the closing begins."""
        while True:
            await workflow.wait_condition(self._has_work)
            if self._policy.gathers:
                await asyncio.sleep(0)
            self._is_writing = True
            batch = self.batch()
            await self._policy.append(batch, self._policy.summary)
            self.wrote(batch)
            self._is_writing = False

    async def rest(self) -> LedgerBatch:
        """Stop writing, and return what is left for the closing activity to write."""
        self._is_closing = True
        await workflow.wait_condition(lambda: not self._is_writing)
        return self.batch()

    @property
    def owes_entries(self) -> bool:
        """Something was entered that is not written yet."""
        return len(self._journal.entries) > self._entries_written

    def wrote(self, batch: LedgerBatch) -> None:
        """Take note that a batch is in the ledger."""
        self._entries_written += len(batch.entries)
        self._notices_written += len(batch.notices)
        self._persons_written += len(batch.persons)

    def batch(self) -> LedgerBatch:
        """All that is pending."""
        return LedgerBatch(
            case_id=self._workflow_id,
            run_id=self._run_id,
            case_code=self._journal.case_code,
            entries=tuple(self._journal.entries[self._entries_written :]),
            notices=tuple(self._journal.reminders[self._notices_written :]),
            persons=tuple(self._journal.listed[self._persons_written :]),
        )

    def empty_batch(self) -> LedgerBatch:
        """Nothing, under the same names: what is pending is on its way by itself."""
        return self.batch().model_copy(update={"entries": (), "notices": (), "persons": ()})

    def _has_work(self) -> bool:
        return self.owes_entries and self._policy.may_write() and not self._is_closing


async def append_quickly(batch: LedgerBatch, summary: str) -> None:
    """A short local activity, then one patient regular one: a slow database delays nobody.

    A dead database costs a case these two, however long it lasts.
    """
    try:
        await workflow.execute_local_activity_method(
            LedgerActivities.append, batch, **options.quick_store(summary)
        )
    except FailureError:  # a local activity's own failure, not wrapped as a regular one's is
        await append_patiently(batch, f"{summary} (chờ cơ sở dữ liệu)")


async def append_patiently(batch: LedgerBatch, summary: str) -> None:
    """A regular activity, tried until the database takes it."""
    await workflow.execute_activity_method(
        LedgerActivities.append, batch, **options.own_store(summary)
    )
