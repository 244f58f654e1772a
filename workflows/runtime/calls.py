"""Calls that outlast outages, and parking what no more tries can mend until a person resumes it."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from temporalio import exceptions, workflow
from temporalio.exceptions import (
    ActivityError,
    ApplicationError,
    FailureError,
    is_cancelled_exception,
)
from temporalio.workflow import ActivityConfig

from models.kernel.base import AgencyId
from models.kernel.errors import BackendUnavailableError
from workflows.runtime import options

ResultT = TypeVar("ResultT")
Call = Callable[[ActivityConfig], Awaitable[ResultT]]


@dataclass(frozen=True)
class Contact:
    """With one agency: what is noted when it is lost, with since when, and when it is regained."""

    agency: AgencyId
    lose: Callable[[datetime], None]
    regain: Callable[[], None]
    is_lost: bool = False

    async def call(self, summary: str, call: Call[ResultT]) -> ResultT:
        """Call briskly; if the agency is away, note an outage and keep calling for days.

        Raises:
            ActivityError: anything but an outage.
        """
        began = workflow.now()
        if not self.is_lost:
            try:
                return await call(options.first_call(self.agency, summary))
            except ActivityError as error:
                if not is_outage(error):
                    raise
            self.lose(began)
        return await self._call_patiently(f"{summary} (chờ cơ quan hoạt động lại)", call)

    async def _call_patiently(self, summary: str, call: Call[ResultT]) -> ResultT:
        try:
            answer = await call(options.patient_call(self.agency, summary))
        except ActivityError as error:
            if not is_cancelled_exception(error):  # it did answer, only not as it should
                self.regain()
            raise
        self.regain()
        return answer


@dataclass(frozen=True)
class Parking:
    """Where something waits for a person: how it is parked, and whether it still is."""

    park: Callable[[str], None]
    """Takes the kind of the failure, which holds nothing personal."""
    is_parked: Callable[[], bool]

    async def insist(self, call: Callable[[], Awaitable[ResultT]]) -> ResultT:
        """Make a call; each time it fails for good, park until a person resumes, and call again."""
        while True:
            try:
                return await call()
            except ActivityError as error:
                await self.hold(error)

    async def hold(self, error: FailureError) -> None:
        """Park because of a failure, until a person resumes.

        Raises:
            FailureError: the very one, where it says that the workflow was cancelled.
        """
        if is_cancelled_exception(error):
            raise error
        await self.hold_because(kind_of(error))

    async def hold_because(self, kind: str) -> None:
        """Park for a reason of another kind, until a person resumes."""
        self.park(kind)
        await workflow.wait_condition(lambda: not self.is_parked())


def is_outage(error: ActivityError) -> bool:
    """The same call may succeed later, unchanged."""
    cause = error.cause
    if isinstance(cause, exceptions.TimeoutError):
        return True
    return isinstance(cause, ApplicationError) and cause.type == BackendUnavailableError.__name__


def kind_of(error: FailureError) -> str:
    """The name of the failure, fit to be shown: holds nothing of any message.

    A regular activity's failure is the cause of an ActivityError; a local one's comes bare.
    """
    cause = error.cause if isinstance(error, ActivityError) else error
    if isinstance(cause, ApplicationError) and cause.type:
        return cause.type
    return type(cause).__name__ if cause else type(error).__name__


def check_not_cancelled(error: ActivityError) -> None:
    """An activity that ended because its workflow was cancelled has not failed.

    Raises:
        ActivityError: the same, so that whoever waited ends too.
    """
    if is_cancelled_exception(error):
        raise error
