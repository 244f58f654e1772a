"""Tests in several processes: what shares a stack stays together, and what takes longest begins."""

from pathlib import Path
from typing import Any

import pytest
from typing_extensions import override
from xdist.scheduler import LoadScopeScheduling

ROOMS = ("e2e", "backends", "adapters", "workflows", "replay", "unit")
"""In the order in which they begin: what starts whole stacks first, what ends at once last."""
ON_ONE_STACK = ("tests/e2e/test_births.py", "tests/e2e/test_people.py")
"""Files whose tests use the country of the session: one process starts it."""


class SharedOut(LoadScopeScheduling):  # type: ignore[misc]  # xdist comes without types
    """A process takes one file after another, with all that shares a stack with it."""

    @override
    def _split_scope(self, nodeid: str) -> str:
        file = nodeid.partition("::")[0]
        return ON_ONE_STACK[0] if file in ON_ONE_STACK else file


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> SharedOut:
    """Share out by files, in the order in which they were collected."""  # Any: of xdist's own
    config.option.loadscopereorder = False
    return SharedOut(config, log)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with the rooms that take longest; within a room nothing moves."""
    items.sort(key=lambda item: _turn(item.path.relative_to(item.config.rootpath)))


def _turn(file: Path) -> int:
    return next((turn for turn, room in enumerate(ROOMS) if room in file.parts), len(ROOMS))
