"""`lienthong schema` and `lienthong id` on the command line."""

import json

import pytest
import typer
from jsonschema import Draft202012Validator
from typer.testing import CliRunner, Result

from models.kernel.findings import Finding, Severity
from workers.cli.findings import findings_json, show_findings
from workers.cli.schema import id_, schema

from harness.declaration_samples import DATA, birth

app = typer.Typer()
app.command("schema")(schema)
app.command("id")(id_)


def _run(*arguments: str, stdin: str | None = None) -> Result:
    return CliRunner().invoke(app, arguments, input=stdin)


@pytest.mark.parametrize(
    ("group", "name"),
    [
        ("birth", "birth.json"),
        ("birth", "birth_without_notice.json"),
        ("death", "death.json"),
        ("death", "death_without_notice.json"),
    ],
)
def test_the_schema_printed_accepts_a_sound_declaration(group: str, name: str) -> None:
    printed = json.loads(_run("schema", group).stdout)

    Draft202012Validator.check_schema(printed)
    assert list(Draft202012Validator(printed).iter_errors(birth(name))) == []
    assert list(Draft202012Validator(printed).iter_errors(birth(name) | {"childs": 1}))


def test_the_schema_takes_an_absent_list_for_null() -> None:
    printed = json.loads(_run("schema", "death").stdout)

    raw = birth("death_without_notice.json") | {"relatives": None}

    assert list(Draft202012Validator(printed).iter_errors(raw)) == []


def test_the_schema_bounds_a_list_as_the_check_does() -> None:
    printed = json.loads(_run("schema", "death").stdout)
    raw = birth("death.json")

    crowd = raw | {"relatives": raw["relatives"] * 30}

    assert [one.json_path for one in Draft202012Validator(printed).iter_errors(crowd)] == [
        "$.relatives"
    ]


def test_an_unknown_schema_is_wrong_usage_and_the_known_are_listed() -> None:
    result = _run("schema", "marriage")

    assert result.exit_code == 2
    assert "birth" in result.stderr


@pytest.mark.parametrize(
    ("name", "ids"),
    [
        ("birth.json", ["birth/00417.GCS.01929.26"]),
        ("birth_twins.jsonl", ["birth/00418.GCS.01929.26", "birth/00419.GCS.01929.26"]),
        ("hospital_notice.xml", ["birth/00417.GCS.01929.26"]),
        ("death.json", ["death/01929.2026.02.153"]),
        ("hospital_death_notice.xml", ["death/01929.2026.02.153"]),
    ],
)
def test_the_id_of_every_declaration_is_printed(name: str, ids: list[str]) -> None:
    result = _run("id", str(DATA / name))

    assert result.exit_code == 0
    assert result.stdout.split() == ids


def test_ids_are_printed_for_machines() -> None:
    result = _run("id", "-", "--json", stdin=json.dumps(birth()))

    assert json.loads(result.stdout) == [
        {"source": "stdin:1", "case_id": "birth/00417.GCS.01929.26"}
    ]


@pytest.mark.parametrize("name", ["birth_without_notice.json", "death_without_notice.json"])
def test_a_declaration_without_notice_has_no_id_to_print(name: str) -> None:
    result = _run("id", str(DATA / name), "--json")

    assert result.exit_code == 1
    assert [row["case_id"] for row in json.loads(result.stdout)] == [None]


@pytest.mark.parametrize(
    ("stdin", "rule"),
    [
        ("{", "not_json"),
        ('{"schema": "marriage/1"}', "unknown_group"),
        ("5", "not_an_object"),
        ('{"schema": "birth/1"}', "required"),
    ],
)
def test_a_wrong_declaration_ends_with_its_findings(stdin: str, rule: str) -> None:
    result = _run("id", "-", "--json", stdin=stdin)

    assert result.exit_code == 2
    assert rule in {error["rule"] for error in json.loads(result.stdout)["errors"]}


def test_findings_are_shown_to_people_as_they_are_written(
    capsys: pytest.CaptureFixture[str],
) -> None:
    show_findings({"tep[1].json": [Finding(field="", rule="r", message="Sai [bold]rồi")]})

    shown = capsys.readouterr().err
    assert "Sai [bold]rồi" in shown
    assert "tep[1].json" in shown
    assert "(toàn bộ)" in shown


def test_errors_and_warnings_are_kept_apart_for_machines() -> None:
    error = Finding(field="a", rule="r", message="m")
    warning = error.model_copy(update={"severity": Severity.WARNING})

    told = findings_json({"tep:1": [warning, error]})

    row = {"source": "tep:1", "field": "a", "rule": "r", "message": "m"}
    assert told == {"errors": [row], "warnings": [row]}
