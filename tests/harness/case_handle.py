"""One case as tests hold it: what it says, what was written down, what others may see."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import count
from typing import TYPE_CHECKING, Any

from temporalio.api.sdk.v1 import WorkflowMetadata
from temporalio.client import Client, WorkflowHandle

from models.cases.events import LedgerEntry
from models.cases.status import CaseStatus, DossierStatus
from models.cases.views import CaseClocks, DossierClocks
from models.contracts.dossiers import Notice
from models.documents.forms import CaseForm
from models.kernel.base import vietnam_time

from fakes.agencies import USUALLY_ISSUED
from harness.case_history import CaseHistory

if TYPE_CHECKING:
    from harness.system import SystemUnderTest

PAUSE = 0.02
PATIENCE = timedelta(seconds=60)
ANSWER: dict[str, dict[str, object]] = {
    "granted": {"outcome": "granted", "issued": {"record_number": "TT.1"}},
    "refused": {"outcome": "refused", "reason_code": "LECH_DINH_DANH"},
    "supplement": {"outcome": "supplement", "items": [{"code": "CT07"}]},
    "verify": {"outcome": "verify"},
}

Said = dict[str, Any]  # Any: an update's argument as JSON


@dataclass(frozen=True)
class CaseHandle:
    """Everything a test asks of a case; nothing here knows a queue or a converter."""

    system: "SystemUnderTest"
    handle: WorkflowHandle[Any, Any]  # Any: started by name

    async def result(self) -> CaseStatus:
        """The report at its end; waiting for it skips time."""
        async with self.system.skipping():
            return CaseStatus.model_validate(await self.handle.result())

    async def ended(self) -> CaseStatus:
        """The report of a case that ends at once; the clock is left alone, for others still run."""
        return CaseStatus.model_validate(await self.handle.result())

    async def status(self) -> CaseStatus:
        """The case as it stands."""
        status: CaseStatus = await self.handle.query("status", result_type=CaseStatus)
        return status

    async def dossier(self, procedure: str) -> DossierStatus:
        """One of its dossiers as it stands."""
        return dossier_of(await self.status(), procedure)

    async def clocks(self) -> CaseClocks:
        """Who held what when, and what each due instant follows from."""
        clocks: CaseClocks = await self.handle.query("clocks", result_type=CaseClocks)
        return clocks

    async def papers(self, kind: str) -> list[Any]:  # Any: forms of one kind
        """Its official forms of one kind so far, oldest first."""
        forms = await self.handle.query("papers", result_type=list[CaseForm])
        return [form for form in forms if form.kind == kind]

    async def clock(self, procedure: str) -> DossierClocks:
        """The clock of one of its dossiers."""
        return next(d for d in (await self.clocks()).dossiers if d.procedure == procedure)

    async def due_at(self, procedure: str) -> datetime:
        """By when one of its dossiers is due now."""
        due_at = (await self.dossier(procedure)).due_at
        if due_at is None:
            raise ValueError(f"{procedure} is not filed yet")
        return vietnam_time(due_at)

    async def until(self, holds: Callable[[CaseStatus], bool]) -> CaseStatus:
        """Wait, without moving the clock, until the case is as described."""
        async with asyncio.timeout(PATIENCE.total_seconds()):
            while not holds(status := await self.status()):  # noqa: ASYNC110 -- a query has no event
                await asyncio.sleep(PAUSE)
        return status

    async def until_dossier(self, procedure: str, state: str) -> DossierStatus:
        """Wait, without moving the clock, until a dossier is in that state."""

        def is_there(status: CaseStatus) -> bool:
            return any(d.procedure == procedure and d.state == state for d in status.dossiers)

        return dossier_of(await self.until(is_there), procedure)

    async def decide(
        self,
        procedure: str,
        answer: str = "granted",
        /,
        by: Client | None = None,
        **otherwise: Any,  # Any: fields of the message, right or wrong
    ) -> Said:
        """Tell the case what an agency decided."""
        said = {
            "request_id": _next_id(),
            "procedure": procedure,
            "round": 1,
            "decision_id": _next_id(),
            "decided_by": "can-bo-01",
            "decided_at": (await self.system.now()).isoformat(),
        }
        usual = dict(ANSWER[answer])
        if answer == "granted":
            usual["issued"] = USUALLY_ISSUED.get(procedure, {})
        return await self.say("decide", {**said, **usual, **otherwise}, by)

    async def supplement(self, procedure: str, **otherwise: Any) -> Said:  # Any: as above
        """Hand in what an agency wanted."""
        said = {
            "request_id": _next_id(),
            "procedure": procedure,
            "items": [{"code": "CT07", "reference": "tep-1"}],
            "sent_at": (await self.system.now()).isoformat(),
        }
        return await self.say("supplement", said | otherwise)

    async def resume(self, procedure: str | None = None, **otherwise: Any) -> Said:  # Any: as above
        """Say that what is parked may be tried again."""
        said = {"request_id": _next_id(), "procedure": procedure, "by": "van-hanh-01"}
        return await self.say("resume", said | otherwise)

    async def withdraw(self, *procedures: str, **otherwise: Any) -> Said:  # Any: as above
        """Take back these procedures, or everything that is not settled."""
        said = {"request_id": _next_id(), "procedures": list(procedures) or None}
        return await self.say("withdraw", said | otherwise)

    async def extend(self, procedure: str, by: Client | None = None, **otherwise: Any) -> Said:
        """Name the one new date of an apology, two working days later."""
        said = {
            "request_id": _next_id(),
            "procedure": procedure,
            "working_days": 2,
            "reason": "Chờ xác minh nơi cư trú",
            "by": "can-bo-01",
        }
        return await self.say("extend", said | otherwise, by)

    async def recalculate(self, **otherwise: Any) -> Said:  # Any: as above
        """Say that the calendar the desk counts by holds now."""
        said = {
            "request_id": _next_id(),
            "calendar": self.system.context.calendar.digest,
            "reason": "Thông báo nghỉ bổ sung",
        }
        return await self.say("recalculate", said | otherwise)

    async def say(self, update: str, argument: object, by: Client | None = None) -> Said:
        """Send an update, by default as who holds the key of the cases."""
        client = by or self.system.client
        handle = client.get_workflow_handle(self.handle.id, run_id=self.handle.run_id)
        answer: Said = await handle.execute_update(update, argument)
        return answer

    def entries(self) -> list[LedgerEntry]:
        """What stands in the ledger."""
        return self.system.ledger.of_run(self.handle.id, self.handle.run_id or "")

    def events(self, procedure: str | None = None) -> list[str]:
        """The names of what stands in the ledger, of one procedure or of all."""
        return [e.event for e in self.entries() if procedure in (None, e.procedure)]

    def steps(self, procedure: str | None, event: str = "step.reached") -> list[str]:
        """The steps told (or missed) of one dossier, or of the case itself, in order."""
        told = [e for e in self.entries() if e.event == event and e.procedure == procedure]
        return [str(entry.facts["step"]) for entry in told]

    def moves(self, procedure: str | None) -> list[tuple[str, datetime, datetime]]:
        """Why, from when and to when a due instant was moved, in order."""
        moved = [e for e in self.entries() if e.event == "due.moved" and e.procedure == procedure]
        return [
            (
                str(entry.facts["because"]),
                datetime.fromisoformat(str(entry.facts["old"])),
                datetime.fromisoformat(str(entry.facts["new"])),
            )
            for entry in moved
        ]

    def reminders(self) -> list[Notice]:
        """What agencies were told about this case, in no order."""
        sent = self.system.ledger.outbox.values()
        return [notice for notice in sent if notice.case_code == self.code()]

    def code(self) -> str:
        """Its case code, once the ledger knows it."""
        known = self.system.register.opened[self.handle.id, self.handle.run_id or ""]
        return known.opening.case_code if known.opening else ""

    def happened_at(self, event: str, procedure: str | None = None) -> datetime:
        """When the first such thing happened."""
        return next(
            vietnam_time(e.at)
            for e in self.entries()
            if e.event == event and procedure in (None, e.procedure)
        )

    async def attributes(self) -> dict[str, Any]:  # Any: keywords, lists and instants
        """The search attributes by name, as lists show them."""
        described = await self.handle.describe()
        return {pair.key.name: pair.value for pair in described.typed_search_attributes}

    async def card(self) -> str:
        """The case card an official reads."""
        metadata: WorkflowMetadata = await self.handle.query(
            "__temporal_workflow_metadata", result_type=WorkflowMetadata
        )
        return metadata.current_details

    async def summaries(self) -> list[str]:
        """What stands beside the events in the UI, as who holds the key reads it."""
        recorded = (await self.handle.fetch_history()).events
        sealed = [e.user_metadata.summary for e in recorded if e.user_metadata.HasField("summary")]
        return [str(text) for text in await self.system.client.data_converter.decode(sealed)]

    async def history(self) -> CaseHistory:
        """The history as who holds no key sees it."""
        return CaseHistory(await self.handle.fetch_history())


def dossier_of(status: CaseStatus, procedure: str) -> DossierStatus:
    """One of the dossiers of a report."""
    return next(d for d in status.dossiers if d.procedure == procedure)


def states_of(status: CaseStatus) -> dict[str, str]:
    """The state of each dossier, by procedure."""
    return {d.procedure: d.state.value for d in status.dossiers}


_ids = count(1)


def _next_id() -> str:
    return f"yc-{next(_ids)}"
