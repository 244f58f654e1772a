"""What people see of a workflow without opening it: search attributes, and a card in the UI."""

import asyncio
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from temporalio import workflow
from temporalio.common import SearchAttributeUpdate

from workflows.runtime.attributes import Key


class Display:
    """Shows a case or a correction as it is: at most one upsert per step, and only what changed."""

    def __init__(
        self,
        *,
        attributes: Callable[[datetime], Sequence[tuple[Key, object]]],
        card: Callable[[datetime], str],
        signature: Callable[[], object],
        may_show: Callable[[], bool] = lambda: True,
    ) -> None:
        """Show anew whenever `signature` changes and `may_show` says so."""
        self._attributes = attributes
        self._card = card
        self._signature = signature
        self._may_show = may_show
        self._shown: dict[str, object] = {}
        self._seen: object = None

    async def keep(self) -> None:
        """Show what has changed, for ever."""
        while True:
            await workflow.wait_condition(self._is_stale)
            await asyncio.sleep(0)  # what else happens in this step is shown with it
            if self._is_stale():
                self.show()

    def show(self) -> None:
        """Write the card, and upsert the attributes that differ from what is shown."""
        self._seen = self._signature()
        now = workflow.now()
        workflow.set_current_details(self._card(now))
        updates = [
            self._update(key, value)
            for key, value in self._attributes(now)
            if self._shown.get(key.name) != value
        ]
        if updates:
            workflow.upsert_search_attributes(updates)

    def _is_stale(self) -> bool:
        return self._may_show() and self._seen != self._signature()

    def _update(self, key: Key, value: object) -> SearchAttributeUpdate[Any]:  # Any: as of its key
        self._shown[key.name] = value
        return key.value_set(value)
