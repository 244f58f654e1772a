"""`lienthong keys init`: keys are made once, and each agency is handed its own and no other."""

import stat
from pathlib import Path

import pytest
from typer.testing import CliRunner

from codec.keys import Keyring
from codec.marks import CASES
from workers.cli.keys import app
from workers.local.keys import AGENCIES


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = tmp_path / "keys.json"
    monkeypatch.setenv("LIENTHONG_KEYS", str(path))
    monkeypatch.setenv("LIENTHONG_STATE", str(tmp_path / "state"))
    monkeypatch.delenv("DATABASE_URL", raising=False)
    return path


def init(*arguments: str) -> None:
    result = CliRunner().invoke(app, ["init", *arguments])
    assert result.exit_code == 0, result.output


def test_the_first_time_makes_a_private_file_with_a_key_for_everybody(path: Path) -> None:
    init()

    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert set(Keyring.load(path).primary) == {CASES, *AGENCIES}


def test_the_second_time_changes_nothing(path: Path) -> None:
    init()
    before = path.read_bytes()

    init()

    assert path.read_bytes() == before


def test_an_agency_is_handed_its_own_keys_and_no_other(path: Path, tmp_path: Path) -> None:
    init("--agencies", str(tmp_path))

    handed = Keyring.load(tmp_path / "insurance.json")
    assert set(handed.keys) == {"insurance-1"}
    assert handed.event_secret is None
    assert stat.S_IMODE((tmp_path / "insurance.json").stat().st_mode) == 0o600
    assert path.exists()
    assert not (tmp_path / f"{CASES}.json").exists()


def test_after_a_rotation_an_agency_is_handed_the_new_key_too(path: Path, tmp_path: Path) -> None:
    init("--agencies", str(tmp_path))
    untouched = (tmp_path / "residence.json").stat().st_ino
    Keyring.change(path, lambda ring: ring.rotated("insurance"))

    init("--agencies", str(tmp_path))

    assert set(Keyring.load(tmp_path / "insurance.json").keys) == {"insurance-1", "insurance-2"}
    assert (tmp_path / "residence.json").stat().st_ino == untouched
