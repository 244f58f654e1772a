"""`doctor` says what is wrong, and only that."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from workers.cli.app import build
from workers.local.checks import examine
from workers.runtime.settings import Settings


async def test_before_the_first_up_only_the_missing_run_is_a_finding(tmp_path: Path) -> None:
    checks = await examine(Settings(state=tmp_path / "state"))

    wrong = {check.name: check.detail for check in checks if not check.ok}
    assert set(wrong) - {"cổng"} == {"đang chạy"}
    assert "lienthong up" in wrong["đang chạy"]
    assert not (tmp_path / "state").exists()


async def test_each_thing_that_is_wrong_says_how_to_mend_it(tmp_path: Path) -> None:
    (tmp_path / "version").write_text("99", "ascii")
    (tmp_path / "keys.json").write_text("{}", "utf-8")
    (tmp_path / "keys.json").chmod(0o644)

    checks = await examine(Settings(state=tmp_path))

    wrong = {check.name: check.detail for check in checks if not check.ok}
    assert "LIENTHONG_STATE" in wrong["thư mục trạng thái"]
    assert "chmod 600" in wrong["khoá"]


def test_a_finding_exits_1_and_json_is_for_machines(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LIENTHONG_STATE", str(tmp_path / "state"))

    result = CliRunner().invoke(build("doctor"), ["doctor", "--json"])

    assert result.exit_code == 1
    checks = {check["name"]: check for check in json.loads(result.stdout)["checks"]}
    assert checks["Python"]["ok"]
    assert not checks["đang chạy"]["ok"]
