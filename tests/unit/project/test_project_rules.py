"""Rules of the project that a machine can keep: what no file may hold, and what every page must."""

import re
import shutil
import subprocess
import tomllib
import unicodedata
from pathlib import Path

import pytest
import typer
from typer.core import TyperGroup

from workers.cli.app import build
from workers.runtime.settings import Settings

ROOT = Path(__file__).parents[3]
GIT = shutil.which("git") or ""
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
NOT_OURS = {"tests/data/compose-spec.json"}
HOSTS = ("py" + "pi.org", "python" + "hosted.org", "npm" + "js.org", "npm" + "js.com")
MACHINE_PATHS = re.compile(r"(?<![\w.])/(?:work|root|home|Users)/")
LINK = re.compile(r"\[[^\]]*\]\((?!https?:|mailto:)([^)\s]+)\)")
COMMAND = re.compile(r"(?:`(?:[A-Z_]+=\S+ )*|\.venv/bin/|\$ )lienthong ([a-z][a-z -]*)")
TARGET = re.compile(r"`make ([a-z]+)")
ROOMS = (
    "models law codec activities workflows adapters backends workers simulation"
    " tests docs deploy examples"
)
PLACE = re.compile(rf"`((?:{'|'.join(ROOMS.split())})/[\w./*-]*)`")
VARIABLE = re.compile(r"\b(?:LIENTHONG_[A-Z_]+|DATABASE_URL)\b")


def _tracked() -> list[str]:
    if not GIT or not (ROOT / ".git").exists():
        return []
    command = [GIT, "ls-files", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout  # noqa: S603
    return [name for name in listed.splitlines() if (ROOT / name).is_file()]


def _read(name: str) -> str | None:
    try:
        return (ROOT / name).read_text("utf-8")
    except UnicodeDecodeError:
        return None


FILES = {name: text for name in _tracked() if (text := _read(name)) is not None}
PAGES = {name: text for name, text in FILES.items() if name.endswith(".md")}
OURS = {name: text for name, text in FILES.items() if name not in NOT_OURS}


@pytest.fixture(autouse=True)
def _needs_a_clone() -> None:
    if not FILES:
        pytest.skip("not a git clone: the list of files is git's")


def _where(pattern: re.Pattern[str]) -> list[str]:
    return [
        f"{name}:{number}"
        for name, text in OURS.items()
        for number, line in enumerate(text.splitlines(), start=1)
        if pattern.search(line)
    ]


def test_no_file_names_a_package_registry() -> None:
    assert _where(re.compile("|".join(map(re.escape, HOSTS)))) == []


def test_no_file_names_a_path_of_somebodys_machine() -> None:
    assert _where(MACHINE_PATHS) == []


def test_work_left_to_do_names_its_issue() -> None:
    left = re.compile(r"\b(?:TO" + r"DO|FIX" + r"ME|XX" + r"X)\b(?!\(#\d+\))")

    assert _where(left) == []


def test_every_letter_is_composed() -> None:
    """A Vietnamese letter has two encodings; searches find only what is written in this one."""
    decomposed = [
        name for name, text in FILES.items() if not unicodedata.is_normalized("NFC", text)
    ]

    assert decomposed == []


def test_the_lock_pins_every_package_by_hash_and_names_no_place() -> None:
    lock = FILES["requirements.lock"]

    entries = re.split(r"\n(?=\S)", re.sub(r"(?m)^\s*#.*\n?", "", lock).strip())

    assert entries
    unpinned = [one for one in entries if not re.match(r"[\w.-]+(\[[\w,-]+\])?==\S", one)]
    assert unpinned == []
    assert [one.split()[0] for one in entries if "--hash=sha256:" not in one] == []
    assert "://" not in lock
    assert "-index" not in lock


def test_every_link_between_pages_leads_somewhere() -> None:
    broken = [
        f"{name} -> {target}"
        for name, text in PAGES.items()
        for target in LINK.findall(text)
        if not _leads_somewhere(name, target)
    ]

    assert broken == []


def test_every_file_a_page_names_is_there() -> None:
    missing = [
        f"{name}: {place}"
        for name, text in PAGES.items()
        for place in PLACE.findall(text)
        if not any(ROOT.glob(place.rstrip("/")))
    ]

    assert missing == []


def test_the_changelog_tells_of_the_current_version() -> None:
    assert f"## {PROJECT['project']['version']}" in FILES["CHANGELOG.md"]


def test_every_setting_is_documented_and_no_other_is() -> None:
    ours = {
        str(field.validation_alias or f"LIENTHONG_{setting}".upper())
        for setting, field in Settings.model_fields.items()
    }

    documented = set(VARIABLE.findall(FILES["docs/operations.md"]))
    mentioned = {name for text in PAGES.values() for name in VARIABLE.findall(text)}

    assert documented >= ours
    assert mentioned <= ours


@pytest.mark.parametrize("page", sorted(PAGES))
def test_every_command_a_page_names_exists(page: str) -> None:
    named = {words.strip() for words in COMMAND.findall(PAGES[page])}

    assert [words for words in named if not _is_command(words.split())] == []


@pytest.mark.parametrize("page", sorted(PAGES))
def test_every_target_a_page_names_exists(page: str) -> None:
    targets = set(re.findall(r"^([a-z]+):", FILES["Makefile"], re.MULTILINE))

    assert set(TARGET.findall(PAGES[page])) <= targets


def test_commits_are_checked_by_the_tools_of_the_lock() -> None:
    hooks = FILES[".pre-commit-config.yaml"]

    entries = re.findall(r"entry: (\S+)", hooks)

    assert "rev:" not in hooks
    assert {entry.rpartition("/")[0] for entry in entries} == {".venv/bin"}


def _leads_somewhere(page: str, target: str) -> bool:
    path, _, anchor = target.partition("#")
    file = (ROOT / page).parent / path if path else ROOT / page
    if not file.exists():
        return False
    return not anchor or anchor in _anchors(file.read_text("utf-8"))


def _anchors(text: str) -> set[str]:
    """Headings as they are linked to: lower case, marks dropped, spaces as dashes."""
    headings = re.findall(r"^#+ (.+)$", text, re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def _is_command(words: list[str]) -> bool:
    """Whether the words lead to a command; what follows a command is its arguments."""
    command: object = typer.main.get_command(build(None))
    for word in words:
        if not isinstance(command, TyperGroup):
            return True
        if word not in command.commands:
            return False
        command = command.commands[word]
    return True
