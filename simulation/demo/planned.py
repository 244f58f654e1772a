"""One declaration of a demonstration, and what is meant by it."""

from dataclasses import dataclass

from models.kernel.base import CaseId, GroupId
from simulation.demo.claims import Claim
from simulation.demo.kinds import Kind
from simulation.demo.raw import Raw

BIRTH, DEATH = GroupId("birth"), GroupId("death")


@dataclass(frozen=True, kw_only=True)
class Planned:
    """One declaration to hand in, and what is meant by it."""

    group: GroupId
    kind: Kind
    case_id: CaseId
    declaration: Raw
    wrong_fields: frozenset[str] = frozenset()
    """What the intake must find wrong with it."""
    after: CaseId | None = None
    """The case that must be open before this one is handed in."""
    claim: Claim | None = None
    """What the insurer's clerk enters before this one is handed in."""
