"""Each agency grants on the very evidence that the law files have the engine give it."""

import tomllib
from collections.abc import AsyncIterator
from typing import Any, cast

import pytest

from backends.country.elders import ElderHousehold
from law import FOLDER
from models.cases.evidence import evidence_for
from models.intake.intake import PlannedDossier

from harness.agency_country import Country, filing, fresh_database, running
from harness.agency_deaths import deceased, pensioner, supported

VERSIONS = sorted(path.name for path in (FOLDER / "groups" / "death").glob("*.toml"))
AFTERWARDS = (
    "remove_residence",
    "insurance_funeral",
    "survivor_lump_sum",
    "social_funeral",
)


class _Plan:
    """As much of a planned dossier as its evidence needs."""

    def __init__(self, procedure: dict[str, Any]) -> None:
        self.procedure = procedure["id"]
        self.evidence = procedure["evidence"]
        self.after = procedure.get("after", ())


class _Granted:
    """As much of a granted dossier as its successors need."""

    def __init__(self, issued: dict[str, Any]) -> None:
        self.issued = issued


@pytest.fixture(scope="module")
async def country(database_url: str) -> AsyncIterator[Country]:
    async with fresh_database(database_url) as url, running(url) as country:
        yield country


@pytest.mark.parametrize("version", VERSIONS)
async def test_what_the_law_gives_an_agency_is_what_it_decides_on(
    country: Country, version: str
) -> None:
    text = (FOLDER / "groups" / "death" / version).read_text("utf-8")
    procedures = {each["id"]: each for each in tomllib.loads(text)["procedures"]}
    insured, poor = pensioner(), supported()
    registered = {
        each.index: await _filed(country, each, procedures["register_death"], {})
        for each in (insured, poor)
    }
    assert all(
        set(procedures["register_death"]["issues"]) <= set(one) for one in registered.values()
    )

    for procedure in (procedures[id] for id in AFTERWARDS if id in procedures):
        household = poor if procedure["id"] == "social_funeral" else insured
        base = {"register_death": _Granted(registered[household.index])}

        issued = await _filed(country, household, procedure, base)

        assert set(procedure["issues"]) <= set(issued)


async def _filed(
    country: Country, of: ElderHousehold, procedure: dict[str, Any], granted: dict[Any, Any]
) -> Any:
    """What an agency issues on the evidence the law names."""  # Any: the JSON of what is issued
    plan = cast("PlannedDossier", _Plan(procedure))
    evidence = evidence_for(plan, _declaration(of), granted)
    if "confirmation" in procedure:
        chosen = of.children[0].personal_number
        evidence |= {"representation": {"representative": chosen, "by": "relatives"}}
    answer = (await country.file(filing(procedure["id"], evidence, unit=of.commune))).json()
    assert answer.get("outcome") == "granted", answer
    return answer["issued"]


def _declaration(of: ElderHousehold) -> dict[str, Any]:
    organiser = of.children[0].model_dump(mode="json", include={"personal_number", "full_name"})
    return {
        "notice": {
            "facility": "01234",
            "year": 2026,
            "book": "02",
            "number": f"{of.index}",
            "issued_on": "2026-11-17",
        },
        "substitute_evidence": None,
        "deceased": deceased(of),
        "cause_of_death": "Suy tim cấp",
        "declarant": organiser | {"relation": "child", "phone": "0912345678", "email": None},
        "registration": {"commune": of.commune},
        "funeral": {
            "organiser": organiser,
            "payment": {"method": "account", "place": None} | of.account.model_dump(),
        },
        "relatives": [organiser | {"relation": "child"}],
        "representative": None,
    }
