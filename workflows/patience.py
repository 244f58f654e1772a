"""Parking: what cannot be retried away waits, visibly, until a person says "go on"."""

from collections.abc import Awaitable, Callable
from typing import TypeVar

from temporalio import workflow
from temporalio.exceptions import ActivityError, FailureError

from models.acts import faults
from models.cases import Case
from models.dossiers import Dossier
from models.vocabulary import DossierState
from workflows.failures import kind_of

ResultT = TypeVar("ResultT")


async def insist(case: Case, call: Callable[[], Awaitable[ResultT]]) -> ResultT:
    """Make a call of the case itself; each time it fails for good, park until a person resumes."""
    while True:
        try:
            return await call()
        except ActivityError as error:
            faults.park(case, workflow.now(), kind_of(error))
            await workflow.wait_condition(lambda: case.parked_step is None)


async def park_dossier(case: Case, dossier: Dossier, error: FailureError) -> None:
    """Park one dossier, while the others go on, until somebody resumes or decides it."""
    faults.park(case, workflow.now(), kind_of(error), dossier)
    await workflow.wait_condition(lambda: dossier.state is not DossierState.PARKED)
