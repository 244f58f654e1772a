"""A form on its way through a real Temporal server: sealed there, typeset here, kept once."""

from datetime import timedelta

from document_samples import CASE, CODE, RUN, forms, reading
from pdf_text import text_of
from temporalio import workflow
from temporalio.client import Client
from temporalio.worker import UnsandboxedWorkflowRunner, Worker

from activities.documents import DocumentActivities
from adapters.documents_store_memory import MemoryCabinet
from adapters.documents_typst import TypstPrinter
from adapters.law_files import LAW_FOLDER
from codec.converter import data_converter
from codec.keys import CASES, Keyring
from models.documents.forms import PrepareDocument


@workflow.defn(name="PrepareForTest")
class Prepare:
    """Asks for a document, as a case does."""

    @workflow.run
    async def run(self, order: PrepareDocument) -> None:
        await workflow.execute_activity_method(
            DocumentActivities.prepare,
            order,
            task_queue="documents-test",
            start_to_close_timeout=timedelta(seconds=20),
        )


async def test_every_form_crosses_the_server_sealed_and_is_kept(dev_server: str) -> None:
    converter = data_converter(Keyring.fresh([CASES]), CASES)
    client = await Client.connect(dev_server, data_converter=converter)
    cabinet = MemoryCabinet()
    activities = DocumentActivities(TypstPrinter(LAW_FOLDER, reading()), cabinet)
    histories = []

    async with Worker(
        client,
        task_queue="documents-test",
        workflows=[Prepare],
        activities=[activities.prepare],
        workflow_runner=UnsandboxedWorkflowRunner(),
    ):
        for kind, form in forms().items():
            order = PrepareDocument(case_id=CASE, run_id=RUN, form=form)
            handle = await client.start_workflow(
                Prepare.run, order, id=f"document-{kind}", task_queue="documents-test"
            )
            await handle.result()
            histories.append((await handle.fetch_history()).to_json())

    assert cabinet.of_case(CASE) == [f"0{number}-1" for number in range(1, 7)]
    assert all(CODE in text_of(document) for document in cabinet.documents.values())
    assert not any("Lê Văn Thử" in history or CODE in history for history in histories)
