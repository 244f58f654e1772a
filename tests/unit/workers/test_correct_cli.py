"""What people type about corrections: wrong words are named, and nothing is sent."""

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from workers.cli.app import build

SOUND = {
    "correction_id": "12-QD",
    "case_code": "H26.05.13-261120-0001",
    "kind": "revoked",
    "act": "register_birth",
    "decided_by": "canbo-01",
    "legal_basis": "QĐ 12",
}


@pytest.fixture(autouse=True)
def nothing_runs(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Whatever gets past the check of words would fail for want of a key file."""
    monkeypatch.setenv("LIENTHONG_STATE", str(tmp_path))


def run(*words: str) -> Result:
    return CliRunner().invoke(build(words[0]), [*words])


def fields(result: Result) -> list[str]:
    return [error["field"] for error in json.loads(result.stdout)["errors"]]


@pytest.mark.parametrize(
    ("wrong", "expected"),
    [
        ({"kind": "deleted"}, ["kind"]),
        ({"decided_by": "Nguyễn Văn A", "legal_basis": ""}, ["decided_by", "legal_basis"]),
        ({"aproved_by": "x"}, ["aproved_by"]),
        ({"correction_id": "có dấu cách"}, ["correction_id"]),
    ],
)
def test_a_decision_in_wrong_words_is_not_sent(
    tmp_path: Path, wrong: dict[str, Any], expected: list[str]
) -> None:
    file = tmp_path / "quyet-dinh.json"
    file.write_text(json.dumps(SOUND | wrong), "utf-8")

    result = run("correct", str(file), "--json")

    assert result.exit_code == 2
    assert fields(result) == expected


def test_what_is_no_json_is_not_sent(tmp_path: Path) -> None:
    file = tmp_path / "quyet-dinh.json"
    file.write_text("thu hồi", "utf-8")

    result = run("correct", str(file))

    assert result.exit_code == 2
    assert "không đọc được tệp JSON" in result.output


def test_an_approver_is_an_id_and_no_name() -> None:
    result = run("approve", "12-QD", "--by", "Nguyễn Văn A", "--json")

    assert result.exit_code == 2
    assert fields(result) == ["by"]


def test_a_task_is_closed_with_one_of_the_known_outcomes() -> None:
    words = ("settle-task", "12-QD", "claim_back.x", "--by", "a", "--reason", "r")

    result = run(*words, "--outcome", "forgotten")

    assert result.exit_code == 2
