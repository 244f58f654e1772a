"""Drawing up the official forms of a case: when somebody asks, and before its history is gone."""

import asyncio
from collections.abc import Collection

import structlog
from temporalio.client import Client, WorkflowHandle, WorkflowQueryFailedError
from temporalio.service import RPCError, RPCStatusCode

from activities.papers import Cabinet, ClosedCases, Printer
from adapters.documents_forms import load_forms
from adapters.law_files import load_law
from adapters.places_vietnam import load_places
from models.base import CaseId
from models.documents.forms import PrepareDocument
from models.documents.reading import Reading
from models.errors import LienthongError
from models.status import CaseStatus
from workers.settings import Settings
from workflows.engine import LinkedCase

PAUSE = 60.0
"""Seconds between two looks for closed cases whose forms nobody has asked for."""

log = structlog.get_logger()


def read_texts(settings: Settings) -> Reading:
    """What forms are read with, out of the law in force."""
    return Reading(
        book=load_forms(settings.law), law=load_law(settings.law), places=load_places(settings.law)
    )


async def draw_up(
    case: WorkflowHandle[LinkedCase, CaseStatus], run_id: str, printer: Printer, cabinet: Cabinet
) -> None:
    """Print and keep every form the case has come to; those that are kept already stay.

    Raises:
        RPCError: the case cannot be asked.
        TypesettingError, BackendUnavailableError: a form cannot be printed, or not be kept.
    """
    for form in await case.query(LinkedCase.papers):
        order = PrepareDocument(case_id=CaseId(case.id), run_id=run_id, form=form)
        await prepare(order, printer, cabinet)


async def prepare(order: PrepareDocument, printer: Printer, cabinet: Cabinet) -> None:
    """Typeset a form and keep it. Twice is harmless: the first of a form and number stays."""
    await cabinet.keep(order.key, await printer.pdf(order.form))


async def clerk(client: Client, printer: Printer, cabinet: ClosedCases) -> None:
    """For ever: an hour after a case has closed its forms are in the cabinet, asked for or not."""
    given_up: set[str] = set()
    while True:
        try:
            given_up |= await draw_up_closed(client, printer, cabinet, given_up)
        except LienthongError:
            log.warning("papers.waiting", exc_info=True)
        await asyncio.sleep(PAUSE)


async def draw_up_closed(
    client: Client, printer: Printer, cabinet: ClosedCases, given_up: Collection[str] = ()
) -> set[str]:
    """Draw up the forms of closed cases; one that cannot be is logged and holds up no other.

    Returns the runs for which no later try in this process can do better.

    Raises:
        BackendUnavailableError: the cabinet cannot be asked which they are.
    """
    hopeless: set[str] = set()
    for case_id, run_id in await cabinet.undrawn(given_up):
        case = client.get_workflow_handle(case_id, run_id=run_id, result_type=CaseStatus)
        try:
            await draw_up(case, run_id, printer, cabinet)
        except (RPCError, WorkflowQueryFailedError, LienthongError) as error:
            log.warning("papers.waiting", case_id=case_id, exc_info=True)
            if not _may_pass(error):
                hopeless.add(run_id)
    return hopeless


def _may_pass(error: Exception) -> bool:
    """Somebody is away; unlike a history that is gone, or a form that cannot be made."""
    if isinstance(error, RPCError):
        return error.status is not RPCStatusCode.NOT_FOUND
    return isinstance(error, LienthongError) and error.retryable
