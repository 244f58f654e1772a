"""Deaths in the invented country, as families declare them to a running stack."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from models.cases.requests import ConfirmRepresentative
from models.cases.status import CaseStatus
from models.declarations.deaths import DeathProcedure
from simulation.demo.deaths import Death, declare_death
from simulation.demo.households import Household, fetch_households
from workers.client.cases import CaseClient
from workers.client.updates import send_update

from harness.country import Country

Raw = dict[str, Any]  # Any: a declaration as JSON

TOKEN = "cause-7f3a-of-nobody"
CAUSE = f"Bệnh kín {TOKEN}"
"""Plain letters and all, so that it is found however it is written."""
ALL = tuple(DeathProcedure)
TO_THE_FUNERAL = ALL[:3]


@dataclass(frozen=True)
class Declared:
    """A death, as one family declares it."""

    household: Household
    raw: Raw

    @property
    def case_id(self) -> str:
        notice = self.raw["notice"]
        parts = (notice["facility"], notice["year"], notice["book"], notice["number"])
        return f"death/{'.'.join(map(str, parts))}"

    @property
    def number(self) -> str:
        return self.household.deceased.personal_number


def pensioner(household: Household) -> bool:
    """Social insurance pays for the funeral."""
    return household.life.pensioner


def supported(household: Household) -> bool:
    """Social affairs support the funeral."""
    life = household.life
    return life.social_pension or bool(life.social_groups)


def entitled_to_nothing(household: Household) -> bool:
    """No fund has a record of the person."""
    life = household.life
    months = life.compulsory_months + life.voluntary_months
    return not (supported(household) or life.pensioner or life.work_accident or months)


async def deaths(
    country: Country,
    count: int,
    fits: Callable[[Household], bool],
    procedures: Iterable[DeathProcedure] = TO_THE_FUNERAL,
) -> list[Declared]:
    """New sound declarations under seal, of people who lived so."""
    found: list[Declared] = []
    while len(found) < count:
        (household,) = await fetch_households(
            country.addresses.switchboard, offset=country.mourning, count=1
        )
        country.mourning += 1
        if fits(household):
            found.append(_declare(household, tuple(procedures)))
    country.secrets.update(secret for one in found for secret in _secrets_of(one.raw))
    return found


async def start(country: Country, declared: Iterable[Declared]) -> None:
    """Hand them all in."""
    for one in declared:
        await country.desk.start("death", one.case_id, one.raw)


async def reports(country: Country, declared: Iterable[Declared]) -> list[CaseStatus]:
    """Wait for the end of every case."""
    return [await country.desk.report(one.case_id) for one in declared]


async def agree(desk: CaseClient, declared: Declared) -> None:
    """Every relative but the declarant confirms the representative the declaration names."""
    chosen, declarant = declared.raw["representative"], declared.raw["declarant"]
    await desk.after_intake(declared.case_id)
    for place, relative in enumerate(declared.raw["relatives"]):
        if relative["personal_number"] == declarant["personal_number"]:
            continue
        said = ConfirmRepresentative(
            request_id=f"agree-{place}",
            relative=relative["personal_number"],
            representative=chosen,
            agrees=True,
        )
        await send_update(desk, declared.case_id, "confirm_representative", said)


def _declare(household: Household, procedures: tuple[DeathProcedure, ...]) -> Declared:
    death = Death(household=household, procedures=procedures)
    raw = declare_death(death, seed=7, now=datetime.now(UTC))  # noqa: TID251
    raw["reception"]["received_at"] = None
    return Declared(household, raw | {"cause_of_death": CAUSE})


def _secrets_of(raw: Raw) -> list[str]:
    people = [raw["deceased"], raw["declarant"], *raw["relatives"]]
    told = [person.get(key) for person in people for key in ("full_name", "personal_number")]
    account = ((raw["funeral"] or {}).get("payment") or {}).get("account_number")
    return [secret for secret in (*told, account, CAUSE) if secret]
