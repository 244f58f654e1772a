"""`lienthong keys` shows no secret, and its changes reach the file that settings name."""

import json
import stat
from pathlib import Path

import pytest
from typer.testing import CliRunner

from codec.errors import KeyringError
from codec.keys import Keyring
from workers.cli.keys import app


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = tmp_path / "keys.json"
    Keyring.create(path, ["cases", "insurance"])
    monkeypatch.setenv("LIENTHONG_KEYS", str(path))
    return path


def test_show_names_every_key_and_no_secret(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    app(["show"], standalone_mode=False)

    shown = capsys.readouterr().out
    assert "insurance-1" in shown
    assert not [key for key in json.loads(path.read_text())["keys"].values() if key in shown]


def test_show_as_json_lists_audiences_with_their_primary_keys(path: Path) -> None:
    Keyring.change(path, lambda ring: ring.rotated("cases"))

    result = CliRunner().invoke(app, ["show", "--json"])

    assert json.loads(result.stdout) == {
        "audiences": [
            {"audience": "cases", "primary": "cases-2", "keys": ["cases-1", "cases-2"]},
            {"audience": "insurance", "primary": "insurance-1", "keys": ["insurance-1"]},
        ],
        "event_secret": True,
    }


@pytest.mark.parametrize(
    ("commands", "primary", "newest"),
    [
        ([["rotate", "cases"]], "cases-2", "cases-2"),
        ([["rotate", "cases", "--prepare"]], "cases-1", "cases-2"),
        (
            [["rotate", "cases", "--prepare"], ["rotate", "cases", "--promote"]],
            "cases-2",
            "cases-2",
        ),
    ],
    ids=["at once", "prepared", "prepared and promoted"],
)
def test_rotate_makes_a_new_key_seal_when_told(
    path: Path, commands: list[list[str]], primary: str, newest: str
) -> None:
    for command in commands:
        assert CliRunner().invoke(app, command).exit_code == 0

    ring = Keyring.load(path)
    assert ring.primary["cases"] == primary
    assert ring.key_ids("cases")[-1] == newest


def test_export_gives_an_agency_a_private_file_with_only_its_keys(path: Path) -> None:
    given = path.parent / "insurance.json"

    result = CliRunner().invoke(app, ["export", "insurance", str(given)])

    assert result.exit_code == 0
    assert stat.S_IMODE(given.stat().st_mode) == 0o600
    expected = Keyring.load(path).for_audience("insurance")
    assert Keyring.load(given).model_dump() == expected.model_dump()


def test_export_never_writes_over_a_file(path: Path) -> None:
    result = CliRunner().invoke(app, ["export", "insurance", str(path)])

    assert isinstance(result.exception, KeyringError)
    assert Keyring.load(path).event_secret is not None


def test_add_gives_an_agency_its_first_key(path: Path) -> None:
    result = CliRunner().invoke(app, ["add", "residence"])

    assert result.exit_code == 0
    assert Keyring.load(path).primary["residence"] == "residence-1"


@pytest.mark.usefixtures("path")
def test_rotate_asked_for_both_halves_at_once_is_wrong_usage() -> None:
    result = CliRunner().invoke(app, ["rotate", "cases", "--prepare", "--promote"])

    assert result.exit_code == 2
