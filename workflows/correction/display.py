"""What people see of a correction without opening it: search attributes and its card."""

import asyncio
from typing import Any

from temporalio import workflow
from temporalio.common import SearchAttributeKey, SearchAttributeUpdate

from models.corrections.card import correction_card
from models.corrections.corrections import Correction
from workflows.runtime import attributes

AnyKey = SearchAttributeKey[Any]  # Any: keywords and lists stand side by side
AnyUpdate = SearchAttributeUpdate[Any]  # Any: likewise


class CorrectionDisplay:
    """Shows the correction as it is: at most one upsert per step, and only what changed."""

    def __init__(self, correction: Correction) -> None:
        self._correction = correction
        self._shown: dict[str, object] = {}
        self._seen = -1

    async def keep(self) -> None:
        """Show the correction whenever something about it has changed."""
        while True:
            await workflow.wait_condition(lambda: len(self._correction.entries) != self._seen)
            await asyncio.sleep(0)  # what else happens in this step is shown with it
            self.show()

    def show(self) -> None:
        """Write the card, and upsert the attributes that differ from what is shown."""
        self._seen = len(self._correction.entries)
        workflow.set_current_details(correction_card(self._correction, workflow.now()))
        updates = [
            self._update(key, value)
            for key, value in self._attributes()
            if self._shown.get(key.name) != value
        ]
        if updates:
            workflow.upsert_search_attributes(updates)

    def _update(self, key: AnyKey, value: object) -> AnyUpdate:
        self._shown[key.name] = value
        return key.value_set(value)

    def _attributes(self) -> list[tuple[AnyKey, object]]:
        correction = self._correction
        shown: list[tuple[AnyKey, object]] = [
            (attributes.CASE_STATE, correction.state),
            (attributes.ATTENTION, correction.attention),
            (attributes.WAITING_FOR, correction.waiting_for()),
        ]
        case = correction.case
        if case is None:
            return shown
        places = ((attributes.PROVINCE, case.province), (attributes.COMMUNE, case.commune))
        return [
            *shown,
            (attributes.CASE_CODE, case.case_code),
            (attributes.PROCEDURE_GROUP, case.group),
            *((key, value) for key, value in places if value),
        ]
