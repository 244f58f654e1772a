"""Open cases as a correction reaches them: updates and a query through the Temporal client."""

from dataclasses import dataclass
from datetime import timedelta
from typing import NoReturn

from pydantic import TypeAdapter
from temporalio.client import (
    Client,
    RPCTimeoutOrCancelledError,
    WorkflowHandle,
    WorkflowQueryFailedError,
    WorkflowUpdateFailedError,
)
from temporalio.exceptions import ApplicationError
from temporalio.service import RPCError, RPCStatusCode
from typing_extensions import override

from activities.ports.corrections import OpenCases
from codec.marks import OPEN_REJECTION
from models.cases.archive import ArchivedDossier
from models.cases.requests import CorrectCase, EndCorrection
from models.corrections.orders import CaseHeard
from models.kernel.errors import BackendContractError, BackendUnavailableError
from models.kernel.findings import Finding
from models.kernel.refs import CaseRef

PATIENCE = timedelta(seconds=8)
"""Below the time an activity has: a case no worker answers for is an outage, and told as one."""

CLOSING = "closing"
"""The rule by which a case says that it will be closed in a moment."""

_Dossiers = tuple[ArchivedDossier, ...]
_DOSSIERS = TypeAdapter(_Dossiers)


@dataclass(frozen=True)
class TemporalCases(OpenCases):
    """Cases on the server our own client is connected to."""

    client: Client

    @override
    async def correct(self, ref: CaseRef, said: CorrectCase) -> CaseHeard | None:
        """Tell a case; None where it has closed, was terminated, or is gone from the server.

        Raises:
            BackendUnavailableError: nobody answers for it now, or it is about to close.
            BackendContractError: it answers what we cannot read.
        """
        try:
            dossiers: _Dossiers = await self._case(ref).execute_update(
                "correct", said, id=said.request_id, result_type=_Dossiers, rpc_timeout=PATIENCE
            )
        except WorkflowUpdateFailedError as error:
            return _refused(error.cause)
        except RPCTimeoutOrCancelledError as error:
            raise _nobody(ref) from error
        except RPCError as error:
            _check_gone(ref, error)
            return None
        return CaseHeard(was_open=True, dossiers=_DOSSIERS.validate_python(dossiers))

    @override
    async def dossiers(self, ref: CaseRef) -> tuple[ArchivedDossier, ...] | None:
        """Ask how its dossiers stand; a closed case answers too, as long as the server has it.

        Raises:
            BackendUnavailableError: nobody answers for it now.
        """
        try:
            dossiers: _Dossiers = await self._case(ref).query(
                "booked", result_type=_Dossiers, rpc_timeout=PATIENCE
            )
        except WorkflowQueryFailedError as error:
            raise BackendContractError(f"{ref.case_id}: cannot say how it stands") from error
        except RPCTimeoutOrCancelledError as error:
            raise _nobody(ref) from error
        except RPCError as error:
            _check_gone(ref, error)
            return None
        return _DOSSIERS.validate_python(dossiers)

    @override
    async def end(self, ref: CaseRef, said: EndCorrection) -> None:
        """Tell it that all have acknowledged; raises as `correct`."""
        try:
            await self._case(ref).execute_update(
                "end_correction", said, id=said.request_id, rpc_timeout=PATIENCE
            )
        except WorkflowUpdateFailedError as error:
            _refused(error.cause)
        except RPCTimeoutOrCancelledError as error:
            raise _nobody(ref) from error
        except RPCError as error:
            _check_gone(ref, error)

    def _case(self, ref: CaseRef) -> "WorkflowHandle[object, object]":
        return self.client.get_workflow_handle(ref.case_id, run_id=ref.run_id)


def _refused(cause: BaseException) -> CaseHeard | None:
    """Why the case takes nothing of it; about to close means: ask again, and it will be closed."""
    if not isinstance(cause, ApplicationError) or cause.type != OPEN_REJECTION:
        return _unreadable(cause)
    findings = tuple(Finding.model_validate(each) for each in cause.details)
    if any(finding.rule == CLOSING for finding in findings):
        raise BackendUnavailableError("the case is about to close")
    return CaseHeard(was_open=False, refused=findings)


def _unreadable(cause: BaseException) -> NoReturn:
    """A case that completes while it is spoken to aborts the update; next asked it is closed."""
    if isinstance(cause, ApplicationError) and cause.type == "AcceptedUpdateCompletedWorkflow":
        raise BackendUnavailableError("the case completed while it was spoken to")
    raise BackendContractError(f"the case could not take the correction ({type(cause).__name__})")


def _check_gone(ref: CaseRef, error: RPCError) -> None:
    if error.status is not RPCStatusCode.NOT_FOUND:
        raise _nobody(ref) from error


def _nobody(ref: CaseRef) -> BackendUnavailableError:
    return BackendUnavailableError(f"{ref.case_id}: nobody answers for the case")
