"""Lives of the deceased: what they paid, drew or were supported by, and whether a fund pays."""

import random  # noqa: TID251 - only a seeded random.Random is used
from datetime import date, timedelta
from typing import Any

Life = dict[str, Any]  # Any: fields of a record
_OLD_GROUPS = ("elderly_alone", "elderly_poor", "elderly_survivor", "severe_disability")
_YOUNG_GROUPS = ("severe_disability", "hiv_poor", "single_parent_poor")
_PENSION_BEFORE, _OLD_BEFORE = 1966, 1951
"""Years of birth: who was born earlier may draw a pension, or count as elderly."""
_FIRST_LUMP_SUM = date(2012, 1, 2)


def insured(chance: random.Random, born: date) -> Life:
    """A life the insurer pays a funeral for."""
    if born.year < _PENSION_BEFORE and chance.random() < 0.7:  # noqa: PLR2004 - a plausible share
        return {"compulsory_months": chance.randint(240, 420), "pensioner": True}
    (kind,) = chance.choices(("compulsory", "voluntary", "accident"), (80, 12, 8))
    match kind:
        case "voluntary":
            return {"voluntary_months": chance.randint(60, 140)}
        case "accident":
            return {"compulsory_months": chance.randint(1, 200), "work_accident": True}
        case _:
            return {"compulsory_months": chance.randint(12, 300)}


def months(chance: random.Random, first: int, last: int) -> Life:
    """So many months of compulsory insurance, and nothing else."""
    return {"compulsory_months": chance.randint(first, last)}


def drew_at_once(chance: random.Random) -> Life:
    """Paid for years, and drew it all at once."""
    drawn = _FIRST_LUMP_SUM + timedelta(days=chance.randrange(4_000))
    return months(chance, 12, 120) | {"lump_sum_on": drawn}


def supported(chance: random.Random, born: date) -> Life:
    """A life social affairs pay a funeral for."""
    if born.year < _OLD_BEFORE and chance.random() < 0.3:  # noqa: PLR2004 - a plausible share
        return {"social_pension": True}
    groups = _OLD_GROUPS if born.year < _OLD_BEFORE else _YOUNG_GROUPS
    return {"social_groups": (chance.choice(groups),)}
