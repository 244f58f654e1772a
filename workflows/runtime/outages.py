"""Patience: outages are waited for, and what cannot be retried away until a person says "go on"."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from temporalio import workflow
from temporalio.exceptions import ActivityError, FailureError, is_cancelled_exception
from temporalio.workflow import ActivityConfig

from models.cases.cases import Case
from models.cases.dossiers import Dossier
from models.cases.transitions import faults
from models.kernel.base import AgencyId
from models.kernel.vocabulary import DossierState
from workflows.runtime import options
from workflows.runtime.failures import is_outage, kind_of

ResultT = TypeVar("ResultT")


@dataclass(frozen=True)
class Line:
    """To one agency: what is to be said where it is lost, with since when, and found again."""

    agency: AgencyId
    lose: Callable[[datetime], None]
    find: Callable[[], None]
    is_lost: bool = False

    async def call(
        self, summary: str, call: Callable[[ActivityConfig], Awaitable[ResultT]]
    ) -> ResultT:
        """Call briskly; if the agency is away, say so openly and keep calling for days.

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

    async def _call_patiently(
        self, summary: str, call: Callable[[ActivityConfig], Awaitable[ResultT]]
    ) -> ResultT:
        try:
            answer = await call(options.patient_call(self.agency, summary))
        except ActivityError as error:
            if not is_cancelled_exception(error):  # it did answer, only not as it should
                self.find()
            raise
        self.find()
        return answer


def line_of(case: Case, dossier: Dossier) -> Line:
    """A dossier's line to its agency."""
    return Line(
        dossier.plan.agency,
        lambda since: faults.lose_contact(case, dossier, workflow.now(), since),
        lambda: faults.regain_contact(case, dossier, workflow.now()),
        is_lost=dossier.unreachable,
    )


def line_to(case: Case, agency: AgencyId) -> Line:
    """The case's own line to an agency."""
    return Line(
        agency,
        lambda since: faults.lose_agency(case, agency, workflow.now(), since),
        lambda: faults.regain_agency(case, agency, workflow.now()),
    )


async def insist(case: Case, call: Callable[[], Awaitable[ResultT]]) -> ResultT:
    """Make a call of the case itself; each time it fails for good, park until a person resumes."""
    while True:
        try:
            return await call()
        except ActivityError as error:
            if is_cancelled_exception(error):
                raise
            faults.park(case, workflow.now(), kind_of(error))
            await workflow.wait_condition(lambda: case.parked_step is None)


async def park_dossier(case: Case, dossier: Dossier, error: FailureError) -> None:
    """Park one dossier, while the others go on, until somebody resumes or decides it.

    Raises:
        FailureError: the very one, where it says that the case was cancelled.
    """
    if is_cancelled_exception(error):
        raise error
    faults.park(case, workflow.now(), kind_of(error), dossier)
    await workflow.wait_condition(lambda: dossier.state is not DossierState.PARKED)
