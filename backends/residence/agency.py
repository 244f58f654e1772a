"""The residence authority over HTTP."""

from typing import Final

from backends.dossiers.office import Office
from backends.dossiers.procedure import Procedure
from backends.residence.registration import RegisterResidence
from backends.residence.removal import RemoveResidence
from backends.shared.agency import Agency, Surroundings
from models.kernel.base import AgencyId

RESIDENCE: Final = AgencyId("residence")


def residence(surroundings: Surroundings) -> Agency:
    """The agency that registers where people live."""
    procedures: dict[str, Procedure] = {
        "register_residence": RegisterResidence(),
        "remove_residence": RemoveResidence(),
    }
    return Agency(
        id=RESIDENCE,
        title="Công an cấp xã – đăng ký cư trú",
        office=Office(surroundings.switch, surroundings.pool, procedures),
    )
