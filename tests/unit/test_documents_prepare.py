"""Producing a document: asked twice there is one, and while the store is away none is lost."""

import pytest
from document_samples import CASE, RUN, forms

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
