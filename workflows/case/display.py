"""What people see of a case without opening it: search attributes and the case card."""

import asyncio
from datetime import datetime
from typing import Any

from temporalio import workflow
from temporalio.common import SearchAttributeKey, SearchAttributeUpdate

from models.cases.case_card import case_card
from models.cases.cases import Case
from workflows.runtime import attributes

AnyKey = SearchAttributeKey[Any]  # Any: keywords, lists and datetimes stand side by side
AnyUpdate = SearchAttributeUpdate[Any]  # Any: likewise


class Display:
    """Shows the case as it is: at most one upsert per step, and only what changed."""

    def __init__(self, case: Case) -> None:
        self._case = case
        self._shown: dict[str, object] = {}
        self._seen: tuple[object, ...] = ()

    async def keep(self) -> None:
        """Show the case whenever something about it has changed."""
        while True:
            await workflow.wait_condition(self._is_stale)
            await asyncio.sleep(0)  # what else happens in this step is shown with it
            if self._is_stale():
                self.show()

    def show(self) -> None:
        """Write the card, and upsert the attributes that differ from what is shown."""
        self._seen = self._signature()
        now = workflow.now()
        workflow.set_current_details(case_card(self._case, now))
        updates = [
            update
            for key, value in self._attributes(now)
            if (update := self._update(key, value)) is not None
        ]
        if updates:
            workflow.upsert_search_attributes(updates)

    def _is_stale(self) -> bool:
        return not self._case.in_motion and self._seen != self._signature()

    def _signature(self) -> tuple[object, ...]:
        looked_at = self._case.clock.looked_at if self._case.clock else None
        return (len(self._case.entries), self._case.parked_step, looked_at)

    def _update(self, key: AnyKey, value: object) -> AnyUpdate | None:
        if self._shown.get(key.name) == value:
            return None
        self._shown[key.name] = value
        return key.value_set(value)

    def _attributes(self, now: datetime) -> list[tuple[AnyKey, object]]:
        case, opening = self._case, self._case.opening
        shown: list[tuple[AnyKey, object]] = [
            (attributes.PROCEDURE_GROUP, case.group),
            (attributes.CASE_STATE, case.state),
            (attributes.ATTENTION, case.attention),
            (attributes.WAITING_FOR, case.waiting_for()),
        ]
        if opening is None:
            return shown
        return [
            *shown,
            (attributes.CASE_CODE, opening.case_code),
            (attributes.PROVINCE, opening.province),
            (attributes.COMMUNE, opening.commune),
            (attributes.LAW_VERSION, opening.law_version),
            (attributes.DUE_AT, case.due_at),
            (attributes.SLA_STATUS, case.sla(now)),
            (attributes.OVERDUE_AT, case.overdue_at(now)),
        ]
