"""Keeping the ledger: nothing is written while a case moves, everything once it rests or closes."""

from temporalio import workflow
from temporalio.exceptions import FailureError

from activities.ledger import LedgerActivities
from models.cases.cases import Case
from models.cases.events import LedgerBatch
from workflows.runtime import options

SUMMARY = "Ghi sổ nhật ký hồ sơ"


class Record:
    """Writes a case's entries in batches: one append in flight, and all that is pending in it.

    A dead database costs one short local activity and one patient activity, however long it lasts.
    """

    def __init__(self, case: Case, run_id: str) -> None:
        self._case = case
        self._run_id = run_id
        self._written = 0
        self._told = 0
        self._listed = 0
        self._writing = False
        self._closing = False

    async def keep(self) -> None:
        """Write whenever the case rests, until it closes."""
        while True:
            await workflow.wait_condition(self._has_work)
            await self._write(self._batch())

    async def rest(self) -> LedgerBatch:
        """Stop writing, and return what is left for the closing activity to write."""
        self._closing = True
        await workflow.wait_condition(lambda: not self._writing)
        return self._batch()

    @property
    def owes_entries(self) -> bool:
        """Something was noted that is not written yet."""
        return len(self._case.entries) > self._written

    def wrote(self, batch: LedgerBatch) -> None:
        """Take note that a batch is in the ledger."""
        self._written += len(batch.entries)
        self._told += len(batch.notices)
        self._listed += len(batch.persons)

    def _has_work(self) -> bool:
        return self.owes_entries and self._case.waits_long and not self._closing

    async def _write(self, batch: LedgerBatch) -> None:
        self._writing = True
        try:
            await workflow.execute_local_activity_method(
                LedgerActivities.append, batch, **options.quick_store(SUMMARY)
            )
        except FailureError:  # a local activity's own failure, not wrapped as a regular one's is
            patiently = options.own_store(f"{SUMMARY} (chờ cơ sở dữ liệu)")
            await workflow.execute_activity_method(LedgerActivities.append, batch, **patiently)
        self.wrote(batch)
        self._writing = False

    def _batch(self) -> LedgerBatch:
        opening = self._case.opening
        return LedgerBatch(
            case_id=self._case.case_id,
            run_id=self._run_id,
            case_code=opening.case_code if opening else None,
            entries=tuple(self._case.entries[self._written :]),
            notices=tuple(self._case.reminders[self._told :]),
            persons=tuple(self._case.listed[self._listed :]),
        )
