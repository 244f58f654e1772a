"""One declaration of a demonstration, and what is meant by it."""

from dataclasses import dataclass

from models.base import CaseId, GroupId
from workers.demo.claims import Claim
from workers.demo.kinds import Kind
from workers.demo.raw import Raw

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
