"""The civil status registry over HTTP."""

from typing import Final

from backends.agency import Agency, Surroundings
from backends.civil_status.population_client import PopulationClient
from backends.civil_status.registration import RegisterBirth
from backends.dossiers.office import Office
from models.base import AgencyId

CIVIL_STATUS: Final = AgencyId("civil_status")


def civil_status(surroundings: Surroundings) -> Agency:
    """The agency that registers births; it asks the population database for the number."""
    population = PopulationClient(surroundings.neighbours["population"])
    register_birth = RegisterBirth(surroundings.pool, population)
    return Agency(
        id=CIVIL_STATUS,
        title="Cơ quan đăng ký hộ tịch cấp xã",
        office=Office(surroundings.switch, surroundings.pool, {"register_birth": register_birth}),
    )
