"""`lienthong lists` whole: a worker, our database, and an insurer who may be away."""

import asyncio
import json
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import asyncpg
import pytest
from temporalio.client import Client
from temporalio.worker import Worker
from typer.testing import CliRunner, Result

from activities.lists import ListActivities
from adapters.law.files import load_law
from adapters.postgres.ledger import PostgresLedger
from adapters.postgres.list_lines import ListLines
from adapters.postgres.lists import PostgresListRepository
from codec.converter import data_converter
from codec.keys import Keyring
from codec.marks import CASES
from codec.sealing import SealingCodec
from models.cases.lists import ListEntry
from models.kernel.base import AgencyId
from workers.cli import lists
from workers.runtime.failures import FailureInterceptor
from workers.runtime.wiring import CASES_QUEUE, RUNNER
from workflows.lists import PersonListsWorkflow

from fakes.person_lists import MemoryListGateway
from harness.listed_people import NAME, batch_of, deceased
from harness.our_database import OurDatabase, fresh_database
from harness.pdf_text import text_of

INSURER = AgencyId("insurance")
MONTH = "2026-11"
NUMBER = "strike_offs-00004-2611-001"
EMPTY = "TRUNCATE lienthong.list_lines, lienthong.person_lists, lienthong.list_numbers"


@dataclass
class Town:
    """Whoever is to be struck off here, and the command officials type."""

    database: OurDatabase
    codec: SealingCodec
    insurer: MemoryListGateway = field(default_factory=MemoryListGateway)

    async def lost(self, *people: ListEntry) -> None:
        """These have died, and their deaths are registered."""
        ledger = PostgresLedger(self.database.pool, ListLines(self.codec, b"g" * 32))
        await ledger.append(batch_of(people))

    async def says(self, *words: str) -> Result:
        """What the command answers."""
        return await asyncio.to_thread(CliRunner().invoke, lists.app, list(words))

    async def strikes_off(self, *words: str) -> Any:  # Any: JSON
        """The command's answer for programs, for November."""
        said = await self.says("strike-offs", "--period", MONTH, "--json", *words)
        return json.loads(said.stdout)


@pytest.fixture(scope="module")
async def made_once(database_url: str) -> AsyncIterator[OurDatabase]:
    async with fresh_database(database_url) as database:
        yield database


@pytest.fixture
async def town(
    made_once: OurDatabase, dev_server: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[Town]:
    admin = await asyncpg.connect(made_once.url)
    await admin.execute(EMPTY)
    await admin.close()
    ring = Keyring.create(tmp_path / "keys.json", [CASES])
    (tmp_path / "run").mkdir()
    addresses = {"database_url": made_once.url, "temporal": dev_server}
    (tmp_path / "run" / "addresses.json").write_text(json.dumps(addresses), "utf-8")
    monkeypatch.setenv("LIENTHONG_STATE", str(tmp_path))
    monkeypatch.delenv("TEMPORAL_ADDRESS", raising=False)
    monkeypatch.delenv("DATABASE_URL", raising=False)
    town = Town(made_once, SealingCodec(ring, CASES))
    done = ListActivities(
        PostgresListRepository(made_once.pool, town.codec),
        {INSURER: town.insurer},
        load_law().rates,
    )
    client = await Client.connect(dev_server, data_converter=data_converter(ring, CASES))
    terms: dict[str, Any] = {"interceptors": [FailureInterceptor()]}  # Any: of the SDK
    async with (
        Worker(
            client,
            task_queue=CASES_QUEUE,
            workflows=[PersonListsWorkflow],
            activities=[done.compile],
            workflow_runner=RUNNER,
            **terms,
        ),
        Worker(client, task_queue=INSURER, activities=[done.deliver], **terms),
    ):
        yield town


async def test_a_list_is_drawn_up_delivered_and_printed(town: Town, tmp_path: Path) -> None:
    await town.lost(deceased(1), deceased(2))
    folder = tmp_path / "in"

    said = await town.says(
        "strike-offs", "--period", MONTH, "--pdf", str(folder), "--excel", str(folder)
    )

    assert (said.exit_code, list(town.insurer.lists)) == (0, [NUMBER])
    assert NUMBER in said.stdout
    assert "Đã lập 1 danh sách mới: 2 dòng" in said.stdout
    assert sorted(path.name for path in folder.iterdir()) == [f"{NUMBER}.pdf", f"{NUMBER}.xlsx"]
    assert NAME in text_of((folder / f"{NUMBER}.pdf").read_bytes())


async def test_nothing_the_command_says_names_a_person(town: Town) -> None:
    await town.lost(deceased(1))

    told = [await town.says("strike-offs", *more) for more in (["--dry-run"], [], ["--json"])]

    assert not any(NAME in said.output or "001190" in said.output for said in told)


async def test_a_dry_run_draws_up_nothing(town: Town) -> None:
    await town.lost(deceased(1))

    foretold = await town.strikes_off("--dry-run")

    assert (foretold["lines"], town.insurer.lists) == (1, {})
    assert (await town.strikes_off())["new"] == [NUMBER]


async def test_a_second_run_says_that_nothing_is_new(town: Town) -> None:
    await town.lost(deceased(1))
    await town.says("strike-offs", "--period", MONTH)

    again = await town.says("strike-offs", "--period", MONTH)

    assert (again.exit_code, "Không có gì mới" in again.stdout) == (0, True)
    assert (await town.strikes_off())["new_lines"] == 0


async def test_a_rejected_line_is_a_finding_until_somebody_has_settled_it(town: Town) -> None:
    await town.lost(deceased(1), deceased(2))
    town.insurer.rejects = {deceased(2).case_code: "LECH_DINH_DANH"}

    found = await town.says("strike-offs", "--period", MONTH)
    settled = await town.says("settle", NUMBER, "2", "--by", "cb-01", "--how", "Đã sửa số")
    after = await town.says("strike-offs", "--period", MONTH)

    assert found.exit_code == 1
    assert f"{NUMBER} dòng 2, hồ sơ {deceased(2).case_code}: LECH_DINH_DANH" in found.stdout
    assert (settled.exit_code, after.exit_code) == (0, 0)


async def test_settling_what_nobody_rejected_is_told_apart(town: Town) -> None:
    said = await town.says("settle", NUMBER, "1", "--by", "cb-01", "--how", "Nhầm")

    assert said.exit_code == 1


async def test_while_the_insurer_is_away_the_list_is_there_and_goes_on_its_own(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lists, "PATIENCE", 0.5)
    town.insurer.unreachable = True
    await town.lost(deceased(1))

    away = await town.strikes_off()
    town.insurer.unreachable = False
    monkeypatch.setattr(lists, "PATIENCE", 20.0)
    back = await town.strikes_off()

    assert (away["new"], away["finished"]) == ([NUMBER], False)
    assert (back["new"], back["finished"]) == ([], True)
    assert back["lists"][0]["taken"] == 1


@pytest.mark.parametrize("words", [["--period", "13"], ["--place", "4"]])
async def test_wrong_words_are_told_and_nothing_is_done(town: Town, words: list[str]) -> None:
    said = await town.says("cards", *words)

    assert said.exit_code == 2
