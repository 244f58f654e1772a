"""Declarations of invented people, and the world they are checked in."""

import json
from datetime import date, datetime
from pathlib import Path
from typing import Any

from models.declarations.births import BirthDeclaration
from models.declarations.deaths import DeathDeclaration
from models.declarations.rules.context import CheckContext
from models.kernel.base import VIETNAM
from models.kernel.findings import Finding
from models.kernel.legal_basis import LegalBasis
from models.law.law import NumberPattern

DATA = Path(__file__).parent.parent / "data"
COMMUNES = {"00004": "01", "00863": "08"}
NOTICE = r"[0-9]{5}\.GCS\.[0-9A-Z]{5}\.[0-9]{2}"
STRICT_NOTICES = date(2025, 10, 1)

Raw = dict[str, Any]  # Any: a raw declaration is whatever JSON holds


class TwoCommunes:
    """A catalogue in which two communes exist, for ever."""

    def exists(self, commune: str, _day: date) -> bool:
        return commune in COMMUNES

    def province_of(self, commune: str, _day: date) -> str | None:
        return COMMUNES.get(commune)


def pattern(kind: str, form: str | None, **changed: Any) -> NumberPattern:  # Any: model fields
    return NumberPattern(
        kind=kind,
        pattern=form,
        message=f"Sai dạng quy định: {kind}",
        basis=LegalBasis(document="Quy định mẫu"),
        **({"valid_from": date(2015, 1, 1)} | changed),
    )


PATTERNS = (
    pattern("birth_notice", NOTICE, severity="warning", valid_to=date(2025, 9, 30)),
    pattern("birth_notice", NOTICE, valid_from=STRICT_NOTICES),
    pattern("personal_number", r"[0-9]{12}"),
    pattern("insurance_number", r"[0-9]{10}|[0-9]{12}"),
    pattern("phone", r"0[35789][0-9]{8}"),
    pattern("commune", r"[0-9]{5}"),
    pattern("account_number", r"[0-9A-Z]{4,20}"),
)
CONTEXT = CheckContext(
    now=datetime(2026, 11, 20, 9, 0, tzinfo=VIETNAM), patterns=PATTERNS, places=TwoCommunes()
)


def birth(name: str = "birth.json") -> Raw:
    """A sound declaration to spoil."""
    sample: Raw = json.loads((DATA / name).read_text("utf-8"))
    return sample


def spoilt(*changes: tuple[str, Any], sample: str = "birth.json") -> Raw:  # Any: as declared
    """A sound declaration with these fields, by dotted path, stated otherwise."""
    raw = birth(sample)
    for path, value in changes:
        *steps, last = path.split(".")
        part: Any = raw
        for step in steps:
            part = part[int(step) if step.isdigit() else step]
        part[int(last) if last.isdigit() else last] = value
    return raw


def declaration(*changes: tuple[str, Any]) -> BirthDeclaration:  # Any: as above
    return BirthDeclaration.model_validate(spoilt(*changes))


def death(*changes: tuple[str, Any]) -> DeathDeclaration:  # Any: as above
    return DeathDeclaration.model_validate(spoilt(*changes, sample="death.json"))


def said(findings: tuple[Finding, ...]) -> list[tuple[str, str, str]]:
    return [(one.field, one.rule, one.severity.value) for one in findings]
