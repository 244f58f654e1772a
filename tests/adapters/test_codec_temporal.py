"""What the codec promises, seen by a workflow, an agency and a stranger on a real server."""

import sys
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from temporalio import workflow
from temporalio.client import Client, WorkflowUpdateFailedError
from temporalio.common import RawValue
from temporalio.exceptions import ApplicationError
from temporalio.testing import WorkflowEnvironment
from temporalio.worker import Worker
from temporalio.worker.workflow_sandbox import SandboxedWorkflowRunner, SandboxRestrictions

from codec.converter import data_converter
from codec.keys import Keyring
from codec.marks import OPEN_REJECTION, open_answer, sealed_with

RING = Keyring.fresh(["cases", "insurance"])
RUNNER = SandboxedWorkflowRunner(
    restrictions=SandboxRestrictions.default.with_passthrough_modules("codec", "models", "pydantic")
)
SECRET = "Nguyễn Gia An"


@workflow.defn(name="Sealed")
class Sealed:
    """Reports under which keys its start and its update arrived."""

    @workflow.init
    def __init__(self, start: RawValue) -> None:
        self._keys = [sealed_with(start.payload)]

    @workflow.run
    async def run(self, start: RawValue) -> dict[str, object]:
        workflow.set_current_details(SECRET)
        await workflow.wait_condition(lambda: len(self._keys) > 1)
        return {"keys": self._keys, "start": start.payload.data.decode()}

    @workflow.update
    async def decide(self, decision: RawValue) -> RawValue:
        self._keys.append(sealed_with(decision.payload))
        return open_answer({"accepted": True})

    @decide.validator
    def _check(self, decision: RawValue) -> None:
        if b"wrong" in decision.payload.data:
            raise ApplicationError("refused", {"field": "round"}, type=OPEN_REJECTION)


@dataclass(frozen=True)
class Clients:
    starter: Client
    agency: Client
    stranger: Client


@pytest.fixture(scope="module")
async def clients() -> AsyncIterator[Clients]:
    binary = Path(sys.executable).parent / "temporal"
    converter = data_converter(RING, "cases")
    async with await WorkflowEnvironment.start_local(
        dev_server_existing_path=str(binary), dev_server_log_level="error", data_converter=converter
    ) as env:
        address = env.client.service_client.config.target_host
        theirs = data_converter(RING.for_audience("insurance"), "insurance")
        async with Worker(
            env.client, task_queue="sealed", workflows=[Sealed], workflow_runner=RUNNER
        ):
            yield Clients(
                starter=env.client,
                agency=await Client.connect(address, data_converter=theirs),
                stranger=await Client.connect(address),
            )


async def started(client: Client, case_id: str) -> str:
    await client.start_workflow("Sealed", {"full_name": SECRET}, id=case_id, task_queue="sealed")
    return case_id


async def test_a_case_knows_which_key_sealed_its_start_and_each_decision(clients: Clients) -> None:
    case_id = await started(clients.starter, "sealed")

    await clients.agency.get_workflow_handle(case_id).execute_update("decide", {"round": 1})

    report = await clients.starter.get_workflow_handle(case_id).result()
    assert report["keys"] == ["cases-1", "insurance-1"]
    assert SECRET in report["start"]


async def test_a_plain_start_arrives_and_is_known_as_plain(clients: Clients) -> None:
    case_id = await started(clients.stranger, "plain")

    await clients.agency.get_workflow_handle(case_id).execute_update("decide", {"round": 1})

    report = await clients.starter.get_workflow_handle(case_id).result()
    assert report["keys"] == [None, "insurance-1"]


async def test_an_agency_reads_the_answer_to_its_update_and_why_one_is_rejected(
    clients: Clients,
) -> None:
    handle = clients.agency.get_workflow_handle(await started(clients.starter, "answers"))

    with pytest.raises(WorkflowUpdateFailedError) as rejected:
        await handle.execute_update("decide", {"wrong": 1})
    answer = await handle.execute_update("decide", {"round": 1})

    assert isinstance(rejected.value.cause, ApplicationError)
    assert rejected.value.cause.details == ({"field": "round"},)
    assert answer == {"accepted": True}


async def test_a_stranger_reads_no_name_in_a_whole_history(clients: Clients) -> None:
    case_id = await started(clients.starter, "history")
    await clients.agency.get_workflow_handle(case_id).execute_update("decide", {"round": 1})
    await clients.starter.get_workflow_handle(case_id).result()

    history = await clients.stranger.get_workflow_handle(case_id).fetch_history()

    events = b"".join(event.SerializeToString() for event in history.events)
    assert SECRET.encode() not in events
    assert b"accepted" in events
