"""The civil status registry over HTTP."""

from typing import Final

from backends.civil_status.death_registration import RegisterDeath
from backends.civil_status.population_client import PopulationClient
from backends.civil_status.registration import RegisterBirth
from backends.dossiers.office import Office
from backends.dossiers.procedure import Procedure
from backends.shared.agency import Agency, Surroundings
from models.kernel.base import AgencyId

CIVIL_STATUS: Final = AgencyId("civil_status")


def civil_status(surroundings: Surroundings) -> Agency:
    """The agency that registers births and deaths; it asks the population database who is who."""
    population = PopulationClient(surroundings.neighbours["population"])
    procedures: dict[str, Procedure] = {
        "register_birth": RegisterBirth(surroundings.pool, population),
        "register_death": RegisterDeath(surroundings.pool, population),
    }
    return Agency(
        id=CIVIL_STATUS,
        title="Cơ quan đăng ký hộ tịch cấp xã",
        office=Office(surroundings.switch, surroundings.pool, procedures),
    )
