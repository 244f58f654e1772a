"""What is late, as a real server lists it: one list, whatever stands in it."""

import asyncio
import time
from collections.abc import AsyncIterator, Mapping
from datetime import datetime, timedelta
from typing import Any

import pytest
from temporalio.client import Client, WorkflowHandle
from temporalio.common import SearchAttributePair, TypedSearchAttributes

from models.kernel.vocabulary import SlaStatus
from workers.client.lateness import PressingCase, pressing_cases
from workflows.runtime import attributes

DUE = datetime.fromisoformat("2026-11-20T17:00:00+07:00")
COMMUNE = "99001"
"""No other test has cases there."""
MANY = 200

Shown = Mapping[str, Any]  # Any: values of search attributes


CASES: dict[str, Shown] = {
    "late": {"sla": "overdue", "waits": ["insurance"], "late_at": ["insurance"]},
    "late-dossier": {"sla": "on_time", "waits": ["insurance"], "late_at": ["residence"]},
    "due-soon": {"sla": "due_soon", "waits": ["residence"], "late_at": []},
    "on-time": {"sla": "on_time", "waits": ["residence"], "late_at": []},
    "paused": {"sla": "paused", "waits": ["citizen"], "late_at": []},
    "elsewhere": {"sla": "overdue", "waits": ["insurance"], "late_at": ["insurance"]}
    | {"commune": "99002"},
}


@pytest.fixture(scope="module")
async def client(dev_server: str) -> AsyncIterator[Client]:
    client = await Client.connect(dev_server)
    started = [await start(client, number, name) for number, name in enumerate(CASES)]
    yield client
    for case in started:
        await case.terminate()


async def start(
    client: Client, number: int, name: str, commune: str = COMMUNE
) -> WorkflowHandle[Any, Any]:  # Any: started by name
    """A case nobody works on: only what lists show of it matters."""
    shown = CASES[name]
    pairs = [
        SearchAttributePair(attributes.CASE_CODE, f"late-{name}-{number}"),
        SearchAttributePair(attributes.COMMUNE, shown.get("commune", commune)),
        SearchAttributePair(attributes.SLA_STATUS, shown["sla"]),
        SearchAttributePair(attributes.DUE_AT, DUE - timedelta(hours=number)),
        SearchAttributePair(attributes.WAITING_FOR, shown["waits"]),
        SearchAttributePair(attributes.OVERDUE_AT, shown["late_at"]),
    ]
    return await client.start_workflow(
        "Nobody",
        id=f"late/{name}-{commune}-{number}",
        task_queue="nobody",
        search_attributes=TypedSearchAttributes(pairs),
    )


async def listed(client: Client, wanted: int, **where: str) -> list[PressingCase]:
    """What is listed, once the list has caught up."""
    async with asyncio.timeout(60):
        while len(found := await pressing_cases(client, **where)) < wanted:  # noqa: ASYNC110 - a list has no event
            await asyncio.sleep(0.05)
    return found


def names(cases: list[PressingCase]) -> list[str]:
    return [str(case.case_code).removeprefix("late-").rpartition("-")[0] for case in cases]


async def test_what_presses_is_listed_and_nothing_else_the_earliest_due_first(
    client: Client,
) -> None:
    found = await listed(client, 3, commune=COMMUNE)

    assert names(found) == ["due-soon", "late-dossier", "late"]
    assert [case.is_late for case in found] == [False, True, True]
    assert found[0].sla is SlaStatus.DUE_SOON
    assert found[0].due_at == DUE - timedelta(hours=2)


@pytest.mark.parametrize(
    ("agency", "expected"),
    [("residence", ["due-soon", "late-dossier"]), ("insurance", ["late-dossier", "late"])],
)
async def test_an_agency_is_shown_what_it_holds_and_what_it_is_late_with(
    client: Client, agency: str, expected: list[str]
) -> None:
    found = await listed(client, 2, commune=COMMUNE, agency=agency)

    assert names(found) == expected


async def test_hundreds_are_listed_within_a_second(client: Client) -> None:
    crowd = [start(client, number, "late", "99003") for number in range(MANY)]
    started = await asyncio.gather(*crowd)
    await listed(client, MANY, commune="99003")

    took, found = [], list[PressingCase]()
    for _ in range(5):
        began = time.monotonic()
        found = await pressing_cases(client, commune="99003")
        took.append(time.monotonic() - began)
    await asyncio.gather(*(case.terminate() for case in started))

    assert len(found) == MANY
    assert min(took) < 1, "a machine that is busy with something else may take longer now and then"
