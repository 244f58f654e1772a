"""The reference agencies for tests: on a database of their own, with filings they understand."""

import itertools
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import asyncpg
import httpx

from backends.agency_server import Plant, Site
from backends.country.people import SEED, Family, family
from backends.shared.callbacks_round import Exchange
from models.contracts.dossiers import DossierRequest, Facts, key_for
from models.kernel.base import CaseCode, ProcedureId
from workers.local.ports import free_ports

AGENCIES = (
    "population",
    "civil_status",
    "residence",
    "insurance",
    "social_affairs",
    "treasury",
    "post",
    "notice",
)
AGENCY_OF = {
    "register_birth": "civil_status",
    "register_residence": "residence",
    "issue_card": "insurance",
    "register_death": "civil_status",
    "remove_residence": "residence",
    "insurance_funeral": "insurance",
    "survivor_lump_sum": "insurance",
    "social_funeral": "social_affairs",
}
RECEIVED = datetime.fromisoformat("2026-11-20T08:00:00+07:00")
_numbers = itertools.count(1)
_families = itertools.count(0)
_databases = itertools.count(1)


@asynccontextmanager
async def fresh_database(server_url: str) -> AsyncIterator[str]:
    """A database nobody else uses, gone afterwards."""
    name = f"agencies_{next(_databases)}"
    admin = await asyncpg.connect(server_url)
    await admin.execute(f"CREATE DATABASE {name}")
    try:
        yield urlunsplit(urlsplit(server_url)._replace(path=f"/{name}"))
    finally:
        await admin.execute(f"DROP DATABASE {name} WITH (FORCE)")
        await admin.close()


def site() -> Site:
    """All agencies on ports of their own."""
    ports = free_ports(len(AGENCIES) + 1)
    return Site(
        agencies=AGENCIES,
        host="127.0.0.1",
        ports=dict(zip(AGENCIES, ports, strict=False)),
        switchboard_port=ports[-1],
    )


@asynccontextmanager
async def running(
    database_url: str, at: Site | None = None, exchange: Exchange | None = None
) -> AsyncIterator["Country"]:
    """The agencies, serving, and what tests ask of them."""
    chosen = at or site()
    async with (
        Plant(chosen, database_url, exchange),
        httpx.AsyncClient(timeout=10) as client,
        asyncpg.create_pool(database_url, min_size=1, max_size=2) as pool,
    ):
        country = Country(chosen, client, pool)
        yield country
        await country.calm()


@dataclass
class Country:
    """The agencies as seen from outside, with a look into their tables."""

    site: Site
    client: httpx.AsyncClient
    pool: Any  # Any: an asyncpg pool, whose type is generic in stubs only
    turned: set[str] = field(default_factory=set)

    async def turn(self, agency: str, **behaviour: Any) -> None:  # Any: parts of a Behaviour
        """Set the switch of an agency."""
        url = f"http://127.0.0.1:{self.site.switchboard_port}/agencies/{agency}/behaviour"
        (await self.client.put(url, json=behaviour)).raise_for_status()
        self.turned.add(agency)

    async def calm(self) -> None:
        """Give every agency a good day again."""
        for agency in tuple(self.turned):
            await self.turn(agency)
        self.turned.clear()

    async def file(self, request: DossierRequest) -> httpx.Response:
        """File a dossier at the agency of its procedure."""
        return await self.client.put(
            self.dossier_url(request),
            content=request.model_dump_json(),
            headers={"Content-Type": "application/json", "Idempotency-Key": request.key},
        )

    async def ask(self, request: DossierRequest) -> Any:  # Any: a DossierAnswer's JSON
        """The current answer about a dossier."""
        return (await self.client.get(self.dossier_url(request))).json()

    async def post(
        self, request: DossierRequest, what: str, said: Facts, key: str
    ) -> httpx.Response:
        """Say something about a dossier."""
        url = f"{self.dossier_url(request)}/{what}"
        return await self.client.post(url, json=said, headers={"Idempotency-Key": key})

    async def decide(self, request: DossierRequest, key: str, **said: Any) -> httpx.Response:
        """Decide at the desk."""  # Any: parts of a DecisionPosting
        url = self.dossier_url(request).replace("/v1/", "/v1/desk/") + "/decision"
        return await self.client.post(
            url, json={"decided_by": "cb-07"} | said, headers={"Idempotency-Key": key}
        )

    async def born(self, of: Family | None = None) -> Facts:
        """Register a birth; what was issued."""
        answer = (await self.file(birth(of or next_family()))).json()
        assert answer["outcome"] == "granted", answer["reason_code"]
        issued: Facts = answer["issued"]
        return issued

    async def count(self, table: str) -> int:
        """Rows of a table."""
        found: int = await self.pool.fetchval(f"SELECT count(*) FROM {table}")  # noqa: S608
        return found

    def url(self, agency: str) -> str:
        """Where an agency answers."""
        return self.site.url(agency)

    def dossier_url(self, request: DossierRequest) -> str:
        """Where a dossier is filed."""
        return f"{self.url(AGENCY_OF[request.procedure])}/v1/dossiers/{request.key}"


def next_family() -> Family:
    """A family no test has used."""
    return family(SEED, next(_families))


def birth(of: Family, *, notice: str | None = None, **changes: Any) -> DossierRequest:
    """A filing of `register_birth`; `changes` replace sections of the evidence."""
    number = notice or f"{next(_numbers):05}.GCS.01234.26"
    evidence: Facts = {
        "notice": {"number": number, "facility": "01234", "issued_on": "2026-11-19"},
        "substitute_evidence": None,
        "child": child(),
        "mother": of.mother.model_dump(mode="json"),
        "father": of.father.model_dump(mode="json") if of.father else None,
        "declarant": None,
        "registration": {"commune": of.commune},
    }
    return filing("register_birth", evidence | changes, unit=of.commune)


def residence(of: Family, issued: Facts, **changes: Any) -> DossierRequest:
    """A filing of `register_residence`; `changes` replace fields of the residence."""
    wanted: Facts = {
        "commune": of.commune,
        "address": of.address,
        "follows": "mother",
        "householder_personal_number": of.householder.personal_number,
        "consent": True,
    }
    evidence: Facts = {
        "residence": wanted | changes,
        "child": child(),
        "mother": {"personal_number": of.mother.personal_number},
        "father": None,
        "issued": {"register_birth": issued},
    }
    return filing("register_residence", evidence, unit=of.commune)


def card(of: Family, issued: Facts, *, born_at: str | None = None) -> DossierRequest:
    """A filing of `issue_card`."""
    evidence: Facts = {
        "card": {"first_care_facility": "01234"},
        "child": child() | ({"born_at": born_at} if born_at else {}),
        "mother": {"personal_number": of.mother.personal_number},
        "issued": {"register_birth": issued},
    }
    return filing("issue_card", evidence, unit=of.commune)


def child() -> dict[str, Any]:
    """A child born on 17 November 2026."""
    return {
        "full_name": "Nguyễn Gia An",
        "sex": "female",
        "born_at": "2026-11-17T08:40:00+07:00",
        "birth_place": "Bệnh viện A",
        "birth_order": 1,
    }


def filing(procedure: str, evidence: Facts, *, unit: str) -> DossierRequest:
    """A filing of a case of its own."""
    case = CaseCode(f"H26.05.13-261120-{next(_numbers):04}")
    return DossierRequest(
        key=key_for(case, ProcedureId(procedure), 1),
        case_code=case,
        procedure=ProcedureId(procedure),
        round=1,
        unit=unit,
        received_at=RECEIVED,
        due_at=None,
        evidence=evidence,
    )
