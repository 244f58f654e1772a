"""Producing a document: asked twice there is one, and while the store is away none is lost."""

from collections.abc import Collection
from typing import cast

import pytest
from document_samples import CASE, RUN, forms
from temporalio.client import Client
from temporalio.service import RPCError, RPCStatusCode

from adapters.documents_store_memory import MemoryCabinet
from models.documents.forms import CaseForm, PrepareDocument
from models.errors import BackendUnavailableError
from workers import papers


class CountingPrinter:
    """A press that says how often it was used, so that one print tells from the next."""

    def __init__(self) -> None:
        self.printed = 0

    async def pdf(self, form: CaseForm) -> bytes:
        self.printed += 1
        return f"{form.kind}, print {self.printed}".encode()


async def prepare(cabinet: MemoryCabinet, printer: CountingPrinter, *orders: CaseForm) -> None:
    for form in orders:
        order = PrepareDocument(case_id=CASE, run_id=RUN, form=form)
        await papers.prepare(order, printer, cabinet)


async def test_a_document_prepared_twice_is_the_one_that_was_first() -> None:
    cabinet, receipt = MemoryCabinet(), forms()["01"]

    await prepare(cabinet, CountingPrinter(), receipt, receipt)

    assert list(cabinet.documents.values()) == [b"01, print 1"]


async def test_a_second_supplement_is_a_second_document() -> None:
    cabinet, supplement = MemoryCabinet(), forms()["02"]
    second = supplement.model_copy(update={"serial": 2})

    await prepare(cabinet, CountingPrinter(), supplement, second)

    assert cabinet.of_case(CASE) == ["02-1", "02-2"]


async def test_a_document_is_prepared_once_the_store_is_back() -> None:
    cabinet, printer = MemoryCabinet(away=True), CountingPrinter()
    with pytest.raises(BackendUnavailableError):
        await prepare(cabinet, printer, forms()["01"])
    cabinet.away = False

    await prepare(cabinet, printer, forms()["01"])

    assert cabinet.of_case(CASE) == ["01-1"]


class ClosedOnes(MemoryCabinet):
    """A cabinet that misses the forms of two closed cases, and names one at a time."""

    async def undrawn(self, given_up: Collection[str] = ()) -> list[tuple[str, str]]:
        missing = [("birth/gone", "run-gone"), (CASE, RUN)]
        return [(case_id, run_id) for case_id, run_id in missing if run_id not in given_up][:1]


class Histories:
    """A server on which the first of them is past its retention."""

    def get_workflow_handle(self, case_id: str, **_of_run: object) -> "Histories":
        self.id = case_id
        return self

    async def query(self, _name: object) -> tuple[CaseForm, ...]:
        if self.id != CASE:
            raise RPCError("no such run", RPCStatusCode.NOT_FOUND, b"")
        return (forms()["01"],)


async def test_a_closed_case_whose_history_is_gone_keeps_no_other_from_its_forms() -> None:
    cabinet, given_up = ClosedOnes(), set[str]()

    for _ in range(2):
        given_up |= await papers.draw_up_closed(
            cast(Client, Histories()), CountingPrinter(), cabinet, given_up
        )

    assert given_up == {"run-gone"}
    assert cabinet.of_case(CASE) == ["01-1"]
