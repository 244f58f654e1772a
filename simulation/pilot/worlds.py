"""What a family cannot know: the funds' records about its dead, and what happens after it filed."""

from dataclasses import dataclass

from simulation.pilot.families import Family
from simulation.pilot.records import Written


@dataclass(frozen=True, kw_only=True)
class World:
    """What the family cannot know: the funds' records, and what happens after it has filed."""

    at_first: tuple[Written, ...]
    afterwards: tuple[Written, ...] = ()
    """Entered after the dossiers are filed, and before an officer decides them."""
    is_disputed: bool = False
    """The relatives declared a representative, and then do not confirm."""


@dataclass(frozen=True, kw_only=True)
class Story:
    """One file of the set: a family in its world."""

    family: Family
    world: World
