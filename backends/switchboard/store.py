"""Behaviours kept in PostgreSQL, so that they outlive the process that serves them."""

from typing import NamedTuple

from backends.shared.database import Pool
from backends.switchboard.behaviour import Behaviour
from models.kernel.base import AgencyId

_SET = """
INSERT INTO agency_switchboard.behaviour AS known (agency, behaviour, revision)
VALUES ($1, $2, 1)
ON CONFLICT (agency) DO UPDATE
    SET behaviour = excluded.behaviour, revision = known.revision + 1, set_at = now()
RETURNING revision
"""
_ALL = "SELECT agency, behaviour, revision FROM agency_switchboard.behaviour"


class Setting(NamedTuple):
    """A behaviour and how often it has been changed: a higher revision is newer."""

    behaviour: Behaviour
    revision: int


class BehaviourStore:
    """What is set; an agency never set behaves as on a good day."""

    def __init__(self, pool: Pool) -> None:
        self._pool = pool

    async def set(self, agency: AgencyId, behaviour: Behaviour) -> Setting:
        """Keep a behaviour; the last one set counts."""
        revision = await self._pool.fetchval(_SET, agency, behaviour.model_dump_json())
        return Setting(behaviour, revision)

    async def all(self) -> dict[AgencyId, Setting]:
        """Everything ever set."""
        rows = await self._pool.fetch(_ALL)
        return {
            AgencyId(row["agency"]): Setting(
                Behaviour.model_validate_json(row["behaviour"]), row["revision"]
            )
            for row in rows
        }
