"""Drawing up the official forms of a case: when somebody asks, and before its history is gone."""

import asyncio
from datetime import timedelta

import structlog
from temporalio.client import Client, WorkflowHandle, WorkflowQueryFailedError
from temporalio.service import RPCError, RPCStatusCode

from activities.ports.documents import ClosedCases, DocumentStore, Printer
from adapters.law.files import load_law
from adapters.law.forms import load_forms
from adapters.law.places import load_places
from codec.errors import KeyringError
from models.cases.status import CaseStatus
from models.documents.forms import PrepareDocument
from models.documents.reading import Reading
from models.kernel.base import CaseId
from models.kernel.errors import LienthongError
from models.kernel.refs import CaseRef
from workers.runtime.settings import Settings
from workflows.case.engine import LinkedCase

PAUSE = 60.0
"""Seconds between two looks for closed cases whose forms nobody has asked for."""
BREATH = 1.0
"""Seconds between two looks while there is something to draw up."""
AT_ONCE = 5
"""Cases one worker claims with a look: others have their share, and a crash delays no more."""
REST = timedelta(minutes=10)
"""How long a claim holds, well above the time that many take; and how long a failure rests."""

log = structlog.get_logger()


def read_texts(settings: Settings) -> Reading:
    """What forms are read with, out of the law in force."""
    return Reading(
        book=load_forms(settings.law), law=load_law(settings.law), places=load_places(settings.law)
    )


async def draw_up(
    case: WorkflowHandle[LinkedCase, CaseStatus],
    run_id: str,
    printer: Printer,
    cabinet: DocumentStore,
) -> None:
    """Print and keep every form the case has come to; those that are kept already stay.

    Raises:
        RPCError: the case cannot be asked.
        TypesettingError, BackendUnavailableError: a form cannot be printed, or not be kept.
    """
    for form in await case.query(LinkedCase.papers):
        order = PrepareDocument(case_id=CaseId(case.id), run_id=run_id, form=form)
        await prepare(order, printer, cabinet)


async def prepare(order: PrepareDocument, printer: Printer, cabinet: DocumentStore) -> None:
    """Typeset a form and keep it. Twice is harmless: the first of a form and number stays."""
    await cabinet.keep(order.key, await printer.pdf(order.form))


async def archiver(client: Client, printer: Printer, cabinet: ClosedCases) -> None:
    """For ever: an hour after a case has closed its forms are in the cabinet, asked for or not."""
    while True:
        seen = 0
        try:
            seen = await draw_up_closed(client, printer, cabinet)
        except (LienthongError, KeyringError):
            log.warning("papers.waiting", exc_info=True)
        await asyncio.sleep(BREATH if seen else PAUSE)


async def draw_up_closed(client: Client, printer: Printer, cabinet: ClosedCases) -> int:
    """Claim some closed cases and draw up their forms; says how many were claimed.

    One that cannot be rests, each time for longer, and holds up no other.

    Raises:
        BackendUnavailableError: our database is away.
    """
    claimed = await cabinet.claim(AT_ONCE, REST)
    for ref in claimed:
        await _draw_up_claimed(client, ref, printer, cabinet)
    return len(claimed)


async def _draw_up_claimed(
    client: Client, ref: CaseRef, printer: Printer, cabinet: ClosedCases
) -> None:
    case = client.get_workflow_handle(ref.case_id, run_id=ref.run_id, result_type=CaseStatus)
    try:
        await draw_up(case, ref.run_id, printer, cabinet)
    except (RPCError, WorkflowQueryFailedError, LienthongError, KeyringError) as error:
        log.warning("papers.waiting", case_id=ref.case_id, exc_info=True)
        if _is_hopeless(error):
            await cabinet.done_with(ref, because=type(error).__name__)
        else:
            await cabinet.note_trouble(ref, because=type(error).__name__)
    else:
        await cabinet.done_with(ref)


def _is_hopeless(error: Exception) -> bool:
    """The history is gone; whatever else is wrong somebody may mend while there is one."""
    return isinstance(error, RPCError) and error.status is RPCStatusCode.NOT_FOUND
