"""Who may import whom: `.importlinter` run, and what each room may take from outside."""

import sys
from pathlib import Path

import grimp
import pytest
from importlinter.cli import lint_imports

ROOT = Path(__file__).parents[3]
ROOMS = (
    "models",
    "law",
    "codec",
    "activities",
    "workflows",
    "adapters",
    "backends",
    "workers",
    "simulation",
)
OUTSIDE = {
    "models": {"pydantic", "pydantic_core", "typing_extensions"},
    "law": set(),
    "codec": {
        "cryptography",
        "google",
        "pydantic",
        "pydantic_core",
        "structlog",
        "temporalio",
        "typing_extensions",
    },
    "activities": {"structlog", "temporalio"},
    "workflows": {"pydantic", "temporalio"},
    "adapters": {
        "asyncpg",
        "defusedxml",
        "holidays",
        "httpx",
        "openpyxl",
        "pydantic",
        "segno",
        "temporalio",  # the form in which payloads are sealed
        "typing_extensions",
        "typst",
        "vietnam_provinces",
    },
    "backends": {
        "asyncpg",
        "fastapi",
        "httpx",
        "pydantic",
        "starlette",
        "structlog",
        "temporalio",
        "typing_extensions",
        "uvicorn",
        "vietnam_provinces",
    },
}
"""What a room may import besides Python itself; workers wire everything and may import anything."""


@pytest.fixture(scope="module")
def graph() -> grimp.ImportGraph:
    return grimp.build_graph(*ROOMS, include_external_packages=True, cache_dir=None)


def test_every_contract_between_the_rooms_is_kept(capsys: pytest.CaptureFixture[str]) -> None:
    code = lint_imports(config_filename=str(ROOT / ".importlinter"), no_cache=True)

    assert code == 0, capsys.readouterr().out


@pytest.mark.parametrize("room", OUTSIDE)
def test_a_room_takes_from_outside_only_what_it_is_for(room: str, graph: grimp.ImportGraph) -> None:
    imported = {
        found
        for module in (room, *graph.find_descendants(room))
        for found in graph.find_modules_directly_imported_by(module)
    }

    tops = {name.partition(".")[0] for name in imported} - set(ROOMS) - sys.stdlib_module_names

    assert tops <= OUTSIDE[room]


def test_every_package_we_ship_is_under_contract() -> None:
    shipped = {path.parent.name for path in ROOT.glob("*/__init__.py")}

    assert shipped == set(ROOMS)
