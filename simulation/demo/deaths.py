"""Sound declarations of invented deaths: the same for the same seed, household and moment."""

import random  # noqa: TID251 - only a seeded random.Random is used
from dataclasses import dataclass
from datetime import datetime

from models.declarations.deaths import DeathProcedure
from simulation.demo import names
from simulation.demo.filled import delivery, phone, reception
from simulation.demo.households import Household, Person
from simulation.demo.notices import facility_of
from simulation.demo.raw import Raw
from simulation.demo.timestamps import LastMoments, last_moments


@dataclass(frozen=True, kw_only=True)
class Death:
    """A death in a household, and what the family asks for."""

    household: Household
    procedures: tuple[DeathProcedure, ...]
    elsewhere: str | None = None
    """A commune that takes the declaration in without being competent."""
    at_home: bool = False
    """No hospital noticed it: the commune's paper stands in."""
    in_cash: bool = False
    received_at: datetime | None = None
    """When it was received, where that matters."""


def declare_death(death: Death, *, seed: int, now: datetime) -> Raw:
    """The declaration of a death; its notice has a number no other death of this seed has."""
    home = death.household
    chance = random.Random(f"{seed}:death:{home.index}")  # noqa: S311 - invented, not secret
    when = last_moments(chance, now, death.received_at)
    asks_money = DeathProcedure.FUNERAL_MONEY in death.procedures
    asks_survivors = DeathProcedure.SURVIVOR_LUMP_SUM in death.procedures
    return {
        "schema": "death/1",
        "notice": None if death.at_home else _notice(home, seed, when),
        "substitute_evidence": _substitute(home, when) if death.at_home else None,
        "deceased": _deceased(chance, death, when),
        "cause_of_death": names.cause_of_death(chance),
        "declarant": _declarant(chance, home),
        "procedures": list(death.procedures),
        "reception": reception(chance, home.commune, death.elsewhere, when.reception),
        "registration": {"commune": home.commune},
        "funeral": _funeral(death) if asks_money else None,
        "relatives": _relatives(home) if asks_survivors else [],
        "representative": home.organiser.personal_number if asks_survivors else None,
        "delivery": delivery(chance, home.address, home.commune),
    }


def _notice(home: Household, seed: int, when: LastMoments) -> Raw:
    return {
        "facility": facility_of(home.province, seed),
        "year": when.proof_on.year,
        "book": "01",
        "number": f"{home.index + 1}",
        "issued_on": when.proof_on.isoformat(),
    }


def _substitute(home: Household, when: LastMoments) -> Raw:
    return {
        "kind": "commune_notice",
        "description": f"Giấy báo tử do UBND {home.commune_name} cấp",
        "issued_on": when.proof_on.isoformat(),
    }


def _deceased(chance: random.Random, death: Death, when: LastMoments) -> Raw:
    home = death.household
    who = home.deceased
    hospital = names.hospital(chance, home.commune_name)
    return {
        "personal_number": who.personal_number,
        "full_name": who.full_name,
        "sex": who.sex,
        "date_of_birth": who.date_of_birth.isoformat(),
        "died_at": when.died_at.isoformat(),
        "place_of_death": f"Tại nhà, {home.address}" if death.at_home else hospital,
        "last_residence_commune": home.commune,
        "insurance_number": who.insurance_number,
    }


def _declarant(chance: random.Random, home: Household) -> Raw:
    return {
        "personal_number": home.organiser.personal_number,
        "full_name": home.organiser.full_name,
        "relation": "child",
        "phone": phone(chance),
        "email": None,
    }


def _funeral(death: Death) -> Raw:
    home = death.household
    account = dict.fromkeys(("bank", "account_number", "account_name"))
    return {
        "organiser": _named(home.organiser),
        "payment": {
            "method": "cash" if death.in_cash else "account",
            **(account if death.in_cash else home.account.model_dump()),
            "place": f"UBND {home.commune_name}" if death.in_cash else None,
        },
    }


def _relatives(home: Household) -> list[Raw]:
    return [_named(person) | {"relation": relation} for person, relation in home.relatives]


def _named(person: Person) -> Raw:
    return {"personal_number": person.personal_number, "full_name": person.full_name}
