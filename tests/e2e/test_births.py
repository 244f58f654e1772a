"""Births on the composed stack: what must hold when things go wrong, counted at the agencies."""

import asyncio
import json
import shutil
import signal
import subprocess
from collections import Counter
from collections.abc import AsyncIterator, Iterable
from pathlib import Path
from typing import NamedTuple

import pytest
from temporalio.api.common.v1 import WorkflowExecution
from temporalio.api.workflowservice.v1 import DeleteWorkflowExecutionRequest
from temporalio.client import Client
from temporalio.contrib.pydantic import pydantic_data_converter
from temporalio.service import RPCError, RPCStatusCode

from models.cases.status import CaseStatus
from models.kernel.vocabulary import CaseState
from workers.client.cases import Filing

from harness.country import Country, Raw
from harness.leaks import leaks
from harness.patience import LONG_ENOUGH, found_in_time

NODE = Path(__file__).parents[2] / "examples" / "node"
ISSUED_AT = {
    "register_birth": "agency_civil_status.birth_registration",
    "register_residence": "agency_residence.residence_record",
    "issue_card": "agency_insurance.card",
}
pytestmark = pytest.mark.timeout(240)


class Forgotten(NamedTuple):
    """A finished case whose history the server is told to delete."""

    case_id: str
    declared: Raw
    report: CaseStatus


@pytest.fixture(scope="module", autouse=True)
async def forgotten(country: Country) -> Forgotten:
    """Asked for before all else: the server takes half a minute over it."""
    births = await country.births(1)
    ((case_id, declared),) = births.items()
    await country.start(births)
    (report,) = await country.reports(births)
    request = DeleteWorkflowExecutionRequest(
        namespace=country.client.namespace,
        workflow_execution=WorkflowExecution(workflow_id=case_id),
    )
    await country.client.workflow_service.delete_workflow_execution(request)
    return Forgotten(case_id, declared, report)


@pytest.fixture(autouse=True)
async def calm(country: Country) -> AsyncIterator[None]:
    """However a test ends, the insurer is there for the next."""
    yield
    await country.behave("insurance")


async def issued(country: Country, procedure: str) -> Counter[str]:
    """How often an agency did its act, by case."""
    rows = await country.rows(f"SELECT dossier_key FROM {ISSUED_AT[procedure]}")  # noqa: S608
    return Counter(row["dossier_key"].rpartition(f"-{procedure}-")[0] for row in rows)


def codes(reports: Iterable[CaseStatus]) -> set[str]:
    return {str(report.case_code) for report in reports}


def once_each(reports: Iterable[CaseStatus]) -> dict[str, int]:
    return dict.fromkeys(codes(reports), 1)


async def issued_to(
    country: Country, procedure: str, reports: Iterable[CaseStatus]
) -> dict[str, int]:
    found = await issued(country, procedure)
    return {code: found[code] for code in codes(reports)}


async def test_a_worker_killed_in_the_middle_of_fifty_cases_costs_nobody_a_card(
    country: Country,
) -> None:
    births = await country.births(50)
    before = (await issued(country, "issue_card")).total()
    await country.start(births)
    await found_in_time(lambda: issued(country, "issue_card"), lambda cards: cards.total() > before)

    country.process("worker").send_signal(signal.SIGKILL)
    reports = await asyncio.wait_for(country.reports(births), 2 * LONG_ENOUGH)

    assert {report.state for report in reports} == {CaseState.COMPLETED}
    for procedure in ISSUED_AT:
        assert await issued_to(country, procedure, reports) == once_each(reports)


async def test_an_insurer_away_delays_only_the_cards_and_ends_by_itself(country: Country) -> None:
    births = await country.births(20)
    await country.behave("insurance", reachable="down")
    await country.start(births)

    lacking_a_card = await found_in_time(lambda: with_all_but_a_card(country, births), is_twenty)
    listed = await found_in_time(lambda: in_outage(country), is_twenty)
    await country.behave("insurance")
    reports = await asyncio.wait_for(country.reports(births), LONG_ENOUGH)

    assert (lacking_a_card, listed) == (20, 20)
    assert {report.state for report in reports} == {CaseState.COMPLETED}
    assert await issued_to(country, "issue_card", reports) == once_each(reports)


def is_twenty(found: int) -> bool:
    return found == 20


async def with_all_but_a_card(country: Country, births: Iterable[str]) -> int:
    """How many cases have everything but the card."""
    procedures = [status.dossiers for status in await country.statuses(births)]
    granted = [{str(d.procedure) for d in one if d.state == "granted"} for one in procedures]
    return granted.count({"register_birth", "register_residence"})


async def in_outage(country: Country) -> int:
    """How many open cases the list of workflows shows to be out of touch with an agency."""
    query = "WaitingFor = 'outage' AND ExecutionStatus = 'Running' AND CaseState = 'in_progress'"
    return (await country.client.count_workflows(query)).count


async def test_a_birth_registered_once_stays_so_after_its_history_is_gone(
    country: Country, forgotten: Forgotten
) -> None:
    gone = await found_in_time(lambda: is_unknown(country, forgotten.case_id), bool, within=120)

    filing = await country.desk.start("birth", forgotten.case_id, forgotten.declared)
    second = await country.desk.report(forgotten.case_id)

    assert gone
    assert filing is Filing.STARTED
    assert (second.state, second.duplicate_of) == (
        CaseState.DUPLICATE,
        forgotten.report.case_code,
    )


async def is_unknown(country: Country, case_id: str) -> bool:
    """Whether the server no longer knows an id, as after the time it keeps histories."""
    try:
        await country.client.get_workflow_handle(case_id).describe()
    except RPCError as error:
        if error.status is RPCStatusCode.NOT_FOUND:
            return True
        raise
    return False


async def test_a_starter_with_default_policies_is_told_of_the_first_case(country: Country) -> None:
    births = await country.births(1)
    ((case_id, raw),) = births.items()
    await country.start(births)
    (first,) = await country.reports(births)
    raw["child"]["full_name"] = "Tên Khác Hẳn"

    second = await country.client.execute_workflow(
        "BirthGroup", raw, id=case_id, task_queue="cases", result_type=CaseStatus
    )

    assert (second.state, second.duplicate_of) == (CaseState.DUPLICATE, first.case_code)


async def test_a_plain_start_is_refused_where_it_is_not_allowed(country: Country) -> None:
    births = await country.births(1, told_openly=True)
    ((case_id, raw),) = births.items()
    config = country.client.config()
    config["data_converter"] = pydantic_data_converter
    plain = Client(**config)

    await plain.start_workflow("BirthGroup", raw, id=case_id, task_queue="cases")
    report = await country.desk.report(case_id)

    assert report.state is CaseState.REFUSED_AT_INTAKE
    assert [error.rule for error in report.errors] == ["plain_start"]


@pytest.mark.skipif(shutil.which("npm") is None, reason="npm is not on this machine")
async def test_a_case_started_from_node_runs_to_its_report(
    country: Country, tmp_path: Path
) -> None:
    births = await country.births(1)
    ((case_id, raw),) = births.items()
    example = tmp_path / "node"
    shutil.copytree(NODE, example, ignore=shutil.ignore_patterns("node_modules"))
    (example / "declaration.json").write_text(json.dumps(raw), "utf-8")

    install = await run(["npm", "install", "--no-audit", "--no-fund"], example)
    ended = await run(
        [
            "env",
            f"TEMPORAL_ADDRESS={country.addresses.temporal}",
            "node",
            "start-birth.mjs",
            "declaration.json",
            "--keys",
            str(country.settings.key_file),
        ],
        example,
    )

    assert install.returncode == 0, install.stderr
    assert ended.returncode == 0, ended.stderr
    assert (await country.desk.report(case_id)).state is CaseState.COMPLETED


async def run(command: list[str], folder: Path) -> subprocess.CompletedProcess[str]:
    return await asyncio.to_thread(
        subprocess.run,
        command,
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
        timeout=LONG_ENOUGH,
    )


async def test_what_families_declared_is_readable_nowhere_in_our_files(country: Country) -> None:
    """Last: it looks at everything the tests before it left behind."""
    births = await country.births(5)
    await country.start(births)
    await country.reports(births)

    secrets = country.secrets - country.told_openly
    leaking = await leaks(country, secrets)

    assert len(secrets) > 100
    assert leaking == []
