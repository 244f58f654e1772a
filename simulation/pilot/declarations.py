"""The sound declaration of a death in an invented household, before anything goes wrong with it."""

import random  # noqa: TID251 - only a seeded random.Random is used
from datetime import datetime, timedelta

from simulation.pilot.families import Raw
from simulation.pilot.households import Adult, Household

_LINKED = ("register_death", "remove_residence", "funeral_money")
_CAUSES = ("Suy tim", "Viêm phổi", "Đột quỵ", "Ung thư phổi", "Tuổi già")


def declare(
    chance: random.Random,
    household: Household,
    *,
    number: int,
    received_at: datetime,
    survivors: bool,
) -> Raw:
    """What the eldest child declares, for the funeral money and perhaps the survivors' share."""
    died_at = received_at - timedelta(hours=chance.randint(20, 90))
    return {
        "schema": "death/1",
        "notice": notice(household, number=number, died_at=died_at),
        "substitute_evidence": None,
        "deceased": _deceased(household, died_at),
        "cause_of_death": chance.choice(_CAUSES),
        "declarant": _named(household.children[0])
        | {"relation": "child", "phone": f"09{number:08}", "email": None},
        "procedures": [*_LINKED, *(["survivor_lump_sum"] if survivors else [])],
        "reception": {
            "channel": "portal",
            "commune": household.commune,
            "received_at": received_at.isoformat(),
        },
        "registration": {"commune": household.commune},
        "funeral": {
            "organiser": _named(household.children[0]),
            "payment": {"method": "account", **household.account.model_dump()},
        },
        "relatives": _relatives(household) if survivors else [],
        "representative": household.children[0].personal_number if survivors else None,
        "delivery": {"method": "electronic", "address": None, "commune": None},
    }


def notice(household: Household, *, number: int, died_at: datetime) -> Raw:
    """The hospital's notice; no other death of the set has its number."""
    return {
        "facility": f"{household.province}001",
        "year": died_at.year,
        "book": "01",
        "number": f"{number:05}",
        "issued_on": died_at.date().isoformat(),
    }


def _deceased(household: Household, died_at: datetime) -> Raw:
    return household.deceased.model_dump(mode="json") | {
        "died_at": died_at.isoformat(),
        "place_of_death": "Bệnh viện đa khoa",
        "last_residence_commune": household.commune,
    }


def _relatives(household: Household) -> list[Raw]:
    spouse = [_named(household.spouse) | {"relation": "spouse"}] if household.spouse else []
    return [*spouse, *(_named(child) | {"relation": "child"} for child in household.children)]


def _named(adult: Adult) -> Raw:
    return {"personal_number": adult.personal_number, "full_name": adult.full_name}
