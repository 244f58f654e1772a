"""A family before the counter: what it declares, what it guesses, and what it could still mend."""

from dataclasses import dataclass
from typing import Any

from models.kernel.base import ProcedureId
from simulation.pilot.records import Written

Raw = dict[str, Any]  # Any: the JSON of a declaration
INSURANCE_FUNERAL, SOCIAL_FUNERAL = ProcedureId("insurance_funeral"), ProcedureId("social_funeral")
REGISTER_DEATH = ProcedureId("register_death")
SURVIVOR_LUMP_SUM = ProcedureId("survivor_lump_sum")


@dataclass(frozen=True, kw_only=True)
class Papers:
    """What the family has at home, or can get, once it is told what is missing."""

    deceased: Raw | None = None
    """The deceased as on the identity card, where the declaration says otherwise."""
    notice: Raw | None = None
    """A notice of death that can still be fetched."""
    record: Written | None = None
    """What a fund's clerk enters once shown the proof."""
    representative: str | None = None
    """On whom the relatives can agree."""


@dataclass(frozen=True, kw_only=True)
class Family:
    """What one family does by itself. What is wrong with its file is written nowhere here."""

    number: int
    case_code: str
    declaration: Raw
    guess: ProcedureId
    """Where the family files when nobody advises it."""
    papers: Papers
