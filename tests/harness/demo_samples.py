"""What the switchboard would tell a demonstration, and what it would hand in then."""

from datetime import datetime
from functools import cache

from adapters.law.calendar import load_calendar
from adapters.law.files import load_law
from adapters.law.places import load_places
from backends.country.elders import elders
from backends.country.people import SEED, couples
from models.declarations.declarations import Declaration
from models.declarations.parse import Parsed
from models.declarations.rules.context import CheckContext
from models.declarations.rules.kinds import check_declaration
from models.kernel.base import VIETNAM
from simulation.demo.appointments import Appointments
from simulation.demo.birth_kinds import families_needed
from simulation.demo.birth_mix import plan_births
from simulation.demo.death_kinds import households_needed
from simulation.demo.death_mix import Deaths, plan_deaths
from simulation.demo.families import Family
from simulation.demo.households import Household
from simulation.demo.planned import Planned

LAW, CALENDAR, PLACES = load_law(), load_calendar(), load_places()
_MOST_AT_ONCE = 500
NOON = datetime(2026, 11, 20, 12, 0, tzinfo=VIETNAM)


def families(count: int, *, start: int = 0) -> list[Family]:
    """What the switchboard would tell, in the words of the demonstration."""
    return [Family.model_validate(each.model_dump()) for each in couples(SEED, count, start=start)]


def households(count: int, *, start: int = 0) -> list[Household]:
    """Likewise, those in which somebody may die."""
    return _quarter(start)[:count]


@cache
def _quarter(start: int) -> list[Household]:
    told = elders(SEED, _MOST_AT_ONCE, start=start)
    return [Household.model_validate(each.model_dump()) for each in told]


def appointments(now: datetime) -> Appointments:
    return Appointments(law=LAW, calendar=CALENDAR, places=PLACES, now=now)


def births(*, count: int = 100, seed: int = 7, now: datetime, start: int = 0) -> list[Planned]:
    known = families(families_needed(count), start=start)
    return plan_births(known, count=count, seed=seed, appointments=appointments(now))


def deaths(*, count: int = 40, seed: int = 7, now: datetime = NOON, start: int = 0) -> Deaths:
    known = households(households_needed(count), start=start)
    return plan_deaths(known, count=count, seed=seed, appointments=appointments(now))


def judged(planned: Planned, now: datetime) -> Parsed[Declaration]:
    """What the intake finds."""
    context = CheckContext(now=now, patterns=LAW.patterns, places=PLACES)
    return check_declaration(planned.group, planned.declaration, context)
