"""An agency calls its cases about what it decided later: in its own key, until each call ends."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import pytest
from asyncpg import Record
from temporalio import workflow
from temporalio.client import Client, WorkflowHandle
from temporalio.common import RawValue, SearchAttributePair, TypedSearchAttributes
from temporalio.exceptions import ApplicationError
from temporalio.worker import Worker

from backends.shared import callbacks_line
from backends.shared.callbacks_round import Exchange
from codec.converter import data_converter
from codec.keys import Keyring
from codec.marks import CASES, OPEN_REJECTION, open_answer, sealed_with
from models.contracts.dossiers import DossierRequest
from models.kernel.base import AgencyId
from workers.local.ports import free_ports
from workflows.runtime.attributes import CASE_CODE

from harness.agency_country import Country, card, fresh_database, next_family, running

SOON = {"when": "after_delay", "seconds": 0.3}
PEOPLE = {"when": "people"}
PATIENCE = 60.0
QUEUE = "listeners"

Handle = WorkflowHandle[Any, Any]  # Any: started by name


@workflow.defn(name="Listener", sandboxed=False)
class Listener:
    """As much of a case as an agency sees: it takes a decision, or says why it does not."""

    def __init__(self) -> None:
        self._heard: list[dict[str, Any]] = []  # Any: JSON of decisions
        self._rule = ""
        self._closed = False

    @workflow.run
    async def run(self) -> None:
        await workflow.wait_condition(lambda: self._closed)

    @workflow.update
    def decide(self, argument: RawValue) -> RawValue:
        said = json.loads(argument.payload.data)
        self._heard.append(said | {"sealed_with": sealed_with(argument.payload)})
        return open_answer({"accepted": True, "case_code": None, "state": "in_progress"})

    @decide.validator
    def _may_decide(self, argument: RawValue) -> None:  # noqa: ARG002 - Temporal names it
        if self._rule:
            finding = {"field": "procedure", "rule": self._rule, "message": "Không nhận."}
            raise ApplicationError("no", finding, type=OPEN_REJECTION)

    @workflow.signal
    def reject(self, rule: str) -> None:
        self._rule = rule

    @workflow.signal
    def close(self) -> None:
        self._closed = True

    @workflow.query
    def heard(self) -> list[dict[str, Any]]:  # Any: JSON of decisions
        return self._heard


@dataclass(kw_only=True)
class Telephone:
    """The agencies with their line, the cases at its other end, and what stands in the book."""

    country: Country
    client: Client
    line: dict[str, Any]  # Any: what the SDK connects with
    rings: dict[str, Keyring]
    cases: list[Handle] = field(default_factory=list)

    async def case(self, request: DossierRequest, queue: str = QUEUE) -> Handle:
        """Open the case of a dossier."""
        pair = SearchAttributePair(CASE_CODE, request.case_code)
        handle = await self.client.start_workflow(
            "Listener",
            id=f"listener-{request.key}",
            task_queue=queue,
            search_attributes=TypedSearchAttributes([pair]),
        )
        self.cases.append(handle)
        return handle

    async def accepted(self, answers: dict[str, Any], **more: Any) -> DossierRequest:
        """A card the insurer has accepted and not decided."""  # Any: parts of a Behaviour
        family = next_family()
        request = card(family, await self.country.born(family))
        await self.country.turn("insurance", answers=answers, **more)
        assert (await self.country.file(request)).json()["outcome"] == "accepted"
        return request

    async def call(self, request: DossierRequest) -> Record | None:
        """The newest call about a dossier."""
        found: Record | None = await self.country.pool.fetchrow(
            "SELECT * FROM agency_insurance.decision_call"
            " WHERE dossier_key = $1 ORDER BY owed_since DESC LIMIT 1",
            request.key,
        )
        return found

    async def until(self, request: DossierRequest, **wanted: object) -> Record:
        """Wait until the newest call about a dossier is as described."""
        async with asyncio.timeout(PATIENCE):
            while True:
                found = await self.call(request)
                if found and all(found[name] == value for name, value in wanted.items()):
                    return found
                await asyncio.sleep(0.05)

    async def hurry(
        self, request: DossierRequest, state: str | None = None, since: datetime | None = None
    ) -> None:
        """Let no pause be left before the next attempt, and change what the book says."""
        await self.country.pool.execute(
            "UPDATE agency_insurance.decision_call SET next_at = now(),"
            " state = coalesce($2, state), owed_since = coalesce($3, owed_since)"
            " WHERE dossier_key = $1",
            request.key,
            state,
            since,
        )


async def heard(case: Handle) -> list[dict[str, Any]]:
    said: list[dict[str, Any]] = await case.query("heard")
    return said


@pytest.fixture(scope="module")
async def telephone(database_url: str, dev_server: str) -> AsyncIterator[Telephone]:
    ring = Keyring.fresh([CASES, "civil_status", "residence", "insurance"])
    rings = {id: ring.for_audience(id) for id in ("civil_status", "residence", "insurance")}
    line: dict[str, Any] = {"target_host": dev_server}
    exchange = Exchange(connection=lambda: dict(line), ring_of=rings.get)
    client = await Client.connect(dev_server, data_converter=data_converter(ring, CASES))
    async with (
        fresh_database(database_url) as url,
        running(url, exchange=exchange) as country,
        Worker(client, task_queue=QUEUE, workflows=[Listener]),
    ):
        yield Telephone(country=country, client=client, line=line, rings=rings)


@pytest.fixture(autouse=True)
async def calm(telephone: Telephone) -> AsyncIterator[None]:
    yield
    await telephone.country.calm()
    for case in telephone.cases:
        await case.terminate()
    telephone.cases.clear()


async def test_a_decision_made_later_is_told_to_the_case_by_itself(telephone: Telephone) -> None:
    request = await telephone.accepted(SOON)
    case = await telephone.case(request)

    await telephone.until(request, state="taken")

    (said,) = await heard(case)
    answer = await telephone.country.ask(request)
    told = {name: answer[name] for name in ("outcome", "decision_id", "issued", "reason_code")}
    assert {name: said[name] for name in told} == told
    assert (said["procedure"], said["round"], said["decided_by"]) == ("issue_card", 1, "automatic")
    assert said["decided_at"] == answer["decided_at"]


async def test_a_call_is_sealed_with_the_agencys_own_key(telephone: Telephone) -> None:
    request = await telephone.accepted(SOON)
    case = await telephone.case(request)

    await telephone.until(request, state="taken")

    assert [said["sealed_with"] for said in await heard(case)] == ["insurance-1"]


async def test_an_officers_decision_names_the_officer(telephone: Telephone) -> None:
    request = await telephone.accepted(PEOPLE)
    case = await telephone.case(request)

    await telephone.country.decide(request, "k1", outcome="refused", reason_code="LECH_DINH_DANH")
    await telephone.until(request, state="taken")

    (said,) = await heard(case)
    told = (said["outcome"], said["reason_code"], said["decided_by"])
    assert told == ("refused", "LECH_DINH_DANH", "cb-07")


async def test_what_is_decided_at_once_owes_no_call(telephone: Telephone) -> None:
    family = next_family()
    request = card(family, await telephone.country.born(family))

    answer = await telephone.country.file(request)

    assert answer.json()["outcome"] == "granted"
    assert await telephone.call(request) is None


async def test_a_withdrawal_owes_no_call(telephone: Telephone) -> None:
    request = await telephone.accepted(PEOPLE)

    await telephone.country.post(request, "withdrawal", {"request_id": "r"}, key="r")

    assert (await telephone.country.ask(request))["outcome"] == "refused"
    assert await telephone.call(request) is None


async def test_calls_that_are_kept_back_are_made_when_they_may_be(telephone: Telephone) -> None:
    request = await telephone.accepted(SOON, calls_back=False)
    case = await telephone.case(request)
    await telephone.until(request, state="owed")
    await asyncio.sleep(0.7)

    kept_back = await heard(case)
    await telephone.country.turn("insurance")
    await telephone.until(request, state="taken")

    assert (kept_back, len(await heard(case))) == ([], 1)


async def test_an_older_decision_never_follows_a_newer_one(telephone: Telephone) -> None:
    request = await telephone.accepted(PEOPLE, calls_back=False)
    case = await telephone.case(request)
    await telephone.country.decide(request, "k1", outcome="verify")
    await telephone.country.decide(request, "k2", outcome="granted")

    await telephone.country.turn("insurance")
    await telephone.until(request, state="taken")

    states = await telephone.country.pool.fetch(
        "SELECT state FROM agency_insurance.decision_call WHERE dossier_key = $1"
        " ORDER BY owed_since",
        request.key,
    )
    assert [said["outcome"] for said in await heard(case)] == ["granted"]
    assert [row["state"] for row in states] == ["outdated", "taken"]


async def test_a_call_made_twice_is_taken_once(telephone: Telephone) -> None:
    request = await telephone.accepted(SOON)
    case = await telephone.case(request)
    await telephone.until(request, state="taken")

    await telephone.hurry(request, state="owed")
    await telephone.until(request, state="taken", attempts=2)

    assert len(await heard(case)) == 1


@pytest.mark.parametrize("rule", ["already_decided", "unknown", "wrong_round"])
async def test_a_rejection_ends_a_call_and_is_kept(telephone: Telephone, rule: str) -> None:
    request = await telephone.accepted(PEOPLE)
    case = await telephone.case(request)
    await case.signal("reject", rule)

    await telephone.country.decide(request, "k1", outcome="granted")
    call = await telephone.until(request, state="rejected")

    assert (call["because"], await heard(case)) == (rule, [])


@pytest.mark.parametrize("rule", ["not_filed_yet", "sealed"])
async def test_a_call_that_comes_too_early_is_made_again(telephone: Telephone, rule: str) -> None:
    request = await telephone.accepted(PEOPLE)
    case = await telephone.case(request)
    await case.signal("reject", rule)
    await telephone.country.decide(request, "k1", outcome="granted")
    await telephone.until(request, state="owed", because=rule)

    await case.signal("reject", "")
    await telephone.until(request, state="taken")

    assert len(await heard(case)) == 1


async def test_a_closed_case_ends_a_call(telephone: Telephone) -> None:
    request = await telephone.accepted(PEOPLE)
    case = await telephone.case(request)
    await case.signal("close")
    await case.result()
    telephone.cases.clear()

    await telephone.country.decide(request, "k1", outcome="granted")
    call = await telephone.until(request, state="case_closed")

    assert call["ended_at"] is not None


async def test_a_case_that_is_listed_late_is_called_all_the_same(telephone: Telephone) -> None:
    request = await telephone.accepted(SOON)
    await telephone.until(request, state="owed", because="no_such_case")

    case = await telephone.case(request)
    await telephone.until(request, state="taken")

    assert len(await heard(case)) == 1


async def test_a_code_no_case_bears_for_an_hour_belongs_to_none(telephone: Telephone) -> None:
    request = await telephone.accepted(SOON)
    call = await telephone.until(request, state="owed", because="no_such_case")

    await telephone.hurry(request, since=call["owed_since"] - timedelta(hours=2))

    assert (await telephone.until(request, state="unknown"))["because"] == "no_such_case"


@asynccontextmanager
async def lacking(telephone: Telephone, url: str, **lack: Any) -> AsyncIterator[Telephone]:
    """Other agencies, whose line or whose keys are not in order."""  # Any: of an Exchange
    good = {"connection": lambda: dict(telephone.line), "ring_of": telephone.rings.get}
    async with running(url, exchange=Exchange(**(good | lack))) as country:
        yield Telephone(
            country=country, client=telephone.client, line=telephone.line, rings=telephone.rings
        )


async def test_a_server_that_is_away_loses_no_call(telephone: Telephone, database_url: str) -> None:
    hosts = [f"127.0.0.1:{free_ports(1)[0]}", telephone.line["target_host"]]

    def connection() -> dict[str, Any]:  # Any: what the SDK connects with
        return {"target_host": hosts.pop(0) if len(hosts) > 1 else hosts[0]}

    async with (
        fresh_database(database_url) as url,
        lacking(telephone, url, connection=connection) as away,
    ):
        request = await away.accepted(SOON)
        case = await away.case(request)
        await away.until(request, state="owed", because="no_line")
        await away.until(request, state="taken")

        assert len(await heard(case)) == 1
        await case.terminate()


async def test_a_case_no_worker_answers_for_is_called_until_one_does(
    telephone: Telephone, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(callbacks_line, "_PATIENCE", timedelta(seconds=1))
    request = await telephone.accepted(SOON)
    case = await telephone.case(request, queue="deserted")
    await telephone.until(request, state="owed", because="no_answer")

    async with Worker(telephone.client, task_queue="deserted", workflows=[Listener]):
        await telephone.until(request, state="taken")
        said = await heard(case)

    assert len(said) == 1


async def test_an_agency_without_a_key_keeps_its_calls(
    telephone: Telephone, database_url: str
) -> None:
    def no_ring(_: AgencyId) -> None:
        return None

    async with (
        fresh_database(database_url) as url,
        lacking(telephone, url, ring_of=no_ring) as keyless,
    ):
        request = await keyless.accepted(SOON)

        call = await keyless.until(request, because="no_line")

        assert call["state"] == "owed"


async def test_calls_outlive_the_process_that_owes_them(
    telephone: Telephone, database_url: str
) -> None:
    async with fresh_database(database_url) as url:
        async with lacking(telephone, url) as before:
            request = await before.accepted(SOON, calls_back=False)
            await before.until(request, state="owed")

        async with lacking(telephone, url) as after:
            case = await after.case(request)
            await after.until(request, state="taken")

            assert len(await heard(case)) == 1
            await case.terminate()
