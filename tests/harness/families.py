"""Births of invented families, told on the day the test's clock shows."""

import json
from collections.abc import Iterable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

SAMPLE = Path(__file__).parents[1] / "data" / "birth.json"
ALL = ("register_birth", "register_residence", "issue_card")
PART_OF = {"register_residence": "residence", "issue_card": "card"}
DEATH = SAMPLE.with_name("death.json")
ALL_OF_DEATH = ("register_death", "remove_residence", "funeral_money", "survivor_lump_sum")
DAUGHTER, WIDOW = "001175003456", "001151002233"
"""The declarant of the sample death, and the other of the two relatives."""
DECEASED = "001048007654"
SECRETS = (
    "Lê Hoàng Mẫu",
    "Phạm Thị Ví Dụ",
    "Lê Văn Thử",
    "001195004321",
    "008092001234",
    "001064009876",
    "0119500432",
    "0987654321",
    "thu.le@example.vn",
    "Số 12 ngõ Mẫu",
)
"""What a family told us, and nobody without a key may read."""

Raw = dict[str, Any]  # Any: a declaration as JSON, right or wrong


def notice_number(number: int, issued_on: datetime) -> str:
    return f"{number:05d}.GCS.01929.{issued_on:%y}"


def birth(number: int, now: datetime, procedures: Iterable[str] = ALL) -> Raw:
    """The declaration of family `number`: born four days ago, noticed two days ago."""
    raw: Raw = json.loads(SAMPLE.read_text("utf-8"))
    born_at, issued_on = now - timedelta(days=4), now - timedelta(days=2)
    raw["child"]["born_at"] = born_at.replace(microsecond=0).isoformat()
    raw["notice"] = {
        "number": notice_number(number, issued_on),
        "facility": "01929",
        "issued_on": f"{issued_on:%Y-%m-%d}",
    }
    raw["procedures"] = list(procedures)
    for procedure, part in PART_OF.items():
        if procedure not in raw["procedures"]:
            raw[part] = None
    return raw


def death(number: int, now: datetime, procedures: Iterable[str] = ALL_OF_DEATH) -> Raw:
    """The declaration of death `number`: died three days ago, noticed the next day.

    Everybody dies once, so each has a personal number of its own.
    """
    raw: Raw = json.loads(DEATH.read_text("utf-8"))
    died_at, issued_on = now - timedelta(days=3), now - timedelta(days=2)
    raw["deceased"]["died_at"] = died_at.replace(microsecond=0).isoformat()
    raw["deceased"]["personal_number"] = f"001048{number:06d}"
    raw["deceased"]["insurance_number"] = f"{number:010d}"
    raw["notice"] |= {
        "number": f"{number}",
        "year": issued_on.year,
        "issued_on": f"{issued_on:%Y-%m-%d}",
    }
    raw["procedures"] = list(procedures)
    if "funeral_money" not in raw["procedures"]:
        raw["funeral"] = None
    if "survivor_lump_sum" not in raw["procedures"]:
        raw["relatives"] = []
    return raw


def without_notice(raw: Raw) -> Raw:
    """The same birth, at home: told with something in the place of the notice."""
    evidence = {
        "kind": "witness",
        "description": "Văn bản xác nhận của người làm chứng",
        "issued_on": raw["notice"]["issued_on"],
    }
    return raw | {"notice": None, "substitute_evidence": evidence}


def changed(raw: Raw, path: str, value: object) -> Raw:
    """The same declaration with one field, by dotted path, stated otherwise."""
    copy: Raw = json.loads(json.dumps(raw))
    *steps, last = path.split(".")
    part = copy
    for step in steps:
        part = part[step]
    part[last] = value
    return copy
