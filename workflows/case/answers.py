"""Hearing of a dossier: the answer to our call, or somebody's call to us, whichever comes first."""

import asyncio
from collections.abc import Awaitable
from typing import Any

from temporalio import workflow
from temporalio.exceptions import ActivityError

from models.cases.cases import Case
from models.cases.dossiers import Dossier
from models.cases.orders import Heard
from models.cases.transitions import agencies, faults
from workflows.runtime.outages import park_dossier


async def handle_answer(case: Case, dossier: Dossier, answer: Awaitable[Heard]) -> None:
    """Wait for an answer until something else becomes of the dossier; a bad one parks it."""
    call = asyncio.ensure_future(answer)
    answers, state = dossier.answers, dossier.state

    def is_overtaken() -> bool:
        return dossier.answers > answers or dossier.state is not state

    try:
        await workflow.wait_condition(
            lambda: call.done() or is_overtaken() or dossier.withdrawal is not None
        )
    except asyncio.CancelledError:
        await _see_ended(call)
        raise
    if not call.done() or is_overtaken():
        await _give_up(case, dossier, call)
        return
    try:
        _take(case, dossier, call.result())
    except ActivityError as error:
        await park_dossier(case, dossier, error)


def _take(case: Case, dossier: Dossier, heard: Heard) -> None:
    now = workflow.now()
    if heard.away_since is not None:
        faults.lose_contact(case, dossier, now, heard.away_since)
        return
    faults.regain_contact(case, dossier, now)
    if heard.answer is not None:
        agencies.take_answer(case, dossier, heard.answer, now)


async def _see_ended(call: "asyncio.Future[Heard]") -> None:
    """A cancelled case must not have a filing on its way when it asks its dossiers back."""
    call.add_done_callback(forget)
    call.cancel()
    await workflow.wait([call])


async def _give_up(case: Case, dossier: Dossier, call: "asyncio.Future[Heard]") -> None:
    """What is to be given back must not still be on its way there: then its end is awaited."""
    call.add_done_callback(forget)
    call.cancel()
    if dossier.withdrawal is None or dossier.is_settled:
        return
    await workflow.wait_condition(lambda: call.done() or dossier.is_settled)
    if call.done() and not call.cancelled() and call.exception() is None:
        _take(case, dossier, call.result())


def forget(call: "asyncio.Future[Any]") -> None:
    """A call we gave up ends in an error that nobody needs to hear of."""
    if not call.cancelled():
        call.exception()
