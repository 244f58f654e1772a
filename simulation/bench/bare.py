"""The baseline: the same order and parallelism of activities, on queues of the same names, no work.

The pipeline's two local activities (one due instant for each branch) count as activities here.
"""

import asyncio
from datetime import timedelta

from temporalio import activity, workflow
from temporalio.client import Client
from temporalio.worker import Worker
from temporalio.worker.workflow_sandbox import SandboxedWorkflowRunner

NAMESPACE = "bare"
QUEUES = ("cases", "civil_status", "residence", "insurance", "notice")
ENOUGH = timedelta(seconds=60)


@activity.defn(name="bare.nothing")
async def nothing(text: str) -> str:
    """Do nothing, as cheaply as an activity can."""
    return text


@workflow.defn(name="Bare")
class Bare:
    """Intake → register → two dues → two branches → results → closing."""

    @workflow.run
    async def run(self, declaration: dict[str, object]) -> int:
        """Walk the shape once."""
        await _step("cases")
        await _step("civil_status")
        await asyncio.gather(_step("cases"), _step("cases"))
        await asyncio.gather(_step("residence"), _step("insurance"))
        await _step("notice")
        await _step("cases")
        return len(declaration)


async def _step(queue: str) -> None:
    await workflow.execute_activity(nothing, "x", task_queue=queue, start_to_close_timeout=ENOUGH)


def build_bare_workers(client: Client) -> list[Worker]:
    """Workers built like the real ones: one a queue, workflows on the first."""
    runner = SandboxedWorkflowRunner()
    return [
        Worker(
            client,
            task_queue=queue,
            workflows=[Bare] if queue == "cases" else [],
            activities=[nothing],
            workflow_runner=runner,
            max_concurrent_activities=None if queue == "cases" else 20,
        )
        for queue in QUEUES
    ]
