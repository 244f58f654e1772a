"""Births for the bench: all three procedures, electronic delivery, families nobody has used."""

import json
from collections.abc import Iterator
from pathlib import Path

from models.declarations.births import BirthProcedure
from models.kernel.base import Message
from simulation.demo.births import Birth, declare
from simulation.demo.families import fetch_families
from simulation.demo.notices import SEEDS
from workers.runtime.clock import now
from workers.runtime.settings import Settings

ALL = (
    BirthProcedure.REGISTER_BIRTH,
    BirthProcedure.REGISTER_RESIDENCE,
    BirthProcedure.ISSUE_CARD,
)
FIRST_FAMILY = 10_000
"""Far from the families of demonstrations."""

Named = tuple[str, dict[str, object]]


class _Used(Message):
    next_family: int = FIRST_FAMILY


async def bench_births(settings: Settings, count: int) -> Iterator[Named]:
    """That many births as case id and declaration; the families are used up at once."""
    offset = _reserve(settings.state / "bench.json", count)
    families = await fetch_families(settings.addresses().switchboard, offset=offset, count=count)
    moment = now()
    births = (Birth(family=family, procedures=ALL) for family in families)
    return iter([_named(declare(birth, seed=SEEDS - 1, now=moment)) for birth in births])


def _reserve(file: Path, count: int) -> int:
    used = _Used.model_validate_json(file.read_text("utf-8")) if file.exists() else _Used()
    file.write_text(json.dumps({"next_family": used.next_family + count}), "utf-8")
    return used.next_family


def _named(raw: dict[str, object]) -> Named:
    delivery = {"method": "electronic", "address": None, "commune": None}
    reception = raw["reception"]
    if isinstance(reception, dict):
        reception["received_at"] = None
    notice = raw["notice"]
    number = notice["number"] if isinstance(notice, dict) else ""
    return f"birth/{number}", {**raw, "delivery": delivery}
