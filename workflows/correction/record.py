"""Keeping the ledger of a correction: what happened is written as soon as it has happened."""

import asyncio

from temporalio import workflow

from activities.ledger import LedgerActivities
from models.cases.events import LedgerBatch
from models.corrections.corrections import Correction
from workflows.runtime import options

SUMMARY = "Ghi sổ nhật ký cải chính"


class CorrectionRecord:
    """Writes entries and reminders in batches: one append in flight, and all that is pending in it.

    Corrections are few and each matters, so nothing waits for the end as it does with cases.
    """

    def __init__(self, correction: Correction, run_id: str) -> None:
        self._correction = correction
        self._run_id = run_id
        self._written = 0
        self._told = 0
        self._writing = False
        self._closing = False

    async def keep(self) -> None:
        """Write whenever something has happened, until it closes."""
        while True:
            await workflow.wait_condition(self._has_work)
            await asyncio.sleep(0)  # what else happens in this step is written with it
            self._writing = True
            batch = self.batch()
            await workflow.execute_activity_method(
                LedgerActivities.append, batch, **options.own_store(SUMMARY)
            )
            self.wrote(batch)
            self._writing = False

    async def rest(self) -> LedgerBatch:
        """Stop writing, and return what is left for the closing activity to write."""
        self._closing = True
        await workflow.wait_condition(lambda: not self._writing)
        return self.batch()

    def wrote(self, batch: LedgerBatch) -> None:
        """This much is in the ledger."""
        self._written += len(batch.entries)
        self._told += len(batch.notices)

    def batch(self) -> LedgerBatch:
        """All that is pending."""
        return LedgerBatch(
            case_id=self._correction.workflow_id,
            run_id=self._run_id,
            case_code=self._correction.case_code,
            entries=tuple(self._correction.entries[self._written :]),
            notices=tuple(self._correction.reminders[self._told :]),
        )

    def empty(self) -> LedgerBatch:
        """Nothing: what is pending is on its way by itself."""
        return self.batch().model_copy(update={"entries": (), "notices": ()})

    def _has_work(self) -> bool:
        pending = len(self._correction.entries) > self._written
        return pending and not self._writing and not self._closing
