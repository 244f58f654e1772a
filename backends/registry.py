"""Which reference agencies there are, and what each is made of. Another agency is another line."""

from collections.abc import Callable, Mapping
from typing import Final, NamedTuple

from backends.civil_status.agency import CIVIL_STATUS, civil_status
from backends.insurance.agency import INSURANCE, insurance
from backends.notice.agency import NOTICE, notice
from backends.population.agency import POPULATION, population
from backends.post.agency import POST, post
from backends.residence.agency import RESIDENCE, residence
from backends.shared.agency import Agency, Surroundings
from backends.social_affairs.agency import SOCIAL_AFFAIRS, social_affairs
from backends.treasury.agency import TREASURY, treasury
from models.kernel.base import AgencyId

_DOSSIERS = "backends.dossiers"
_FUNDS = "backends.funds"


class Plan(NamedTuple):
    """How an agency is made, and the packages whose migrations make its schema, in order."""

    make: Callable[[Surroundings], Agency]
    migrations: tuple[str, ...]


AGENCIES: Final[Mapping[AgencyId, Plan]] = {
    POPULATION: Plan(population, ("backends.population",)),
    CIVIL_STATUS: Plan(civil_status, (_DOSSIERS, "backends.civil_status")),
    RESIDENCE: Plan(residence, (_DOSSIERS, "backends.residence")),
    INSURANCE: Plan(insurance, (_DOSSIERS, "backends.insurance", _FUNDS)),
    SOCIAL_AFFAIRS: Plan(social_affairs, (_DOSSIERS, _FUNDS, "backends.social_affairs")),
    TREASURY: Plan(treasury, ("backends.treasury",)),
    POST: Plan(post, ("backends.post",)),
    NOTICE: Plan(notice, ("backends.notice",)),
}
