"""`lienthong ops` whole: what operators type, over a real register, outbox and server."""

import asyncio
import json
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import timedelta
from itertools import count
from pathlib import Path
from typing import Any

import asyncpg
import pytest
from temporalio.client import Client
from typer.testing import CliRunner, Result

from adapters.postgres.cases import PostgresCaseRepository
from adapters.postgres.ledger import PostgresLedger
from adapters.postgres.outbox import PostgresOutbox
from codec.keys import Keyring
from codec.marks import CASES
from models.contracts.dossiers import Notice
from models.kernel.base import CaseCode
from models.operations.outbox import Delivery, Fate
from workers.cli import ops

from harness.admissions import admission, batch, entry
from harness.our_database import OurDatabase, fresh_database

BY = ("--by", "OPS-7", "--reason", "bị dừng ngang trên giao diện")
KEY = "H26.05.13-261117-0001-1-due-1-2611191700"
EMPTY = "TRUNCATE lienthong.outbox, lienthong.cases CASCADE"
_family = count(8001)


@dataclass
class Operator:
    """Who types, and where."""

    database: OurDatabase
    client: Client

    async def types(self, *words: str) -> Result:
        """What the command answers."""
        return await asyncio.to_thread(CliRunner().invoke, ops.app, list(words))

    async def is_told(self, *words: str) -> Any:  # Any: JSON
        """The command's answer for programs."""
        return json.loads((await self.types(*words, "--json")).stdout)

    async def killed_case(self) -> CaseCode:
        """A case that was terminated before it wrote anything."""
        family = next(_family)
        case_id = f"birth/ops-{family}"
        run = await self.client.start_workflow("Nobody", id=case_id, task_queue="nobody")
        await run.terminate()
        admitted = admission(family, str(run.first_execution_run_id), case_id=case_id)
        outcome = await PostgresCaseRepository(self.database.pool).open(admitted)
        assert outcome.opening is not None
        return outcome.opening.case_code

    async def refused_reminder(self) -> None:
        """A reminder the notification office calls wrong."""
        notice = Notice(
            key=KEY, case_code=CaseCode("H26"), kind="due", to={}, title="Đến hạn", body="…"
        )
        told = batch("birth/so-1", entry(1)).model_copy(update={"notices": (notice,)})
        await PostgresLedger(self.database.pool).append(told)
        outbox = PostgresOutbox(self.database.pool)
        (leased,) = await outbox.lease(1, timedelta(minutes=1))
        await outbox.settle(
            Delivery(key=KEY, attempt=leased.attempt, fate=Fate.REFUSED, error="Refused")
        )


@pytest.fixture(scope="module")
async def made_once(database_url: str) -> AsyncIterator[OurDatabase]:
    async with fresh_database(database_url) as database:
        yield database


@pytest.fixture
async def operator(
    made_once: OurDatabase, dev_server: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Operator:
    owner = await asyncpg.connect(made_once.url)
    await owner.execute(EMPTY)
    await owner.close()
    Keyring.create(tmp_path / "keys.json", [CASES])
    (tmp_path / "run").mkdir()
    addresses = {"database_url": made_once.url, "temporal": dev_server}
    (tmp_path / "run" / "addresses.json").write_text(json.dumps(addresses), "utf-8")
    monkeypatch.setenv("LIENTHONG_STATE", str(tmp_path))
    monkeypatch.delenv("TEMPORAL_ADDRESS", raising=False)
    monkeypatch.delenv("DATABASE_URL", raising=False)
    return Operator(made_once, await Client.connect(dev_server))


async def test_where_nothing_is_stuck_the_command_says_so_and_ends_well(
    operator: Operator,
) -> None:
    said = await operator.types("reminders")

    assert (said.exit_code, said.stdout.count("0 bị từ chối")) == (0, 1)
    assert (await operator.is_told("stuck"))["dead"] == []


async def test_a_dead_case_is_listed_for_people_and_for_programs(operator: Operator) -> None:
    code = await operator.killed_case()

    said, told = await operator.types("stuck"), await operator.is_told("stuck")

    (dead,) = told["dead"]
    assert said.exit_code == 1
    assert code in said.stdout
    assert "1 hồ sơ không còn tiến trình" in said.stdout
    assert (dead["case_code"], dead["run_status"]) == (code, "terminated")
    assert {one["state"] for one in dead["dossiers"]} == {"waiting"}


async def test_a_dead_case_is_let_go_only_by_force_where_nobody_knows_what_it_filed(
    operator: Operator,
) -> None:
    code = await operator.killed_case()

    careful = await operator.types("release", code, *BY)
    forced = await operator.types("release", code, *BY, "--force")
    again = await operator.is_told("release", code, "--by", "OPS-8", "--reason", "khác")

    assert (careful.exit_code, "--force" in careful.output) == (1, True)
    assert forced.exit_code == 0
    assert "gia đình có thể nộp lại" in forced.stdout.replace("\n", " ")
    assert (again["released_by"], again["forced"]) == ("OPS-7", True)
    assert (await operator.is_told("stuck"))["dead"] == []


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        (("--by", "Nguyễn Văn A", "--reason", "x"), "by"),
        (("--by", "OPS-7", "--reason", "  "), "reason"),
    ],
)
async def test_wrong_words_name_their_field_and_release_nothing(
    operator: Operator, wrong: tuple[str, ...], field: str
) -> None:
    code = await operator.killed_case()

    said = await operator.types("release", code, *wrong, "--json")

    (error,) = json.loads(said.stdout)["errors"]
    assert (said.exit_code, error["field"]) == (2, field)
    assert len((await operator.is_told("stuck"))["dead"]) == 1


async def test_a_refused_reminder_is_seen_counted_and_sent_again_on_request(
    operator: Operator,
) -> None:
    await operator.refused_reminder()

    seen = await operator.types("reminders")
    told, stuck = await operator.is_told("reminders"), await operator.is_told("stuck")
    retried = await operator.types("reminders", "--retry", KEY)
    again = await operator.types("reminders", "--retry-all")

    assert (seen.exit_code, told["refused"], stuck["reminders"]["refused"]) == (1, 1, 1)
    assert [one["key"] for one in told["refused_reminders"]] == [KEY]
    assert (retried.exit_code, again.exit_code) == (0, 1)
    assert (await PostgresOutbox(operator.database.pool).count()).waiting == 1
