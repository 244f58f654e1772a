"""Deaths for tests of the reference agencies: filings they understand, and what clerks enter."""

import itertools
from collections.abc import Callable
from typing import Any

import httpx

from backends.country.elders import ElderHousehold, elder
from backends.country.lives import Life
from backends.country.people import SEED
from models.contracts.dossiers import DossierRequest, Facts

from harness.agency_country import Country, filing

DIED = "2026-11-17T04:10:00+07:00"
PROOF: Facts = {"register_death": {"certificate_number": "KT.00004.2026.000001"}}
_elders = itertools.count(0)
_numbers = itertools.count(1)

Fits = Callable[[Life], bool]


def next_elder(fits: Fits = lambda _life: True) -> ElderHousehold:
    """A household no test has used, of somebody who lived so."""
    return next(each for each in (elder(SEED, n) for n in _elders) if fits(each.life))


def pensioner() -> ElderHousehold:
    """Somebody whose funeral social insurance pays for."""
    return next_elder(lambda life: life.pensioner)


def supported() -> ElderHousehold:
    """Somebody whose funeral social affairs support."""
    return next_elder(lambda life: life.is_supported)


def deceased(of: ElderHousehold) -> dict[str, Any]:
    """The deceased as the family declares them."""
    return of.deceased.model_dump(mode="json") | {
        "died_at": DIED,
        "place_of_death": "Bệnh viện A",
        "last_residence_commune": of.commune,
    }


def death(of: ElderHousehold, **changes: Any) -> DossierRequest:
    """A filing of `register_death`; `changes` replace sections of the evidence."""
    evidence: Facts = {
        "notice": {
            "facility": "01234",
            "year": 2026,
            "book": "01",
            "number": f"{next(_numbers):05}",
            "issued_on": "2026-11-17",
        },
        "substitute_evidence": None,
        "deceased": deceased(of),
        "cause_of_death": "Suy tim cấp",
        "declarant": None,
        "registration": {"commune": of.commune},
    }
    return filing("register_death", evidence | changes, unit=of.commune)


def removal(of: ElderHousehold, issued: Facts | None = None, **changes: Any) -> DossierRequest:
    """A filing of `remove_residence`."""
    evidence: Facts = {"deceased": deceased(of), "declarant": None, "issued": issued or PROOF}
    return filing("remove_residence", evidence | changes, unit=of.commune)


def funeral(
    of: ElderHousehold, *, fund: str = "insurance_funeral", **changes: Any
) -> DossierRequest:
    """A filing for money for the funeral, at either fund."""
    organiser = of.children[0]
    evidence: Facts = {
        "deceased": deceased(of),
        "funeral": {
            "organiser": {
                "personal_number": organiser.personal_number,
                "full_name": organiser.full_name,
            },
            "payment": {"method": "account"} | of.account.model_dump(),
        },
        "declarant": None,
        "issued": PROOF,
    }
    return filing(fund, evidence | changes, unit=of.commune)


def survivors(of: ElderHousehold, **changes: Any) -> DossierRequest:
    """A filing of `survivor_lump_sum`, the eldest child chosen by all."""
    evidence: Facts = {
        "deceased": deceased(of),
        "relatives": [
            {
                "personal_number": each.personal_number,
                "full_name": each.full_name,
                "relation": "con",
            }
            for each in of.children
        ],
        "representation": {
            "representative": of.children[0].personal_number,
            "by": "relatives",
            "reference": None,
        },
        "issued": PROOF,
    }
    return filing("survivor_lump_sum", evidence | changes, unit=of.commune)


async def entitlement(country: Country, of: ElderHousehold, *, fund: str, **changes: Any) -> Any:
    """What a fund knows of the deceased."""  # Any: an Entitlement's JSON
    question = {
        "personal_number": of.deceased.personal_number,
        "full_name": of.deceased.full_name,
        "date_of_birth": of.deceased.date_of_birth.isoformat(),
        "insurance_number": of.deceased.insurance_number,
        "died_on": "2026-11-17",
        "residence": of.commune,
        "purpose": "precheck",
    }
    url = f"{country.url(fund)}/v1/entitlements"
    answer = await country.client.post(url, json=question | changes)
    answer.raise_for_status()
    return answer.json()


async def enter_record(
    country: Country, of: ElderHousehold, *, fund: str = "insurance", **changes: Any
) -> httpx.Response:
    """A clerk alters a fund's record of the deceased."""
    url = f"{country.url(fund)}/v1/desk/records/{of.deceased.personal_number}"
    known = {
        "full_name": of.deceased.full_name,
        "date_of_birth": of.deceased.date_of_birth.isoformat(),
    }
    own = {"insurance_number": of.deceased.insurance_number} if fund == "insurance" else {}
    return await country.client.put(url, json=known | own | changes)
