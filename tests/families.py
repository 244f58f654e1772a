"""Births of invented families, told on the day the test's clock shows."""

import json
from collections.abc import Iterable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

SAMPLE = Path(__file__).parent / "data" / "birth.json"
ALL = ("register_birth", "register_residence", "issue_card")
PART_OF = {"register_residence": "residence", "issue_card": "card"}
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
