"""The runbook's filters, tried on a real server: a renamed attribute must not leave one behind."""

import re
from pathlib import Path

import pytest
from temporalio.client import Client

RUNBOOK = Path(__file__).parents[2] / "docs" / "operations.md"
SECTION = RUNBOOK.read_text("utf-8").split("## Who is waited for")[1].split("\n## ")[0]
ROWS = [line for line in SECTION.splitlines() if line.startswith("| ") and "`" in line]
FILTERS = [found for row in ROWS for found in re.findall(r"`([^`]+)`", row)]


def test_the_runbook_has_filters() -> None:
    assert len(FILTERS) > len(ROWS) > 0


@pytest.mark.parametrize("query", FILTERS)
async def test_a_filter_of_the_runbook_is_understood(query: str, dev_server: str) -> None:
    client = await Client.connect(dev_server)

    count = await client.count_workflows(query)

    assert count.count >= 0
