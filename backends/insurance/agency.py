"""Social insurance over HTTP."""

from typing import Final

from backends.agency import Agency, Surroundings
from backends.dossiers.office import Office
from backends.insurance.cards import IssueCard
from backends.insurance.list_routes import LIST, list_desk, list_routes
from models.base import AgencyId

INSURANCE: Final = AgencyId("insurance")


def insurance(surroundings: Surroundings) -> Agency:
    """The agency that issues health insurance cards."""
    return Agency(
        id=INSURANCE,
        title="Bảo hiểm xã hội cơ sở",
        routers=(list_routes(surroundings.pool), list_desk(surroundings.pool)),
        bodies=(LIST,),
        office=Office(surroundings.switch, surroundings.pool, {"issue_card": IssueCard()}),
    )
