"""Joining what the hospital signed with what the family states."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from pydantic import JsonValue

from adapters.hospital.values import JsonObject
from models.kernel.findings import Finding

FAMILY_DECIDES = frozenset({"child.full_name"})
"""On the notice this is only the name the parents intend to give."""


@dataclass(frozen=True, kw_only=True)
class Merged:
    """A raw declaration to check, with the places where family and hospital disagree."""

    declaration: JsonObject
    findings: tuple[Finding, ...]


def merge(facts: Mapping[str, JsonValue], rest: Mapping[str, JsonValue]) -> Merged:
    """Fill in what the hospital did not state; null says nothing.

    A signed fact stands: another value of the family's is an error, except for the child's name.
    """
    findings: list[Finding] = []
    return Merged(declaration=_joined(facts, rest, "", findings), findings=tuple(findings))


def _joined(
    facts: Mapping[str, JsonValue],
    rest: Mapping[str, JsonValue],
    prefix: str,
    findings: list[Finding],
) -> JsonObject:
    joined: JsonObject = dict(facts)
    for key, stated in rest.items():
        path, signed = f"{prefix}{key}", facts.get(key)
        if isinstance(signed, dict) and isinstance(stated, dict):
            joined[key] = _joined(signed, stated, f"{path}.", findings)
        elif signed is None or path in FAMILY_DECIDES or _is_same(signed, stated):
            joined[key] = signed if stated is None else stated
        elif stated is not None:
            message = "Khác với nội dung trong giấy do bệnh viện cấp"
            findings.append(Finding(field=path, rule="contradicts_notice", message=message))
    return joined


def _is_same(signed: JsonValue, stated: JsonValue) -> bool:
    """Equal but for case and spacing of words, or the offset of an instant."""
    if isinstance(signed, str) and isinstance(stated, str):
        return _folded(signed) == _folded(stated) or _is_same_instant(signed, stated)
    return signed == stated


def _folded(text: str) -> str:
    return " ".join(text.casefold().split())


def _is_same_instant(signed: str, stated: str) -> bool:
    try:
        first, second = datetime.fromisoformat(signed), datetime.fromisoformat(stated)
    except ValueError:
        return False
    return first.tzinfo is not None and second.tzinfo is not None and first == second
