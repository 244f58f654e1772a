"""An agency's line to its cases: Temporal's SDK, everything sealed with the agency's own key.

Imported when the first call is due, for the SDK takes longer to load than an agency to start.
"""

import json
from collections.abc import Mapping
from datetime import timedelta
from typing import Any, NamedTuple, Self

from temporalio.client import (
    Client,
    RPCTimeoutOrCancelledError,
    WorkflowExecution,
    WorkflowExecutionStatus,
    WorkflowUpdateFailedError,
)
from temporalio.exceptions import ApplicationError
from temporalio.service import RPCError

from backends.shared.callbacks import End, OwedCall
from codec.converter import data_converter
from codec.keys import Keyring
from codec.marks import OPEN_REJECTION
from models.kernel.base import AgencyId

_PATIENCE = timedelta(seconds=10)
_NOT_YET = frozenset({"not_filed_yet", "not_open", "sealed"})
"""Rules by which a case rejects what it will take later; the last: it lacks our new key so far."""


class Told(NamedTuple):
    """What became of an attempt. Without an end it is to be tried again."""

    end: End | None
    because: str | None = None


class CaseLine:
    """Says decisions to cases, each as often as is needed until the case has answered."""

    def __init__(self, client: Client) -> None:
        self._client = client

    @classmethod
    async def open(
        cls, agency: AgencyId, ring: Keyring, connection: Mapping[str, Any]
    ) -> Self | None:  # Any: what the SDK connects with
        """Connect; None where nobody answers now."""
        converter = data_converter(ring, agency)
        try:
            return cls(await Client.connect(**connection, data_converter=converter))
        except RuntimeError:  # what the SDK raises where the first connection fails
            return None

    async def tell(self, call: OwedCall) -> Told:
        """Find the case by its code and say the decision; said twice, it is taken once."""
        try:
            found = await self._find(call.case_code)
            if found is None:
                return Told(None, "no_such_case")
            if found.status is not WorkflowExecutionStatus.RUNNING:
                return Told(End.CASE_CLOSED)
            await self._say(found, json.loads(call.said))
        except WorkflowUpdateFailedError as error:
            return _told_of(error.cause)
        except RPCTimeoutOrCancelledError:
            return Told(None, "no_answer")
        except RPCError as error:
            return Told(None, error.status.name.lower())
        return Told(End.TAKEN)

    async def _find(self, case_code: str) -> WorkflowExecution | None:
        query = f"CaseCode = '{case_code}'"
        runs = [
            run async for run in self._client.list_workflows(query, limit=10, rpc_timeout=_PATIENCE)
        ]
        running = [run for run in runs if run.status is WorkflowExecutionStatus.RUNNING]
        return next(iter(running or runs), None)

    async def _say(self, case: WorkflowExecution, said: dict[str, Any]) -> None:
        # Any: the JSON of a DecideCall
        handle = self._client.get_workflow_handle(case.id, run_id=case.run_id)
        await handle.execute_update("decide", said, id=said["request_id"], rpc_timeout=_PATIENCE)


def _told_of(cause: BaseException) -> Told:
    """A rejection ends the call, unless the case asks for it later; a failure does not."""
    if not isinstance(cause, ApplicationError) or cause.type != OPEN_REJECTION:
        return Told(None, "update_failed")
    rules = {str(finding["rule"]) for finding in cause.details if isinstance(finding, dict)}
    because = ",".join(sorted(rules))
    return Told(None if rules & _NOT_YET else End.REJECTED, because)
