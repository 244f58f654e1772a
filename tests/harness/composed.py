"""Reading docker-compose.yml as compose would, without an engine."""

import re
import typing
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).parents[2]
FILE = ROOT / "docker-compose.yml"
VARIABLE = re.compile(r"\$\{(?P<name>\w+)(?::(?P<kind>[?-])(?P<text>[^}]*))?\}")
PASSWORDS = {
    "POSTGRES_PASSWORD": "rootpw1",
    "TEMPORAL_DB_PASSWORD": "temporalpw2",
    "CASES_DB_PASSWORD": "casespw3",
    "AGENCIES_DB_PASSWORD": "agenciespw4",
}

Service = dict[str, Any]  # Any: whatever compose allows


def services(text: str, variables: Mapping[str, str] = PASSWORDS) -> dict[str, Service]:
    """Every service, variables filled in after parsing, so that their values stay strings."""
    return typing.cast("dict[str, Service]", _filled(yaml.safe_load(text)["services"], variables))


def is_ours(service: Service) -> bool:
    """Built from this repository."""
    return "build" in service


def _filled(part: object, variables: Mapping[str, str]) -> object:
    match part:
        case dict():
            return {key: _filled(value, variables) for key, value in part.items()}
        case list():
            return [_filled(value, variables) for value in part]
        case str():
            return VARIABLE.sub(lambda found: _value(found, variables), part)
    return part


def _value(found: re.Match[str], variables: Mapping[str, str]) -> str:
    value = variables.get(found["name"], "")
    if not value and found["kind"] != "-":
        raise ValueError(f"{found['name']} is required")
    return value or found["text"]
