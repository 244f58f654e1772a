"""The residence authority over HTTP."""

from typing import Final

from backends.agency import Agency, Surroundings
from backends.dossiers.office import Office
from backends.residence.registration import RegisterResidence
from models.base import AgencyId

RESIDENCE: Final = AgencyId("residence")


def residence(surroundings: Surroundings) -> Agency:
    """The agency that registers where people live."""
    return Agency(
        id=RESIDENCE,
        title="Công an cấp xã – đăng ký cư trú",
        office=Office(
            surroundings.switch, surroundings.pool, {"register_residence": RegisterResidence()}
        ),
    )
