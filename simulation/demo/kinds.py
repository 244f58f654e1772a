"""All kinds of declaration a demonstration hands in, of either group."""

from simulation.demo import birth_kinds, death_kinds
from simulation.demo.birth_kinds import BirthKind
from simulation.demo.death_kinds import DeathKind

Kind = BirthKind | DeathKind
KINDS: tuple[Kind, ...] = (*BirthKind, *DeathKind)
LEFT_OPEN: tuple[Kind, ...] = (*birth_kinds.LEFT_OPEN, *death_kinds.LEFT_OPEN)
"""Kinds a demonstration leaves open on purpose, for people to go on with."""
