"""docker-compose.yml, held against its schema, the older docker-compose, and our own commands."""

import json
import re
import shutil
import subprocess
import tomllib
from pathlib import Path

import pytest
import typer
import yaml
from jsonschema import Draft202012Validator
from temporalio.envconfig import ClientConfig
from typer.core import TyperGroup
from typer.exceptions import TyperException

from workers.cli.app import build
from workers.local.ports import AGENCY_PORTS
from workers.runtime.settings import Settings

from harness import composed

TEXT = composed.FILE.read_text("utf-8")
SERVICES = composed.services(TEXT)
OURS = {name: service for name, service in SERVICES.items() if composed.is_ours(service)}
ONE_SHOTS = {"temporal-schema", "temporal-namespace", "keys", "cli"}
PROJECT = tomllib.loads((composed.ROOT / "pyproject.toml").read_text("utf-8"))
SCHEMA = json.loads((composed.ROOT / "tests" / "data" / "compose-spec.json").read_text("utf-8"))
OLDER = shutil.which("docker-compose")


def test_the_file_keeps_todays_compose_specification() -> None:
    document = yaml.safe_load(TEXT)

    problems = [problem.message for problem in Draft202012Validator(SCHEMA).iter_errors(document)]

    assert problems == []


@pytest.mark.skipif(OLDER is None, reason="docker-compose 1.29 (Debian's) is not installed here")
def test_the_older_docker_compose_reads_the_file_too(tmp_path: Path) -> None:
    variables = tmp_path / "variables"
    variables.write_text("".join(f"{name}={pw}\n" for name, pw in composed.PASSWORDS.items()))
    command = [str(OLDER), "--file", str(composed.FILE), "--env-file", str(variables), "config"]

    done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603

    assert done.returncode == 0, done.stderr
    assert set(yaml.safe_load(done.stdout)["services"]) == set(SERVICES)


@pytest.mark.parametrize("name", OURS)
def test_every_service_of_ours_runs_a_command_that_exists(name: str) -> None:
    command = typer.main.get_command(build(None))
    arguments = list(OURS[name]["command"])

    assert _parse(command, arguments) == []


@pytest.mark.parametrize("arguments", [["no-such"], ["worker", "--no-such"], ["agencies", "no"]])
def test_a_command_that_does_not_exist_would_be_noticed(arguments: list[str]) -> None:
    command = typer.main.get_command(build(None))

    with pytest.raises((AssertionError, TyperException)):
        _parse(command, arguments)


@pytest.mark.parametrize("name", OURS)
def test_every_service_of_ours_is_given_settings_that_exist(name: str) -> None:
    known = {
        str(field.validation_alias or f"LIENTHONG_{setting}".upper())
        for setting, field in Settings.model_fields.items()
    } | {"TEMPORAL_ADDRESS", "TEMPORAL_NAMESPACE"}

    assert set(OURS[name]["environment"]) <= known


def test_temporals_own_configuration_understands_what_it_is_told() -> None:
    told = {
        name: value
        for name, value in OURS["worker-cases"]["environment"].items()
        if name.startswith("TEMPORAL_")
    }

    config = ClientConfig.load_client_connect_config(disable_file=True, override_env_vars=told)

    assert (config["target_host"], config["namespace"]) == ("temporal:7233", "default")


def test_agencies_are_called_where_they_listen() -> None:
    urls = json.loads(OURS["agencies"]["environment"]["LIENTHONG_AGENCIES"])

    assert urls == {id: f"http://agencies:{port}" for id, port in AGENCY_PORTS.items()}
    assert OURS["worker-cases"]["environment"]["LIENTHONG_AGENCIES"] == json.dumps(urls)


def test_every_queue_with_work_has_a_worker() -> None:
    polled = {
        argument
        for name in ("worker-cases", "worker-agencies")
        for argument in OURS[name]["command"][1:]
        if not argument.startswith("--")
    }

    assert polled == {"cases", *AGENCY_PORTS} - {"population"}


def test_every_port_is_bound_to_this_machine_alone() -> None:
    published = [port for service in SERVICES.values() for port in service.get("ports", ())]

    assert published
    assert all(port.startswith("127.0.0.1:") for port in published)


def test_no_password_stands_in_the_file_and_none_may_be_forgotten() -> None:
    uses = set(re.findall(r"\$\{(\w*PASSWORD):\?", TEXT))
    secret_values = re.findall(r"(?:PASSWORD|_PWD): *(.+)|://\w+:(.+?)@", TEXT)

    assert uses == set(composed.PASSWORDS)
    assert all((one or other).startswith("${") for one, other in secret_values)
    with pytest.raises(ValueError, match="PASSWORD is required"):
        composed.services(TEXT, {})


def test_every_variable_is_explained_in_the_example() -> None:
    example = (composed.ROOT / "deploy" / ".env.example").read_text("utf-8")

    explained = set(re.findall(r"^(\w+)=", example, re.MULTILINE))

    assert explained == {found["name"] for found in composed.VARIABLE.finditer(TEXT)}


def test_every_mounted_file_is_here() -> None:
    mounted = [
        volume.split(":")[0]
        for service in SERVICES.values()
        for volume in service.get("volumes", ())
        if volume.startswith("./")
    ]

    assert mounted
    assert [path for path in mounted if not (composed.ROOT / path).is_file()] == []


def test_every_script_runs_in_a_shell_of_its_own() -> None:
    """The postgres image would source one that is not executable into its own shell."""
    scripts = list((composed.ROOT / "deploy").glob("*/*.sh"))

    assert scripts
    assert [script.name for script in scripts if not script.stat().st_mode & 0o111] == []


@pytest.mark.parametrize("name", sorted(set(SERVICES) - ONE_SHOTS - {"temporal-ui"}))
def test_every_lasting_service_says_whether_it_is_well(name: str) -> None:
    assert "healthcheck" in SERVICES[name]


def test_whoever_waits_waits_for_what_can_be_waited_for() -> None:
    waits = [
        (other, wait["condition"])
        for service in SERVICES.values()
        for other, wait in service.get("depends_on", {}).items()
    ]

    assert {other for other, how in waits if how == "service_completed_successfully"} <= ONE_SHOTS
    assert all("healthcheck" in SERVICES[other] for other, how in waits if how == "service_healthy")


def test_the_image_is_of_this_version_and_holds_every_package_of_ours() -> None:
    dockerfile = (composed.ROOT / "deploy" / "Dockerfile").read_text("utf-8")
    ignored = (composed.ROOT / ".dockerignore").read_text("utf-8").splitlines()
    packages = PROJECT["tool"]["hatch"]["build"]["targets"]["wheel"]["packages"]

    assert {one["image"] for one in OURS.values()} == {f"lienthong:{PROJECT['project']['version']}"}
    assert [name for name in packages if f"COPY {name} {name}\n" not in dockerfile] == []
    assert [name for name in packages if f"!{name}" not in ignored] == []


def _parse(command: object, arguments: list[str]) -> list[str]:
    """Read a command line as the program would, without running it; what is left over."""
    while isinstance(command, TyperGroup):
        assert arguments[0] in command.commands
        command, arguments = command.commands[arguments[0]], arguments[1:]
    context = command.make_context("lienthong", arguments)  # type: ignore[attr-defined]
    return list(context.args)
