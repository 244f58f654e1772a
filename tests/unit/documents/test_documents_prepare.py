"""Producing a document: asked twice there is one, and while the store is away none is lost."""

from dataclasses import dataclass, field
from datetime import timedelta
from typing import ClassVar, cast

import pytest
from temporalio.client import Client
from temporalio.service import RPCError, RPCStatusCode

from models.documents.forms import CaseForm, PrepareDocument
from models.kernel.base import CaseId
from models.kernel.errors import BackendUnavailableError
from models.kernel.refs import CaseRef
from workers.runtime import archiver as papers

from fakes.documents import MemoryDocumentStore
from harness.document_samples import CASE, RUN, forms


class CountingPrinter:
    """A press that says how often it was used, so that one print tells from the next."""

    def __init__(self) -> None:
        self.printed = 0

    async def pdf(self, form: CaseForm) -> bytes:
        self.printed += 1
        return f"{form.kind}, print {self.printed}".encode()


async def prepare(
    cabinet: MemoryDocumentStore, printer: CountingPrinter, *orders: CaseForm
) -> None:
    for form in orders:
        order = PrepareDocument(case_id=CASE, run_id=RUN, form=form)
        await papers.prepare(order, printer, cabinet)


async def test_a_document_prepared_twice_is_the_one_that_was_first() -> None:
    cabinet, receipt = MemoryDocumentStore(), forms()["01"]

    await prepare(cabinet, CountingPrinter(), receipt, receipt)

    assert list(cabinet.documents.values()) == [b"01, print 1"]


async def test_a_second_supplement_is_a_second_document() -> None:
    cabinet, supplement = MemoryDocumentStore(), forms()["02"]
    second = supplement.model_copy(update={"serial": 2})

    await prepare(cabinet, CountingPrinter(), supplement, second)

    assert cabinet.of_case(CASE) == ["02-1", "02-2"]


async def test_a_document_is_prepared_once_the_store_is_back() -> None:
    cabinet, printer = MemoryDocumentStore(away=True), CountingPrinter()
    with pytest.raises(BackendUnavailableError):
        await prepare(cabinet, printer, forms()["01"])
    cabinet.away = False

    await prepare(cabinet, printer, forms()["01"])

    assert cabinet.of_case(CASE) == ["01-1"]


@dataclass
class ClosedOnes(MemoryDocumentStore):
    """A cabinet that misses the forms of closed cases, and hears what became of each."""

    missing: list[str] = field(default_factory=list)
    done: dict[str, str | None] = field(default_factory=dict)
    troubled: dict[str, str] = field(default_factory=dict)

    async def claim(self, most: int, rest: timedelta) -> list[CaseRef]:
        taken, self.missing = self.missing[:most], self.missing[most:]
        return [CaseRef(case_id=CaseId(id), run_id=RUN) for id in taken if rest]

    async def done_with(self, case: CaseRef, because: str | None = None) -> None:
        self.done[case.case_id] = because

    async def note_trouble(self, case: CaseRef, because: str) -> None:
        self.troubled[case.case_id] = because


class Histories:
    """A server on which one is past its retention, and for another nobody answers now."""

    STATUS: ClassVar = {
        "birth/gone": RPCStatusCode.NOT_FOUND,
        "birth/away": RPCStatusCode.CANCELLED,
    }

    def get_workflow_handle(self, case_id: str, **_of_run: object) -> "Histories":
        self.id = case_id
        return self

    async def query(self, _name: object) -> tuple[CaseForm, ...]:
        if self.id in self.STATUS:
            raise RPCError("no answer", self.STATUS[self.id], b"")
        return (forms()["01"],)


async def test_no_closed_case_keeps_another_from_its_forms() -> None:
    cabinet = ClosedOnes(missing=["birth/gone", "birth/away", CASE])

    claimed = await papers.draw_up_closed(cast(Client, Histories()), CountingPrinter(), cabinet)

    assert claimed == 3
    assert cabinet.done == {"birth/gone": "RPCError", CASE: None}
    assert cabinet.troubled == {"birth/away": "RPCError"}
    assert cabinet.of_case(CASE) == ["01-1"]


async def test_a_look_claims_no_more_than_a_share() -> None:
    cabinet = ClosedOnes(missing=[CASE] * (papers.AT_ONCE + 3))

    await papers.draw_up_closed(cast(Client, Histories()), CountingPrinter(), cabinet)

    assert len(cabinet.missing) == 3
