"""A whole country on one machine: a running stack, and families who declare births to it."""

import asyncio
import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import asyncpg
import httpx
import psutil
from temporalio.client import Client

from models.cases.status import CaseStatus
from models.declarations.births import BirthProcedure
from simulation.demo.births import Birth, declare
from simulation.demo.families import Family, fetch_families
from workers.client.cases import CaseClient, NoAnswerError
from workers.runtime.settings import Addresses, Settings

ALL = tuple(BirthProcedure(name) for name in ("register_birth", "register_residence", "issue_card"))

Raw = dict[str, Any]  # Any: a declaration as JSON


@dataclass
class Country:
    """Every family it hands out is new: nobody has declared a birth for it yet."""

    settings: Settings
    addresses: Addresses
    client: Client
    used: int = 0
    mourning: int = 0
    """Of how many older households somebody has died, or was passed over."""
    secrets: set[str] = field(default_factory=set)
    """Names and numbers of everybody declared under seal so far."""
    told_openly: set[str] = field(default_factory=set)
    """Those of plain starts: a name they share with others is no leak."""

    @property
    def desk(self) -> CaseClient:
        return CaseClient(self.client)

    async def births(
        self, count: int, *, told_openly: bool = False, received_at: datetime | None = None
    ) -> dict[str, Raw]:
        """New sound declarations of all three procedures, by case id; received now, or then."""
        families = await fetch_families(self.addresses.switchboard, offset=self.used, count=count)
        self.used += count
        declared = [self._declare(family, received_at) for family in families]
        told = {secret for raw in declared for secret in _secrets_of(raw)}
        (self.told_openly if told_openly else self.secrets).update(told)
        return {f"birth/{raw['notice']['number']}": raw for raw in declared}

    def _declare(self, family: Family, received_at: datetime | None) -> Raw:
        birth = Birth(family=family, procedures=ALL, received_at=received_at)
        raw = declare(birth, seed=7, now=datetime.now(UTC))  # noqa: TID251
        raw["reception"]["received_at"] = received_at.isoformat() if received_at else None
        return raw

    async def start(self, births: dict[str, Raw]) -> None:
        await asyncio.gather(
            *(self.desk.start("birth", case_id, raw) for case_id, raw in births.items())
        )

    async def reports(self, births: dict[str, Raw]) -> list[CaseStatus]:
        return await asyncio.gather(*(self.desk.report(case_id) for case_id in births))

    async def statuses(self, cases: Iterable[str]) -> list[CaseStatus]:
        """How they stand now; one that is too busy to say so is left out."""
        asked = await asyncio.gather(*(self._status(case_id) for case_id in cases))
        return [status for status in asked if status]

    async def _status(self, case_id: str) -> CaseStatus | None:
        try:
            return await self.desk.status(case_id)
        except NoAnswerError:
            return None

    async def behave(self, agency: str, **behaviour: object) -> None:
        async with httpx.AsyncClient(base_url=self.addresses.switchboard) as client:
            answer = await client.put(f"/agencies/{agency}/behaviour", json=behaviour)
            answer.raise_for_status()

    async def rows(self, query: str, *values: object) -> list[asyncpg.Record]:
        connection = await asyncpg.connect(self.addresses.database_url)
        try:
            return await connection.fetch(query, *values)
        finally:
            await connection.close()

    def process(self, name: str) -> psutil.Process:
        entries = json.loads((self.settings.state / "run" / "processes.json").read_text("utf-8"))
        return psutil.Process(next(entry["pid"] for entry in entries if entry["name"] == name))


def _secrets_of(raw: Raw) -> list[str]:
    people = [raw[part] or {} for part in ("child", "mother", "father", "declarant")]
    told = [person.get(key) for person in people for key in ("full_name", "personal_number")]
    return [secret for secret in told if secret]
